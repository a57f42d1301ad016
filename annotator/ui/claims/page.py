"""The page of allegations: the list of conducts, and one of them, or all, as table, time line and graph."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from annotator.domain.changes import Changed
from annotator.domain.models import KIND_CLAIM
from annotator.session import Session, conduct
from annotator.session.graph import graph, time_line
from annotator.ui import theme, wording
from annotator.ui.actions import Call, Needs
from annotator.ui.bindings import Bindings
from annotator.ui.claims.graph_view import GraphView
from annotator.ui.claims.table import ConductTable
from annotator.ui.claims.time_line import TimeLine
from annotator.ui.kit import Cut, Icon, Segments, column, frame, label, line, row, scrolled
from annotator.ui.links.entity_list import EntityList
from annotator.ui.links.entity_view import Chip

TABLE, LINE, GRAPH = range(3)
_REST = 300
"""Milliseconds after a change before the list is read again."""


class ClaimsPage(QWidget):
    """`opened` asks for a passage in its article, `entity_asked` for an entity as a whole."""

    keys = ("claims.table", "claims.line", "claims.graph", "claims.all", "claims.whole")
    opened = Signal(int, int)
    entity_asked = Signal(int)
    needs_changed = Signal()

    def __init__(self, session: Session, bindings: Bindings, attempt: Callable[[Call], None]) -> None:
        super().__init__()
        self._session, self._attempt, self._bindings = session, attempt, bindings
        labels = session.labels()
        claims = [one for one in labels if one.kind == KIND_CLAIM]
        self.entities: EntityList = EntityList(session, claims, every=False)
        self.table = ConductTable({one.id: one for one in labels})
        self.line = TimeLine(claims[0].hue if claims else 0)
        self.graph = GraphView(labels)
        self._claims = claims
        self._shown: int | None = None
        self._all = self._stale = False
        self._title, self._about, self._chip = Cut("", "head"), Cut("", "second"), Chip()
        self._how = Segments([self.tr("Table"), self.tr("Time line"), self.tr("Graph")])
        self._how.chosen.connect(self.show_as)
        self._views = QStackedWidget()
        self._graph_area = scrolled(self.graph)
        for view in (self.table, self.line, self._graph_area):
            self._views.addWidget(view)
        self._build(bindings)
        self._resting = QTimer(self, interval=_REST, singleShot=True)
        self._resting.timeout.connect(self._read_again)
        self.entities.chosen.connect(self._choose)
        self.entities.list.activated.connect(lambda _: self._front().setFocus())
        self.table.opened.connect(self.opened)
        self.table.written.connect(self._write)
        self.line.opened.connect(self.opened)
        self.graph.chosen.connect(self.entity_asked)
        self._forget = session.changed.connect(self._changed)

    def _build(self, bindings: Bindings) -> None:
        title = row(self._chip)
        title.addWidget(self._title, 1)
        tools = row(self._how, bindings.button("claims.all"), None, bindings.button("claims.whole"))
        head = column(gap=4, margins=(20, 10, 20, 10))
        head.addLayout(title)
        head.addWidget(self._about)
        head.addSpacing(4)
        head.addLayout(tools)
        self._head = frame(column(frame(head), line(), gap=0))
        self._nothing = self._empty(bindings)
        middle = column(self._head, gap=0)
        middle.addWidget(self._nothing, 1)
        middle.addWidget(self._views, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, least in ((self.entities, 280), (frame(middle, "page"), 480)):
            part.setMinimumWidth(theme.current().px(least))
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.current().px(288), theme.current().px(1152)])
        self.setLayout(column(split, gap=0))

    def _empty(self, bindings: Bindings) -> QWidget:
        """What stands there while no allegation is linked."""
        words = label(self.tr("Link allegations in the articles, or let the program propose links."), "body")
        made = column(None, gap=16)
        for part in (Icon("scale", 40, "ink3"), words, bindings.button("links.propose")):
            made.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        made.addStretch(1)
        return frame(made)

    # What the window asks

    def enter(self) -> None:
        """The page comes to the front."""
        if self._stale:
            self._read_again()
        if self._shown is None:
            self.entities.select_first()
        self._show()
        self.entities.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The project is closed: nothing is read any more."""
        self._forget()
        self._resting.stop()
        self.entities.let_go()

    def held(self) -> set[Needs]:
        return {Needs.CONDUCT} if self._shown is not None else set()

    def step_back(self) -> bool:
        """One layer back: to the list."""
        if self.entities.list.hasFocus():
            return False
        self.entities.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def parts(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.entities.list, self._front()]

    def zone(self) -> list[QWidget]:
        """Where the bare keys of the page work: not in the fields."""
        return [self.entities.list, self.line, self.graph]

    # What is shown

    @property
    def conduct(self) -> int | None:
        """The conduct that is shown."""
        return self._shown

    def show_as(self, how: int) -> None:
        """As table, time line or graph."""
        self._how.set_on(how)
        self._views.setCurrentIndex(how)
        self._show()

    def toggle_all(self) -> None:
        """The time line and the graph of every allegation, or of the one that is chosen."""
        self._all = not self._all
        if self._all and self._how.on() == TABLE:
            self.show_as(GRAPH)
        self._show()

    def _front(self) -> QWidget:
        return (self.table, self.line, self.graph)[self._how.on()]

    def _choose(self, entity: int | None) -> None:
        self._shown, self._all = entity, False
        self._show()
        self.needs_changed.emit()

    def _show(self) -> None:
        """Read and draw what is in front."""
        found = self._session.entity(self._shown) if self._shown is not None else None
        how = self._how.on()
        self._bindings["claims.all"].setChecked(self._all and how != TABLE)
        whole = found is not None or (self._all and how != TABLE)
        self._views.setVisible(whole)
        self._head.setVisible(whole)
        self._nothing.setVisible(not whole)
        if not whole:
            self._shown = None
            return
        of = None if self._all else self._shown
        if found is not None:
            self._show_head(found.name, found.id)
        if how == TABLE and self._shown is not None:
            self.table.put(conduct.versions(self._session, self._shown))
        elif how == LINE:
            self.line.put(time_line(self._session.store, of, proposed=True))
        else:
            self.graph.put(graph(self._session.store, of, proposed=True))

    def _show_head(self, name: str, entity: int) -> None:
        everything = self._all and self._how.on() != TABLE
        [row_of] = self._session.store.entity_rows_of([entity])
        self._title.setText(self.tr("All allegations") if everything else wording.plain(name, 160))
        self._chip.setVisible(not everything)
        self._chip.show_label(next(one for one in self._claims if one.id == row_of.label))
        claims = time_line(self._session.store, None if everything else entity, proposed=True)
        articles = len({claim.document for claim in claims})
        passages = wording.counted(len(claims), self.tr("1 passage"), self.tr("{n} passages"))
        told = wording.counted(articles, self.tr("1 article"), self.tr("{n} articles"))
        self._about.setText(f"{passages} · {told}")

    # What happens

    def _write(self, article: str, name: str, words: str) -> None:
        shown = self._shown
        if shown is not None:
            self._attempt(lambda _: conduct.note(self._session, shown, article, name, words))

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self._resting.start()
        else:
            self._stale = True

    def _read_again(self) -> None:
        if self.table.is_typed_in():
            self._resting.start()
            return
        self._stale = False
        self.entities.reload()
        self._show()
        self.needs_changed.emit()
