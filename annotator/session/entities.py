"""What a person decides about entities as a whole, wherever they stand; each is one undo step."""

from __future__ import annotations

from collections.abc import Collection

from annotator.domain import names
from annotator.domain.changes import Changed
from annotator.domain.edits import entity_edits
from annotator.domain.models import KIND_DATE
from annotator.session.session import Session


def rename(session: Session, entity: int, name: str) -> Changed | None:
    """Call it something else. ValueError where nothing is left of the name."""
    return session.decide(entity_edits.rename(session.store.whole(entity).entity, name))


def set_aliases(session: Session, entity: int, aliases: Collection[str]) -> Changed | None:
    return session.decide(entity_edits.set_aliases(session.store.whole(entity).entity, aliases))


def set_note(session: Session, entity: int, note: str | None) -> Changed | None:
    return session.decide(entity_edits.set_note(session.store.whole(entity).entity, note))


def set_uri(session: Session, entity: int, uri: str | None) -> Changed | None:
    return session.decide(entity_edits.set_uri(session.store.whole(entity).entity, uri))


def set_value(session: Session, entity: int, value: str) -> Changed | None:
    """Another calendar value for all mentions; where an entity has it already they join that one."""
    whole = session.store.whole(entity)
    taken = session.store.entity_with_value(whole.entity.label, value)
    if taken is None or taken.id == entity:
        return session.decide(entity_edits.set_value(whole.entity, value))
    return merge(session, taken.id, entity)


def merge(session: Session, into: int, other: int) -> Changed | None:
    """Make two entities one; `other` goes, and its names stay with `into`."""
    return session.decide(entity_edits.merge(session.store.whole(into, other), session.store.whole(other)))


def split(
    session: Session, entity: int, spans: Collection[int], name: str, *, value: str | None = None
) -> Changed | None:
    """Put some mentions into a new entity, which is remembered not to be the old one."""
    store = session.store
    whole = store.whole(entity)
    label = next(label for label in store.labels() if label.id == whole.entity.label)
    base = f"date:{value}" if label.kind == KIND_DATE and value else names.key_of(label.name, name)
    change = entity_edits.split(
        whole, store.spans(spans), store.free_key(base), name, session.author(), value=value
    )
    return session.decide(change)


def move(session: Session, entity: int, spans: Collection[int], to: int) -> Changed | None:
    """Put some mentions into another entity of the same label."""
    whole, target = session.store.whole(entity), session.store.whole(to)
    mentions = session.store.spans(spans)
    return session.decide(entity_edits.move(whole, mentions, target.entity, target.links, session.author()))


def unlink(session: Session, entity: int, spans: Collection[int]) -> Changed | None:
    """Take some mentions off; what was proposed is not proposed again."""
    return session.decide(
        entity_edits.unlink(session.store.whole(entity), session.store.spans(spans), session.author())
    )


def accept_all(session: Session, entity: int, spans: Collection[int]) -> Changed | None:
    """Accept the proposed links of some mentions, and the mentions themselves."""
    return session.decide(
        entity_edits.accept_all(session.store.whole(entity), session.store.spans(spans), session.author())
    )


def tell_apart(session: Session, one: int, other: int) -> Changed | None:
    """Remember that two entities are not the same."""
    first, second = session.store.whole(one), session.store.whole(other)
    return session.decide(entity_edits.tell_apart(first.entity, second.entity, first.pairs, session.author()))
