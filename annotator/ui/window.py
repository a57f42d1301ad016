"""The window: header, page, status bar, and what is open above them. One window, one project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QMenuBar,
    QStackedWidget,
)

from annotator.domain.changes import Changed
from annotator.domain.models import DONE
from annotator.errors import UserError
from annotator.session import Session
from annotator.settings import Settings
from annotator.store.listing import Asked
from annotator.ui import report, span_menu, theme, wording
from annotator.ui.actions import Call, Zone
from annotator.ui.acts import Acts
from annotator.ui.appearance import Appearance
from annotator.ui.banner import Answer, Banner
from annotator.ui.bindings import Bindings
from annotator.ui.deciding import Deciding
from annotator.ui.files import Files, local_files
from annotator.ui.focusing import Focusing
from annotator.ui.header import Header
from annotator.ui.jobs import Suggesting
from annotator.ui.keymap import stored
from annotator.ui.kit import column, frame, line
from annotator.ui.linking import Linking
from annotator.ui.memory import Memory
from annotator.ui.pages import PAGES, REVIEW, Pages
from annotator.ui.place import Place
from annotator.ui.possible import Possible
from annotator.ui.pulse import Pulse
from annotator.ui.reading_order import progress
from annotator.ui.remembering import Remembering
from annotator.ui.review import Review
from annotator.ui.statusbar import StatusBar
from annotator.ui.welcome import Welcome
from annotator.ui.work import Work, WorkChip, WorkList

if TYPE_CHECKING:
    from annotator.ui.cards import Cards
    from annotator.ui.keeping import Keeping

NARROW = 1200
"""Below this width, in token pixels, the article list is a rail."""


class Window(QMainWindow):
    """`session` is None while no project is open. What keys and menus do is asked of here."""

    closed = Signal()

    def __init__(self, reviewer: str, settings: Settings) -> None:
        super().__init__()
        self.reviewer, self.settings = reviewer, settings
        self.memory = Memory(settings)
        self.session: Session | None = None
        self._review: Review | None = None
        self._open_pages: Pages | None = None
        self._asked: Asked | None = None  # what the list showed on a page that is made anew
        self._forget: list[Callable[[], None]] = []
        self._possible = Possible(self)
        self.work = Work(self)
        self.files: Files = Files(self)
        self.linking: Linking = Linking(self)
        self.deciding: Deciding = Deciding(self)
        self.bindings = Bindings(self, stored(settings))
        self.remembering: Remembering = Remembering(self)
        self.pulse: Pulse = Pulse(self)
        self.focusing: Focusing = Focusing(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 560)
        self.work.finished.connect(self.say)
        self.work.failed.connect(self.files.failed)
        self.work.changed.connect(self._follow_work)
        self.appearance: Appearance = Appearance(self)
        self.appearance.dress()
        self._build()
        self._restore()

    # What the actions ask

    @property
    def review(self) -> Review:
        """The review page. Asking while no project is open is a bug: such actions are off then."""
        if self._review is None:
            raise RuntimeError("no project is open")
        return self._review

    @property
    def open_review(self) -> Review | None:
        """The review page, None while no project is open."""
        return self._review

    @property
    def open_pages(self) -> Pages | None:
        """The pages of the open project, None while none is open."""
        return self._open_pages

    @property
    def pages(self) -> Pages:
        """The pages of the open project."""
        if self._open_pages is None:
            raise RuntimeError("no project is open")
        return self._open_pages

    @cached_property
    def cards(self) -> Cards:
        """What opens above the window. It is imported when something does: a start goes without."""
        from annotator.ui.cards import Cards

        return Cards(self)

    @cached_property
    def keeping(self) -> Keeping:
        """Snapshots and other reviewers; imported when it is needed, like the cards."""
        from annotator.ui.keeping import Keeping

        return Keeping(self)

    @property
    def acts(self) -> Acts:
        return self.review.acts

    def attempt(self, call: Call) -> None:
        """Do what an action says. What cannot be done is told, and what is on the screen stays."""
        with self._possible.once():
            try:
                call(self)
            except UserError as error:
                quiet = error.code.startswith(("undo.", "redo."))
                if quiet:
                    self.say(wording.said(error))
                else:
                    self.tell("bad", self.tr("That did not work"), wording.said(error))

    def say(self, words: str) -> None:
        """Say in the status bar what the last act did."""
        self.status.say(words)

    def tell(self, kind: str, title: str, body: str = "", choices: Sequence[Answer] = ()) -> None:
        """Say what a person has to read; it stays until it is answered."""
        banner = self._review.banner if self._review is not None else self._banner
        banner.show_message(kind, title, body, choices)

    def set_session(self, session: Session | None) -> None:
        """Show another project, or the welcome page."""
        self._leave()
        self.session = session
        if session is None:
            self._show_welcome()
        else:
            self._enter(session)
        self.refresh()

    def show_entity(self) -> None:
        """The entity of the span in focus, whole, on the page of links."""
        span = self.review.focused()
        link = self.review.article().link_of(span.id) if span is not None else None
        if link is not None:
            self.open_entity(link.entity)

    def open_entity(self, entity: int) -> None:
        """An entity with all its mentions, to be corrected, merged, split."""
        self.pages.go("links")
        self.pages.links.show_entity(entity)

    def page_changed(self) -> None:
        """Another page is in front."""
        shown = self.pages.name
        for name in PAGES:
            self.bindings[f"page.{name}"].setChecked(name == shown)
        self.refresh()

    def copy_report(self) -> None:
        """Put on the clipboard what a person can send along with a question."""
        QGuiApplication.clipboard().setText(report.text())
        self.say(self.tr("Copied the error report"))

    def show_log(self) -> None:
        """Open the folder of the log in the system's file manager; where it is is said in any case."""
        path = report.log_file()
        self.say(self.tr("The log is {path}").format(path=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(path.parent))

    def greet(self) -> None:
        """At the first start of all: what to press."""
        if not self.settings["greeted"]:
            self.settings["greeted"] = True
            self.cards.first_steps()

    def step_back(self) -> None:
        """One layer back, as Esc does."""
        if self._running.isVisible():
            self._running.hide()
        elif self._open_pages is not None:
            self._open_pages.step_back()

    def remake(self) -> None:
        """Make everything anew, in another size or language, at the same place."""
        places = self._review.going.places() if self._review is not None else []
        name = self._open_pages.name if self._open_pages is not None else REVIEW
        self._leave_page()
        self._build()
        if self.session is not None:
            self._enter_page(self.session)
            self._return_to(places, name)
        self.refresh()

    def prefer(self, name: str, value: object) -> None:
        """Change a setting of the person, and let it hold at once."""
        if self.settings[name] == value:
            return
        self.appearance.set(name, value)
        if name == "single_keys":
            self.take_keys()
        elif name == "reviewer":
            self.reviewer = self.settings.who()
            if self.session is not None:
                self.session.reviewer = self.reviewer
        self.settings.save()

    def take_keys(self) -> None:
        """Take the keys that the settings have now; what shows them is made anew."""
        self.bindings.set_keymap(stored(self.settings))
        self.remake()

    def follow_labels(self) -> None:
        """Make the pages anew where the project has other labels by now, once no card lies above them."""
        if self.session is None or self.session.labels() == self.review.labels:
            return
        if self.cards.is_open():
            self.cards.when_closed(self.follow_labels)
        else:
            self.rebuild(self.session)

    def rebuild(self, session: Session) -> None:
        """Make the pages of the open project anew, at the same place."""
        places, name = self.review.going.places(), self.pages.name
        self._leave_page()
        self._enter_page(session)
        self._return_to(places, name)

    def _return_to(self, places: Sequence[Place], page: str) -> None:
        if places:
            self.review.going.go_to(places)
        self.pages.go(page)

    # Building

    def _build(self) -> None:
        chip = WorkChip(self.work)
        bar = QMenuBar(self)
        self.bindings.fill(bar)
        self.setMenuBar(bar)
        self.header: Header = Header(self.bindings, bar, chip)
        if not bar.isNativeMenuBar():
            bar.hide()
        self._running = WorkList(self, self.work, self.work.cancel)
        chip.clicked.connect(lambda _=False: self._running.open_below(chip))
        self.status = StatusBar(self.bindings)
        self.welcome = Welcome(self.bindings)
        self.welcome.recent_chosen.connect(self.files.open_path)
        self._banner = Banner()
        welcome = column(gap=0)
        welcome.addWidget(self.welcome, 1)
        welcome.addWidget(self._banner)
        self._pages = QStackedWidget()
        self._pages.addWidget(frame(welcome, "page"))
        self.bindings.bind(Zone.PAGE, self._pages)
        body = column(self.header, line(), gap=0)
        body.addWidget(self._pages, 1)
        body.addWidget(line())
        body.addWidget(self.status)
        self.setCentralWidget(frame(body))
        self._show_welcome()

    def _show_welcome(self) -> None:
        self.welcome.show_recent(self.memory.recents())
        self._pages.setCurrentIndex(0)
        self.header.show_project("")
        self.welcome.setFocus()
        self.bindings.set_labels([])
        self.status.say("")
        self.status.set_labels([])
        self.status.show_plain(("new", "open", "import"))
        self.status.show_progress(0, 0)
        self.setWindowTitle("Annotator")

    def _enter(self, session: Session) -> None:
        self.status.say("")
        self._enter_page(session)
        places = self.memory.places(session.store.path)
        if places and session.document_row(places[-1].document) is not None:
            self.review.going.go_to(places)
        else:
            session.open_first()
            self.review.to_text()
        self.pulse.start()
        self.remembering.enter(session)
        if not session.store.read_only:
            QTimer.singleShot(0, self.files.suggest_quietly)

    def _enter_page(self, session: Session) -> None:
        review = Review(session, self.bindings, self._asked or self.memory.asked(session.store.path))
        self._review = review
        self.bindings.bind(Zone.TEXT, review.view, review.inspector.spans.list)
        self.bindings.bind(Zone.CANDIDATES, review.inspector.span.candidates)
        self.bindings.set_labels(review.labels)
        self.status.set_labels(review.labels)
        note = self.tr("Read only") if session.store.read_only else ""
        self.header.show_project(session.store.path.stem, note)
        review.said.connect(self.say)
        review.needs_changed.connect(self.refresh)
        review.inspector.span.find_asked.connect(self.bindings["entity.find"].trigger)
        review.view.context_requested.connect(lambda span, at: span_menu.show(self, span, at))
        review.view.spans_tied.connect(self._tie)
        review.view.paint_failed.connect(self._paint_failed)
        review.view.zoom_requested.connect(self.appearance.zoom)
        self._forget = [
            session.changed.connect(self._changed),
            session.opened.connect(lambda _: self._show_title()),
        ]
        self._open_pages = Pages(self, self._pages, review)
        self.page_changed()
        sizes, listed = cast(list[int], self.settings["columns"]), bool(self.settings["list_shown"])
        review.columns.restore(sizes, listed=listed)
        self.appearance.show()
        self._apply_width()
        self._show_title()

    def _leave(self) -> None:
        """Let go of the open project: where somebody was and how far it is are kept."""
        self.cards.close()
        session = self.session
        if session is None:
            return
        self.pulse.stop()
        self.work.stop()
        self.keeping.stop()
        self.remembering.leave()
        self.note_place(session)
        self._leave_page()
        self.session = self._asked = None
        session.close()

    def note_place(self, session: Session) -> None:
        """Remember where somebody is and how far the project is."""
        done, total = session.document_count(statuses=(DONE,)), session.document_count()
        asked = self.review.queue.model.asked
        self.memory.leave(session.store.path, self.review.going.places(), asked, done, total)

    def _leave_page(self) -> None:
        """Take the review page away."""
        if self._review is None:
            return
        for forget in self._forget:
            forget()
        self._forget = []
        columns = self._review.columns
        self.settings["columns"], self.settings["list_shown"] = columns.sizes(), columns.lists()
        self._asked = self._review.queue.model.asked
        if self._open_pages is not None:
            self._open_pages.let_go()
        self._review = self._open_pages = None

    # Following

    def _changed(self, changed: Changed) -> None:
        if changed.title is not None:
            self.status.say(wording.stepped(changed), undone=changed.kind == "undo")
            self.pulse.resting.start()
        article = self.session.article if self.session is not None else None
        if article is not None and article.document.id in changed.documents:
            self._show_progress()
            self.refresh()
        if changed.kind == "foreign" or any(row.table == "label" for row in changed.rows):
            QTimer.singleShot(0, self, self.follow_labels)

    def _follow_work(self) -> None:
        if self._review is not None:
            self._review.set_suggesting(suggesting=any(isinstance(job, Suggesting) for job in self.work.jobs))

    def _show_title(self) -> None:
        article = self.session.article if self.session is not None else None
        title = (article.document.title or article.document.name) if article is not None else None
        project = self.session.store.path.stem if self.session is not None else None
        self.setWindowTitle(", ".join(part for part in (title, project, "Annotator") if part))
        self._show_progress()

    def _show_progress(self) -> None:
        article = self.session.article if self.session is not None else None
        self.status.show_progress(*(progress(article) if article is not None else (0, 0)))

    def refresh(self) -> None:
        """Enable what is possible now, and say the keys that go with it."""
        self._possible.show()

    def bind_comparing(self) -> None:
        """The list of differences, which is made only now, has the keys of the text."""
        review = self.review
        self.bindings.bind(Zone.TEXT, review.inspector.compare.list)
        self.bindings.bind(Zone.COMPARE, review.view, review.inspector.compare.list)
        self.refresh()

    def _tie(self, start: int, end: int) -> None:
        self.cards.tie(start, end)

    def _paint_failed(self, sentence: str) -> None:
        self.tell("bad", self.tr("Part of the text cannot be drawn"), sentence)

    # Size

    def _apply_width(self) -> None:
        narrow = self.width() < theme.current().px(NARROW)
        self.header.set_narrow(narrow=narrow)
        self.status.set_narrow(narrow=narrow)
        if self._review is not None:
            self._review.set_narrow(narrow=narrow)
            self.refresh()

    def _restore(self) -> None:
        self.resize(1440, 900)
        stored = str(self.settings["geometry"]).encode("ascii", "ignore")
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(stored)))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.attempt(lambda window: window.pulse.poll())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = local_files(event.mimeData())
        event.acceptProposedAction()
        self.attempt(lambda window: window.files.take(found))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._leave()
        self.focusing.let_go()
        self.attempt(lambda window: window.settings.save())
        super().closeEvent(event)
        self.closed.emit()
