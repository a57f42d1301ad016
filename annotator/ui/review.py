"""The review page: the article list, the text with its spans, and the panel of the one in focus.

It routes: what is committed goes to the drawing, the list and the panel; what is pressed goes
to the acts. The article itself is the session's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from annotator.domain.article import Article
from annotator.domain.changes import Changed, RowChange
from annotator.domain.models import ACCEPTED, KIND_CLAIM, SUGGESTED, Label, Span
from annotator.link.candidates import Candidate
from annotator.session import Session
from annotator.store.listing import Asked
from annotator.ui import theme
from annotator.ui.actions import Needs
from annotator.ui.acts import Acts
from annotator.ui.article import ArticleView
from annotator.ui.article_look import article_theme
from annotator.ui.banner import Banner
from annotator.ui.beside import Beside
from annotator.ui.bindings import Bindings
from annotator.ui.columns import Columns
from annotator.ui.comparing import Comparing
from annotator.ui.docbar import DocumentBar
from annotator.ui.drawing import Drawing
from annotator.ui.finding import Finding
from annotator.ui.going import Going
from annotator.ui.inspector import Inspector
from annotator.ui.kit import column, frame, line
from annotator.ui.overlay import is_covered
from annotator.ui.queue import Queue
from annotator.ui.reading_order import states
from annotator.ui.selecting import Selecting
from annotator.ui.who import Who

ALL_ARTICLES = Asked()
_WAYS = ("undecided.next", "part.next", "keys")
"""Whose keys somebody hears who comes to the text."""


class Review(QWidget):
    """One project's review. It is made anew for another project."""

    said = Signal(str)
    needs_changed = Signal()
    wanted = Signal()
    """Somebody goes to a place in an article: the page has to be in front."""

    def __init__(self, session: Session, bindings: Bindings, asked: Asked = ALL_ARTICLES) -> None:
        super().__init__()
        self.session = session
        self.in_front = True
        self._bindings = bindings
        self.labels: Sequence[Label] = session.labels()
        self.role_types = session.store.role_types()
        self.relation_types = session.store.relation_types()
        self._every_relation = False
        self.view = ArticleView()
        self.view.setAccessibleName(self.tr("Article text"))
        ways = (f"{bindings[name].text()}: {bindings.key(name)}." for name in _WAYS if bindings.key(name))
        self.view.setAccessibleDescription(" ".join(ways))
        self.acts = Acts(self)
        self.queue: Queue = Queue(session, bindings, asked)
        self.bar = DocumentBar(bindings)
        self.banner = Banner()
        self._rejected = False
        self.inspector: Inspector = Inspector(bindings, self.labels, self.shown_states)
        self.who = Who(session, self.inspector.span)
        self.columns = Columns(self.queue, self._middle(), self.inspector)
        self.setLayout(column(self.columns, gap=0))
        self.finding = Finding(self._text_frame, self.view)
        self.selecting = Selecting(self.view, self.labels)
        self.drawing = Drawing(self.view)
        self.going: Going = Going(self)
        self.comparing: Comparing = Comparing(self)
        self._beside = Beside(self)
        self._asked: int | None = None
        self._decided: int | None = None
        self._waits = False
        self._rows: tuple[RowChange, ...] | None = None
        self._suggesting = False
        self._connect()
        self.dress()
        self._show_article(session.article)

    # What the acts ask

    def article(self) -> Article:
        """The open article. Asking while none is open is a bug: acts that ask need one."""
        found = self.session.article
        if found is None:
            raise RuntimeError("no article is open")
        return found

    def focused(self) -> Span | None:
        """The span in focus."""
        found, number = self.session.article, self.view.focus_span
        return found.spans.get(number) if found is not None and number is not None else None

    def candidates(self) -> Sequence[Candidate]:
        """Those that the panel shows, in the order of their keys."""
        return self.who.candidates

    def shown_states(self) -> tuple[str, ...]:
        return states(rejected=self._rejected)

    def place(self) -> Span | None:
        """Where going on starts from: the span in focus, else what stands before the first line in sight."""
        focused = self.focused()
        if focused is not None:
            return focused
        first, _ = self.view.visible_range()
        before = [span for span in self.article().in_order(self.shown_states()) if span.start < first]
        return before[-1] if before else None

    def decided_last(self) -> Span | None:
        """The span of the newest decision, until somebody goes elsewhere."""
        found = self.session.article
        return found.spans.get(self._decided) if found is not None and self._decided is not None else None

    def go_on_from(self, decided: int, following: int | None) -> None:
        """A span was decided: the focus goes on, and it is remembered which one that was."""
        if self.comparing.current is None:
            self.set_focus(following)
        self._decided = decided

    def set_focus(self, span: int | None) -> None:
        """Put the focus on a span, or on none; the panel follows in the same frame."""
        self._decided = None
        if span is not None:
            self.view.clear_selection()
        self.view.set_focus_span(span)
        self.comparing.focus_moved(span)
        self._show_panel()

    def set_focus_from(self, place: int) -> None:
        """Put it on the first undecided span from a place on, else on the first of all."""
        article = self.article()
        found = next((span for span in article.in_order((SUGGESTED,)) if span.start >= place), None)
        found = found or article.next_span(None, (SUGGESTED,))
        self.set_focus(found.id if found is not None else None)

    def stay(self) -> None:
        """After a decision the text has the focus, or the list of spans where somebody works in that."""
        if not self.inspector.spans.list.hasFocus():
            self.to_text()

    def to_text(self) -> None:
        """The text has the focus, always, unless a person went elsewhere on purpose.

        Undo works on every page and under a card, which keep the focus.
        """
        if self.in_front and not is_covered(self.window()):
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_already(self, span: Span) -> None:
        label = self.article().labels[span.label]
        self.said.emit(self.tr("Already {label}").format(label=label.name))

    def say_no_candidate(self) -> None:
        words = self.tr("None here: {new} new, {find} find")  # short, for the status bar
        way = self._bindings.way
        self.said.emit(words.format(new=way("entity"), find=way("entity.find")))

    def asked_undecided(self) -> bool:
        """Whether the person was told that something is undecided here and pressed again."""
        return self._asked == self.article().document.id and self.banner.isVisible()

    def ask_undecided(self, count: int) -> None:
        """Say what is left before an article is marked done. A second press leaves it undecided."""
        self._asked = self.article().document.id
        self.banner.show_message(
            "warn",
            self.tr("{count} not decided").format(count=count),
            self.tr("Done once more leaves them undecided."),
            [
                (self.tr("Decide them"), lambda: self.acts.go_undecided(1)),
                (self.tr("Reject the rest and go on"), self._reject_rest),
            ],
        )

    def leave_done(self, following: Article | None) -> None:
        """An article was marked done; the next one is open, or none is left."""
        self.banner.hide()
        if following is None:
            self._show_panel()
            self.banner.show_message(
                "ok", self.tr("Every article is done"), self.tr("Export writes the gold set.")
            )

    def show_change(self, changed: Changed) -> None:
        """Go to where an undo or redo happened; where the span is gone, to the words that it had."""
        article = self.session.article
        if article is None or article.document.id not in changed.documents or self.comparing.shows(changed):
            return
        rows = [row for row in changed.rows if row.table == "span"]
        here = [number for number in (changed.span, *(row.id for row in rows)) if number in article.spans]
        gone = [row.before for row in rows if row.before is not None and row.after is None]
        there = [row for row in gone if row["document"] == article.document.id]
        if here:
            self.set_focus(here[0])
        elif there:
            self.set_focus(None)
            self.view.show_place(int(str(there[0]["start"])))
        self.to_text()

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """What follows from one key is shown once, at its end."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
            self._show_panel()

    def open_neighbour(self, step: int) -> None:
        """Open the next or the previous article, or say that there is none."""
        if not self.going.open_neighbour(step):
            end = self.tr("This is the last article") if step > 0 else self.tr("This is the first article")
            self.said.emit(end)

    # What the menus ask

    def open_find(self) -> None:
        self.finding.open()

    def find_next(self, step: int) -> None:
        self.finding.step(step)

    def flag(self) -> None:
        """Flag the span in focus; what is typed next is its note, Enter or Esc goes back."""
        if self.acts.flag() and self.inspector.shows(self.inspector.span):
            self.edit_note()

    def edit_note(self) -> None:
        self._go_to(self.inspector.span.note)

    def pick_link(self) -> None:
        """Go to the candidates, where bare digits take one."""
        if self.who.candidates:
            self._go_to(self.inspector.span.candidates)

    def _go_to(self, part: QWidget) -> None:
        """To a part of the panel that decides, which takes its place again for it; not beside a difference."""
        self.inspector.turn(None)
        if self.inspector.shows(self.inspector.span):
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_list(self) -> None:
        if self.columns.toggle_list() and self.queue.field.isVisible() and self.columns.floats():
            self.queue.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def filter_list(self) -> None:
        self.columns.show_list()
        self.queue.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self, panel: QWidget) -> None:
        """Show what was, or the list of spans with the keys in it; once more: what decides."""
        inspector = self.inspector
        away = inspector.shows(panel)
        inspector.turn(None if away else panel)
        if panel is inspector.spans and not away:
            inspector.spans.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.view.hasFocus():
            self.to_text()

    def set_suggesting(self, *, suggesting: bool) -> None:
        """A model is at work: the panel of an article without suggestions says so."""
        if suggesting != self._suggesting:
            self._suggesting = suggesting
            self._show_panel()

    def set_rejected(self, *, shown: bool) -> None:
        self._rejected = shown
        self.view.set_show_rejected(shown)
        self._rows = None
        self._show_panel()

    def shows_relations(self) -> bool:
        """Whether every relation of the article is drawn."""
        return self._every_relation

    def toggle_relations(self) -> None:
        """Draw every relation of the article, or those of the span in focus alone."""
        self._every_relation = not self._every_relation
        self._show_panel()

    def set_narrow(self, *, narrow: bool) -> None:
        self.columns.set_narrow(narrow=narrow)

    def dress(self) -> None:
        """Take the colours of the theme."""
        self.view.set_theme(article_theme(theme.current(), self.labels))

    def step_back(self) -> bool:
        """One layer back: the list over the text, the find bar, the selection, then to the text."""
        if self.view.drop_drag():
            return True
        if self.columns.close_list():
            self.to_text()
        elif self.finding.bar.isVisible():
            self.finding.close()
        elif not self.view.hasFocus():
            self.to_text()
        elif self.view.selection() is not None:
            self.view.clear_selection()
        elif self.selecting.armed is not None:
            self.selecting.arm(None)
        elif self.comparing.on:
            self.comparing.stop()
        elif self.banner.isVisible():
            self.banner.hide()
        else:
            return False
        return True

    def held(self) -> set[Needs]:
        """What is possible now."""
        article = self.session.article
        if article is None:
            return set()
        held = {Needs.ARTICLE} | self.comparing.held()
        selected = self.view.selection() is not None
        focused = None if selected else self.focused()
        if article.count(SUGGESTED):
            held.add(Needs.UNDECIDED)
        if article.next_span(None, self.shown_states()) is not None:
            held.add(Needs.SPANS)
        if focused is not None:
            held.add(Needs.FOCUS)
            if article.labels[focused.label].kind == KIND_CLAIM:
                held.add(Needs.CLAIM)
            link = article.link_of(focused.id)
            if link is not None and link.state == ACCEPTED:
                held.add(Needs.LINK)
        if focused is not None or selected:
            held.add(Needs.LABEL)
        if self.going.came_from():
            held.add(Needs.CAME_FROM)
        return held

    # What happens

    def _connect(self) -> None:
        span, selection = self.inspector.span, self.inspector.selection
        self.view.span_clicked.connect(self._clicked)
        self.view.selection_changed.connect(lambda *_: self._show_panel())
        self.view.boundary_moved.connect(self.acts.resize_to)
        self.selecting.picked.connect(self._pick_label)
        self.selecting.armed_changed.connect(lambda _: self.needs_changed.emit())
        span.label_picked.connect(self._pick_label)
        span.candidate_chosen.connect(self.acts.link)
        span.roles.chosen.connect(self.acts.decide_role)
        span.candidates.armed.connect(lambda _: self.needs_changed.emit())
        span.mentions.opened.connect(self.going.open_mention)
        span.note.stored.connect(self.acts.note)
        span.note.left.connect(self.to_text)
        self.inspector.turned.connect(self._show_panel)
        self.inspector.spans.chosen.connect(self._choose)
        selection.label_picked.connect(self._pick_label)
        selection.closed.connect(self.view.clear_selection)
        self.queue.opened.connect(self.going.open_document)
        self.queue.model.modelReset.connect(self._show_place)
        self._forget = (
            self.session.changed.connect(self._changed),
            self.session.opened.connect(self._show_article),
        )

    def let_go(self) -> None:
        """Hear no more of the session: the page goes away."""
        for forget in self._forget:
            forget()
        self.queue.let_go()
        self.comparing.let_go()

    def _clicked(self, span: int) -> None:
        self.set_focus(span)

    def _choose(self, span: int) -> None:
        """A span was chosen in the list of all."""
        self.set_focus(span)

    def _pick_label(self, label: int) -> None:
        self.acts.label_id(label)
        self.to_text()

    def _show_article(self, article: Article | None) -> None:
        """Another article is open."""
        self._rows = None
        self.banner.hide()
        self.queue.follow()
        if article is None:
            self.drawing.clear()
            self.finding.set_text("")
        else:
            self.drawing.load(article)
            self.finding.set_text(article.text)
            place = self.going.left(article.document.id)
            first = article.next_span(None, (SUGGESTED,))
            if place is not None and (place.span is None or place.span in article.spans):
                self.view.set_focus_span(place.span, scroll=False)
                self.view.put_on_top(place.top)
            elif first is not None:
                self.view.set_focus_span(first.id)
        self.comparing.load()
        self._show_document()
        self._show_panel()

    def _changed(self, changed: Changed) -> None:
        """Something was committed here or elsewhere: repaint what it names."""
        article = self.session.article
        self.queue.show_changed(changed)
        by_person = changed.kind in ("do", "undo", "redo")
        if not by_person:
            self._rows = None
        elif self._rows is not None:
            self._rows += changed.rows
        if article is not None and article.document.id in changed.documents:
            if by_person:
                self.drawing.follow(article, changed.rows)
            else:
                self.drawing.compare(article)
            if self.view.focus_span is not None and self.view.focus_span not in article.spans:
                self.view.set_focus_span(None)
            self.comparing.follow(changed)
            if self.view.focus_span is None and not by_person and self.view.selection() is None:
                self.set_focus_from(self.view.visible_range()[0])
            self._show_document()
            self._show_panel()
        elif changed.kind == "foreign":  # the panel says what stands elsewhere
            self._show_panel()

    def _show_place(self) -> None:
        """The list is another one: so are the place of the article in it, and what comes next."""
        self._show_document()
        self._show_panel()

    def _show_document(self) -> None:
        article = self.session.article
        if article is None:
            self.bar.show_document(None)
        else:
            self.bar.show_document(article.document, *self.queue.place_of(article.document.id))

    def _show_panel(self) -> None:
        """Let the panel follow the selection, the focus, or neither."""
        if not self._waits:
            rows, self._rows = self._rows, ()
            self._beside.show(rows, suggesting=self._suggesting, every_relation=self._every_relation)
            self.comparing.show()
            self.needs_changed.emit()

    def _reject_rest(self) -> None:
        self.acts.reject_all("article")
        self.acts.done()

    def _middle(self) -> QFrame:
        self._text_frame = QFrame()
        self._text_frame.setLayout(column(self.view, gap=0))
        box = column(self.bar, line(), gap=0)
        box.addWidget(self._text_frame, 1)
        box.addWidget(self.banner)
        return frame(box, "page")
