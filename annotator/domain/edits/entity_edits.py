"""Decisions about entities as a whole, over all articles: what they are called, which are one.

Two entities never share a mention: where a merge brings two links of one span together, the
accepted one stays, else the suggested one. Whoever splits says that the two are not the same,
which is remembered; a merge forgets it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.edits.draft import Rows
from annotator.domain.edits.link_edits import new_entity
from annotator.domain.models import (
    ACCEPTED,
    REJECTED,
    REVIEWER,
    SUGGESTED,
    DistinctPair,
    Entity,
    KeyAlias,
    Link,
    Role,
    Row,
    Span,
    Value,
)

_BEST_FIRST = (ACCEPTED, SUGGESTED, REJECTED)


class Whole(NamedTuple):
    """An entity with every row that names it, links and roles of all states."""

    entity: Entity
    links: list[Link]
    roles: list[Role]
    pairs: list[DistinctPair]
    keys: list[KeyAlias]


def rename(entity: Entity, name: str) -> ChangeSet:
    """Call it something else. ValueError where nothing is left of the name."""
    clean = " ".join(name.split())
    if not clean:
        raise ValueError("an entity needs a name")
    return _set(entity, Message("entity.renamed", {"name": entity.name, "new": clean}), name=clean)


def set_aliases(entity: Entity, aliases: Iterable[str]) -> ChangeSet:
    """Its other names, each once, the name itself left out."""
    written = _aliases(entity.name, aliases)
    return _set(entity, Message("entity.aliases_set", {"name": entity.name}), aliases=written)


def set_note(entity: Entity, note: str | None) -> ChangeSet:
    return _set(entity, Message("entity.noted", {"name": entity.name}), note=(note or "").strip() or None)


def set_uri(entity: Entity, uri: str | None) -> ChangeSet:
    """Where a knowledge base has it."""
    return _set(entity, Message("entity.uri_set", {"name": entity.name}), uri=(uri or "").strip() or None)


def set_fields(entity: Entity, fields: dict[str, object]) -> ChangeSet:
    """Short notes of the reviewer about an allegation, by article."""
    written = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return _set(entity, Message("entity.noted", {"name": entity.name}), fields=written)


def set_value(entity: Entity, value: str) -> ChangeSet:
    """Another calendar value for all its mentions. Where an entity has it already, merge instead."""
    return _set(entity, Message("entity.value_set", {"name": entity.name, "value": value}), value=value)


def merge(into: Whole, other: Whole) -> ChangeSet:
    """Make two entities one: `other` goes, its key and names stay with `into`.

    Of `into` only the links are needed whose spans `other` is linked to as well.
    ValueError where they are the same or of different labels.
    """
    if into.entity.id == other.entity.id or into.entity.label != other.entity.label:
        raise ValueError("only two entities of one label can be merged")
    rows = Rows()
    target = into.entity.id
    _merge_hanging(rows, "link", target, into.links, other.links)
    _merge_hanging(rows, "role", target, into.roles, other.roles)
    _merge_pairs(rows, into, other)
    for alias in other.keys:
        rows.update("key_alias", alias, entity=target)
    rows.delete("entity", other.entity)
    rows.insert("key_alias", {"key": other.entity.key, "entity": target})
    rows.update("entity", into.entity, **_united(into.entity, other.entity))
    title = Message("entity.merged", {"name": other.entity.name, "into": into.entity.name})
    return ChangeSet(title, rows.rows())


def split(
    whole: Whole, spans: Collection[Span], key: str, name: str, author: Author, *, value: str | None = None
) -> ChangeSet:
    """Put some mentions into a new entity, which is not the old one. `key` must be free.

    ValueError where the entity has none of them.
    """
    rows = Rows()
    entity = rows.insert("entity", new_entity(whole.entity.label, key, " ".join(name.split()), value))
    moved = _move(rows, whole, spans, entity, author)
    if not moved:
        raise ValueError("an entity is split along its own mentions")
    pair: Row = {"first": whole.entity.id, "second": entity, "by": author.name, "at": author.at}
    rows.insert("distinct_pair", pair)
    title = Message("entity.split", {"name": whole.entity.name, "new": name, "count": moved})
    return ChangeSet(title, rows.rows())


def move(
    whole: Whole, spans: Collection[Span], to: Entity, taken: Iterable[Link], author: Author
) -> ChangeSet:
    """Put some mentions into another entity of the same label; `taken` are the links that it has."""
    if to.label != whole.entity.label or to.id == whole.entity.id:
        raise ValueError("mentions move to another entity of their label")
    rows = Rows()
    moved = _move(rows, whole, spans, to.id, author, {link.span: link for link in taken})
    title = Message("entity.moved", {"name": whole.entity.name, "to": to.name, "count": moved})
    return ChangeSet(title, rows.rows())


def unlink(whole: Whole, spans: Collection[Span], author: Author) -> ChangeSet:
    """Take some mentions off; those that were proposed are remembered as refused."""
    rows = Rows()
    wanted = {span.id for span in spans}
    count = 0
    for link in whole.links:
        if link.span in wanted and link.state != REJECTED:
            _let_go(rows, link, author)
            count += 1
    return ChangeSet(Message("entity.unlinked", {"name": whole.entity.name, "count": count}), rows.rows())


def accept_all(whole: Whole, spans: Collection[Span], author: Author) -> ChangeSet:
    """Accept the proposed links of some mentions, and the mentions themselves."""
    rows = Rows()
    by_hand: Row = {"by": author.name, "at": author.at}
    states = {span.id: span for span in spans}
    count = 0
    for link in whole.links:
        if link.state == SUGGESTED and link.span in states:
            rows.update("link", link, state=ACCEPTED, **by_hand)
            _accept(rows, states[link.span], author)
            count += 1
    return ChangeSet(Message("link.accepted_many", {"count": count}), rows.rows())


def tell_apart(one: Entity, other: Entity, known: Iterable[DistinctPair], author: Author) -> ChangeSet:
    """Remember that two entities are not the same."""
    first, second = sorted((one.id, other.id))
    title = Message("entity.told_apart", {"name": one.name, "other": other.name})
    if first == second or one.label != other.label:
        raise ValueError("only two entities of one label can be taken for one")
    if any((pair.first, pair.second) == (first, second) for pair in known):
        return ChangeSet(title, ())
    rows = Rows()
    rows.insert("distinct_pair", {"first": first, "second": second, "by": author.name, "at": author.at})
    return ChangeSet(title, rows.rows())


def _set(entity: Entity, title: Message, **fields: Value) -> ChangeSet:
    rows = Rows()
    rows.update("entity", entity, **fields)
    return ChangeSet(title, rows.rows())


def _aliases(name: str, aliases: Iterable[str]) -> str:
    clean = (" ".join(alias.split()) for alias in aliases)
    return json.dumps(
        [alias for alias in dict.fromkeys(clean) if alias and alias != name], ensure_ascii=False
    )


def _united(into: Entity, other: Entity) -> Row:
    """What the merged entity knows: its own, and what only the other had."""
    names = [*json.loads(into.aliases), other.name, *json.loads(other.aliases)]
    notes = [note for note in dict.fromkeys((into.note, other.note)) if note]
    return {
        "aliases": into.aliases if into.value is not None else _aliases(into.name, names),
        "note": "\n\n".join(notes) or None,
        "uri": into.uri or other.uri,
        "value": into.value or other.value,
        "fields": json.dumps({**json.loads(other.fields), **json.loads(into.fields)}, ensure_ascii=False)
        if other.fields != "{}"
        else into.fields,
        "known": max(into.known, other.known),
    }


def _merge_hanging(
    rows: Rows,
    table: str,
    target: int,
    kept: Iterable[Link] | Iterable[Role],
    moved: Iterable[Link] | Iterable[Role],
) -> None:
    """Move links or roles. Of two at one place the better one stays; the other goes before it moves in."""
    standing = {_place(row): row for row in kept}
    for row in moved:
        twin = standing.get(_place(row))
        if twin is None:
            rows.update(table, row, entity=target)
        elif _BEST_FIRST.index(twin.state) <= _BEST_FIRST.index(row.state):
            rows.delete(table, row)
        else:
            rows.delete(table, twin)
            rows.update(table, row, entity=target)


def _place(row: Link | Role) -> tuple[int, int]:
    """What an entity can be only once: a span's, a span's in one role."""
    return row.span, row.type if isinstance(row, Role) else 0


def _merge_pairs(rows: Rows, into: Whole, other: Whole) -> None:
    """What the other is not, this is not; that they are not each other is forgotten."""
    target = into.entity.id
    apart = {pair.first + pair.second - target for pair in into.pairs}
    for pair in other.pairs:
        third = pair.first + pair.second - other.entity.id
        if third == target or third in apart:
            rows.delete("distinct_pair", pair)
            continue
        first, second = sorted((third, target))
        rows.update("distinct_pair", pair, first=first, second=second)


def _move(
    rows: Rows,
    whole: Whole,
    spans: Collection[Span],
    entity: int,
    author: Author,
    taken: dict[int, Link] | None = None,
) -> int:
    """Give links of these spans to an entity, as a person's own; how many there were."""
    by_id = {span.id: span for span in spans}
    by_hand: Row = {"by": author.name, "at": author.at}
    moved = 0
    for link in whole.links:
        if link.span not in by_id or link.state == REJECTED:
            continue
        there = (taken or {}).get(link.span)
        _let_go(rows, link, author)
        if there is None:
            fields: Row = {"span": link.span, "entity": entity, "state": ACCEPTED, "origin": REVIEWER}
            rows.insert("link", fields | {"score": None, "why": None, "run": None} | by_hand)
        else:
            rows.update("link", there, state=ACCEPTED, **by_hand)
        _accept(rows, by_id[link.span], author)
        moved += 1
    return moved


def _let_go(rows: Rows, link: Link, author: Author) -> None:
    """A proposal that is not taken is remembered as refused; a reviewer's own link goes."""
    if link.origin == REVIEWER:
        rows.delete("link", link)
    else:
        rows.update("link", link, state=REJECTED, by=author.name, at=author.at)


def _accept(rows: Rows, span: Span, author: Author) -> None:
    if span.state != ACCEPTED:
        rows.update("span", span, state=ACCEPTED, by=author.name, at=author.at)
