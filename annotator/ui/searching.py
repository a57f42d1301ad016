"""What Ctrl+K finds: commands, articles, entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.models import Entity, Label
from annotator.link.candidates import Candidate
from annotator.session import Session
from annotator.store.reading import DocumentRow
from annotator.ui import queue_rows, wording
from annotator.ui.action_table import TABLE
from annotator.ui.palette import Entry, Source

if TYPE_CHECKING:
    from annotator.ui.window import Window

_MOST = 8


def sources(window: Window) -> list[Source]:
    """Commands always; articles and entities of the open project once something is typed."""
    found = [Source(">", _tr("Commands"), lambda asked: _commands(window, asked))]
    session = window.session
    if session is not None:
        found.append(Source("@", _tr("Articles"), lambda asked: _articles(window, session, asked)))
        found.append(Source("#", _tr("Entities"), lambda asked: _entities(window, session, asked)))
    return found


def entity_source(session: Session, label: int, choose: Callable[[Candidate], object]) -> Source:
    """The entities of one label, to choose one of."""

    def find(asked: str) -> Sequence[Entry]:
        entities = session.store.entities(label, asked, 50)
        counts = session.mention_counts([entity.id for entity in entities])
        return [
            _entity(entity, session, counts, partial(choose, Candidate(entity, 1.0, [])))
            for entity in entities
        ]

    return Source("", _tr("Link to"), find)


def recent_source(window: Window) -> Source:
    """Projects that were open before and are still there."""

    def find(asked: str) -> Sequence[Entry]:
        return [
            Entry(
                one.path.stem,
                wording.place(one.path.parent),
                "database",
                call=partial(window.files.open_path, one.path),
            )
            for one in window.memory.recents()
            if one.there and asked.casefold() in str(one.path).casefold()
        ]

    return Source("", _tr("Recent projects"), find)


def removed_source(window: Window) -> Source:
    """Articles that were taken out of the project."""
    session = window.review.session

    def put_back(document: int, window: Window) -> None:
        session.put_back(document)
        window.review.going.open_document(document)

    def find(asked: str) -> Sequence[Entry]:
        found = session.store.removed_documents(asked, 50)
        return [_article(row, partial(window.attempt, partial(put_back, row.id))) for row in found]

    return Source("", _tr("Removed articles: Enter puts one back"), find)


def entity_sources(session: Session, choose: Callable[[Entity], object]) -> list[Source]:
    """The entities of every label, to choose one of once something is typed."""

    def find(label: Label, asked: str) -> Sequence[Entry]:
        entities = session.store.entities(label.id, asked, _MOST) if asked else []
        counts = session.mention_counts([entity.id for entity in entities])
        return [_entity(entity, session, counts, partial(choose, entity)) for entity in entities]

    labels = session.labels()
    return [Source("", wording.label_name(label), partial(find, label)) for label in labels]


def _commands(window: Window, asked: str) -> Sequence[Entry]:
    needle = asked.casefold()
    found: list[tuple[bool, int, Entry]] = []
    for spec in TABLE:
        action = window.bindings[spec.id]
        name = action.text()
        if spec.menu and action.isVisible() and action.isEnabled() and needle in name.casefold():
            group = QCoreApplication.translate("menus", spec.group.value)
            entry = Entry(name, group, spec.icon, None, window.bindings.key(spec.id), action.trigger)
            found.append((not name.casefold().startswith(needle), len(found), entry))
    return [entry for *_, entry in sorted(found)[: _MOST if asked else None]]


def _articles(window: Window, session: Session, asked: str) -> Sequence[Entry]:
    if not asked:
        return []
    return [
        _article(row, partial(window.review.going.open_document, row.id))
        for row in session.documents(text=asked, limit=_MOST)
    ]


def _article(row: DocumentRow, call: Callable[[], object]) -> Entry:
    about = ", ".join(part for part in (row.source, wording.day(row.date)) if part)
    return Entry(queue_rows.title(row), about, "file-text", call=call)


def _entities(window: Window, session: Session, asked: str) -> Sequence[Entry]:
    if not asked:
        return []
    found = [one for label in session.labels() for one in session.store.entities(label.id, asked, _MOST)]
    counts = session.mention_counts([entity.id for entity in found])
    return [
        _entity(entity, session, counts, partial(window.open_entity, entity.id)) for entity in found[:_MOST]
    ]


def _entity(
    entity: Entity,
    session: Session,
    counts: dict[int, tuple[int, int]],
    call: Callable[[], object],
) -> Entry:
    label = next(label for label in session.labels() if label.id == entity.label)
    mentions, articles = counts[entity.id]
    note = wording.spread(mentions, articles)
    return Entry(entity.name, note, hue=label.hue, call=call)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Searching", text)
