"""What opens above the window: each card gets what it shows, and says what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.changes import Changed
from annotator.domain.edits import document_edits, label_edits
from annotator.domain.models import Entity
from annotator.session.elsewhere import occurrences, take
from annotator.session.history import Detail, Names, details
from annotator.session.relations import between
from annotator.store import Store
from annotator.store.journal import JournalEntry
from annotator.ui import relating, wording
from annotator.ui.about import About
from annotator.ui.action_table import LABELS
from annotator.ui.details import DetailsCard
from annotator.ui.find_card import FindCard
from annotator.ui.first_steps import FirstSteps
from annotator.ui.guidelines import GuidelinesCard
from annotator.ui.history import HistoryCard
from annotator.ui.key_sheet import KeySheet
from annotator.ui.keymap import Keymap
from annotator.ui.keys_card import KeysCard
from annotator.ui.label_editor import LabelEditor
from annotator.ui.note_card import NoteCard
from annotator.ui.overlay import Overlay
from annotator.ui.overview import OverviewCard
from annotator.ui.palette import Palette
from annotator.ui.preferences import PreferencesCard
from annotator.ui.roles import source as role_source
from annotator.ui.same import ROOM, SameCard
from annotator.ui.searching import entity_source, entity_sources, recent_source, removed_source, sources
from annotator.ui.work import count_of

if TYPE_CHECKING:
    from annotator.ui.window import Window

_DECISIONS = 500
"""Decisions that the history of an article shows."""
_LOG = 5000
"""And that of the project."""


class Cards:
    """The cards of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def close(self) -> None:
        """Close what is open."""
        for card in self._open():
            card.close_card()

    def is_open(self) -> bool:
        """Whether anything lies above the window."""
        return bool(self._open())

    def when_closed(self, then: Callable[[], object]) -> None:
        """Do something when the card on top is closed."""
        self._open()[-1].closed.connect(then)

    def _open(self) -> list[Overlay]:
        return [card for card in self._window.findChildren(Overlay) if card.isVisible()]

    def palette(self) -> None:
        Palette(self._window, sources(self._window))

    def recent(self) -> None:
        """Open a project that was open before."""
        Palette(self._window, [recent_source(self._window)])

    def removed(self) -> None:
        """Put back an article that was taken out."""
        Palette(self._window, [removed_source(self._window)])

    def find_entity(self) -> None:
        """Link the span in focus to an entity that is looked for by name."""
        review = self._window.review
        span = review.focused()
        if span is not None:
            Palette(self._window, [entity_source(review.session, span.label, review.acts.link_to)])

    def same(self) -> None:
        """Offer the other places of the words that were decided last, else of those in focus."""
        window, review = self._window, self._window.review
        span = review.decided_last() or review.focused()
        if span is None:
            return
        found = occurrences(review.session, span, ROOM)
        if not found:
            window.say(_tr("“{text}” stands nowhere else").format(text=wording.plain(span.text, 40)))
            return
        label = next(label for label in review.labels if label.id == span.label)
        SameCard(
            window,
            span,
            label,
            found,
            lambda chosen: window.attempt(lambda _: take(review.session, span, chosen)),
        )

    def find_all(self) -> None:
        """Look through all articles and decide on what is found. What is selected is looked for at first."""
        window, review = self._window, self._window.review
        session = review.session
        selected = review.view.selection()
        words = review.article().text[slice(*selected)] if selected is not None else ""

        def choose(then: Callable[[Entity], object]) -> None:
            Palette(window, entity_sources(session, then))

        card = FindCard(
            window,
            session.store.path,
            review.labels,
            lambda *asked: window.attempt(lambda _: window.deciding.decide(*asked)),
            review.going.open_spot,
            choose,
            " ".join(words.split()),
        )
        work = window.work

        def changed(what: Changed) -> None:
            card.say(wording.stepped(what))
            card.look()

        def working() -> None:
            if work.jobs:
                card.say(f"{work.jobs[0].title} {count_of(work.jobs[0])}")

        card.closed.connect(session.changed.connect(changed))
        card.closed.connect(lambda: work.changed.disconnect(working))
        work.changed.connect(working)
        work.finished.connect(card.say)

    def details(self) -> None:
        """What is known of the open article, to be corrected."""
        attempt, session = self._window.attempt, self._window.review.session

        def store(values: dict[str, str | None]) -> None:
            attempt(lambda _: session.run(lambda a, _: document_edits.set_fields(a.document, **values)))

        document = self._window.review.article().document
        DetailsCard(self._window, document, store, lambda: attempt(lambda _: session.remove_article()))

    def flag_article(self) -> None:
        """Flag the open article and ask why; where it has a flag, take that away."""
        session, attempt = self._window.review.session, self._window.attempt
        flag = not self._window.review.article().document.flag
        attempt(lambda _: session.run(lambda a, _: document_edits.set_flag(a.document, flag=flag)))
        document = self._window.review.article().document
        if document.flag:
            NoteCard(
                self._window,
                document,
                lambda note: attempt(
                    lambda _: session.run(lambda a, _: document_edits.set_fields(a.document, note=note))
                ),
            )

    def history(self) -> None:
        """The decisions in the open article."""
        document = self._window.review.article().document
        store = self._window.review.session.store
        title = _tr("History of “{title}”").format(title=wording.plain(document.title or document.name, 40))
        HistoryCard(self._window, title, store.history(document.id, _DECISIONS), self._explained(store))

    def log(self) -> None:
        """The decisions in the whole project, by article, reviewer, day."""
        store = self._window.review.session.store
        entries = store.history(limit=_LOG)
        places = {row.id: row.title or row.name for row in store.documents()}
        HistoryCard(self._window, _tr("History of the project"), entries, self._explained(store), places)

    def _explained(self, store: Store) -> Callable[[JournalEntry], list[Detail]]:
        names = Names(store)
        return lambda entry: details(names, entry)

    def overview(self) -> None:
        OverviewCard(self._window, self._window.review.session, self._window.review.going.open_document)

    def labels(self) -> None:
        """The labels of the project."""
        window, session = self._window, self._window.review.session
        card = LabelEditor(
            window,
            session,
            window.attempt,
            lambda one, to: window.attempt(lambda _: window.deciding.remove_label(one, to)),
            window.bindings.keymap,
        )
        card.closed.connect(window.follow_labels)

    def roles(self) -> None:
        """Who has which role in the allegation in focus: to be set, or taken away."""
        review = self._window.review
        span = review.focused()
        if span is not None:
            take = role_source(review.article(), span, review.role_types, review.acts.decide_role)
            Palette(self._window, [take])

    def relations(self) -> None:
        """What the span in focus has to do with others: to be said, or taken away."""
        review = self._window.review
        span = review.focused()
        if span is not None:
            take = relating.source(review.article(), span, review.relation_types, review.acts.tie)
            Palette(self._window, [take])

    def tie(self, start: int, end: int) -> None:
        """Two spans were dragged together: where several types fit, one is chosen."""
        review = self._window.review
        article = review.article()
        first, last = article.spans[start], article.spans[end]
        possible = between(first, last, review.relation_types)
        if len(possible) == 1:
            self._window.attempt(lambda _: review.acts.tie(possible[0]))
        else:
            source = relating.pair_source(article, first, last, review.relation_types, review.acts.tie)
            Palette(self._window, [source])

    def choose_entity(self, like: Entity, then: Callable[[Entity], object]) -> None:
        """Let a person choose another entity of the same label."""
        session = self._window.review.session
        Palette(self._window, [entity_source(session, like.label, lambda one: then(one.entity))])

    def guidelines(self) -> None:
        """What counts as what; about the label in focus first."""
        review = self._window.review
        span = review.focused()
        GuidelinesCard(self._window, review.labels, span.label if span is not None else None, self.labels)

    def first_steps(self) -> None:
        FirstSteps(self._window, self._window.bindings)

    def keys(self) -> None:
        KeySheet(self._window, self._window.bindings.keymap)

    def preferences(self, first: str = "") -> None:
        """What a person sets. Where it makes the window anew, the card comes back at the same row."""
        window = self._window

        def choose(name: str, value: object) -> None:
            anew = name in ("size", "language", "single_keys")
            if anew:
                card.close_card()
            window.attempt(lambda w: w.prefer(name, value))
            if anew:
                self.preferences(name)

        card = PreferencesCard(window, window.settings, choose, self.change_keys, first)

    def change_keys(self) -> None:
        """Every key, to be changed. They hold from the closing of the card on."""
        window, session = self._window, self._window.session
        labels = session.labels()[:LABELS] if session is not None else []
        before = window.bindings.keymap

        def store(keymap: Keymap) -> None:
            window.settings["key_set"], window.settings["keys"] = keymap.set, keymap.own
            window.attempt(lambda w: w.settings.save())

        def store_label(number: int, key: str | None) -> None:
            label = window.review.session.labels()[number - 1]
            window.attempt(lambda w: w.review.session.decide(label_edits.change(label, key=key)))

        card = KeysCard(window, before, store, [one.name for one in labels], store_label)
        card.closed.connect(lambda: window.take_keys() if card.keymap is not before else None)

    def about(self) -> None:
        About(self._window)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cards", text)
