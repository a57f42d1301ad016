"""What a format cannot carry: declared as fields, taken out of a record, counted by reason.

One function is behind the loss report before an export, the records that a writer gets and
the comparison after it: a file holds what it was given, and that is what `carried` leaves.
Reasons are the codes `lost.REASON` of annotator/messages.py; one that is not there is told in
its own words, so that a plug-in may have others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from annotator import messages
from annotator.domain.changes import Message
from annotator.domain.models import (
    ACCEPTED,
    DONE,
    IMPORT,
    IN_PROGRESS,
    NEW,
    REJECTED,
    REVIEWER,
    STATUSES,
    SUGGESTED,
)
from annotator.domain.record import DOCUMENT_FIELDS, ENTITY_FIELDS, SPAN_FIELDS, Record

Losses = Counter[str]
"""How many of what, by reason."""
Shape = Callable[[Record, Losses], Record]
"""What fields alone cannot say (spans that overlap, spacing): takes it out of a record and counts it."""

Json = dict[str, Any]

_DOCUMENT: Final = {
    "title": "titles",
    "date": "dates",
    "source": "sources",
    "note": "article_notes",
    "flag": "article_flags",
    "tags": "tags",
    "meta": "meta",
    "entities": "entities",
}
_SPAN: Final = {
    "note": "notes",
    "flag": "flags",
    "entity": "links",
    "value": "values",
    "mod": "mods",
    "roles": "roles",
    "score": "history",
    "origin": "history",
    "by": "history",
    "at": "history",
    "suggested": "history",
    "link": "history",
}
_USUAL: Final = ("origin", IMPORT)
"""What a span is again that comes in without it."""
_ALWAYS_OF_DOCUMENT: Final = frozenset({"id", "text", "spans", "relations"})
_ALWAYS_OF_SPAN: Final = frozenset({"id", "start", "end", "label", "text", "state"})


@dataclass(frozen=True, slots=True)
class Carries:
    """Which fields of the record a format has a place for, beside text, start, end and label.

    A format without `state` among those of a span holds gold alone: rejected spans stay out,
    and what is undecided is written like the rest. `link` is the state of a link. `unknown`:
    fields of other programs, at every level. Without `names` articles are known by their order.
    """

    document: frozenset[str] = frozenset()
    span: frozenset[str] = frozenset()
    relations: bool = False
    unknown: bool = False
    shape: Shape | None = None
    names: bool = True


def carried(record: Record, carries: Carries, lost: Losses) -> Record:
    """The record without what the format cannot carry, counted in `lost` (`settled` at the end); the record itself stays."""
    kept = cast("Record", _fields(record, carries, lost))
    spans = [_span(cast("Json", span), carries, lost) for span in record.get("spans", ())]
    kept["spans"] = cast("Any", [span for span in spans if span is not None])
    _relate(kept, carries, lost)
    if "entities" in kept:
        _describe(kept, carries, lost)
    return carries.shape(kept, lost) if carries.shape is not None else kept


def _fields(record: Record, carries: Carries, lost: Losses) -> Json:
    kept: Json = {}
    for name, value in record.items():
        if name in _ALWAYS_OF_DOCUMENT or name in carries.document:
            kept[name] = value
        elif name not in DOCUMENT_FIELDS:
            if carries.unknown:
                kept[name] = value
            else:
                lost["unknown"] += 1
        elif value and name != "status":
            lost[_DOCUMENT[name]] += len(value) if name in ("tags", "entities") else 1  # type: ignore[arg-type]
    if "status" not in carries.document:
        lost[record.get("status", NEW)] += 1
    return kept


def _span(span: Json, carries: Carries, lost: Losses) -> Json | None:
    """The span as it is written, None where it is not."""
    state = span.get("state", SUGGESTED)
    keeps_state = "state" in carries.span
    if not keeps_state and state != ACCEPTED:
        lost["rejected" if state == REJECTED else "states"] += 1
        if state == REJECTED:
            return None
    kept: Json = {}
    reasons = set()
    for name, value in span.items():
        if name in carries.span or (name in _ALWAYS_OF_SPAN and (name != "state" or keeps_state)):
            kept[name] = value
        elif name not in SPAN_FIELDS:
            if carries.unknown:
                kept[name] = value
            else:
                reasons.add("unknown")
        elif name == "link" and "entity" in carries.span:
            reasons.update(_link_reasons(span, carries))
        elif name in _SPAN and value is not None and value is not False and (name, value) != _USUAL:
            reasons.add(_SPAN[name])
    roles = span.get("roles") if "roles" in reasons else None
    if roles:
        reasons.discard("roles")
        lost["roles"] += sum(map(len, roles.values()))
    lost.update(reasons)
    return kept


def _link_reasons(span: Json, carries: Carries) -> Iterator[str]:
    """What is lost of a link whose entity is written: what the span alone does not tell again."""
    link = span["link"]
    state = link.get("state", ACCEPTED)
    is_decided = "state" not in carries.span or span.get("state", SUGGESTED) == ACCEPTED
    if state != (ACCEPTED if is_decided else SUGGESTED):
        yield "link_states"
    by_hand = state == ACCEPTED and "by" in carries.span and span.get("by")
    if link.get("score") is not None or link.get("origin", IMPORT) != (REVIEWER if by_hand else IMPORT):
        yield "history"


def _relate(kept: Record, carries: Carries, lost: Losses) -> None:
    """Relations between the spans that are left."""
    relations = kept.pop("relations", [])
    if not relations:
        return
    if not carries.relations:
        lost["relations"] += len(relations)
        return
    there = {span.get("id") for span in kept["spans"]}
    left = []
    for relation in relations:
        state = relation.get("state", ACCEPTED)
        if not {relation["from"], relation["to"]} <= there:
            lost["relations"] += 1
        elif "state" in carries.span:
            left.append(relation)
        elif state == REJECTED:
            lost["relations"] += 1
        else:
            lost["states"] += state != ACCEPTED
            left.append({name: value for name, value in relation.items() if name != "state"})
    if left:
        kept["relations"] = left


def _describe(kept: Record, carries: Carries, lost: Losses) -> None:
    """Descriptions of the entities that are still named, without fields of others where those are lost."""
    named = {span["entity"] for span in kept["spans"] if "entity" in span}
    named |= {
        entry["entity"]
        for span in kept["spans"]
        for entries in span.get("roles", {}).values()
        for entry in entries
    }
    entities = {key: cast("Json", entity) for key, entity in kept["entities"].items() if key in named}
    if not carries.unknown:
        for key, entity in entities.items():
            known = {name: value for name, value in entity.items() if name in ENTITY_FIELDS}
            lost["unknown"] += len(known) < len(entity)
            entities[key] = known
    kept["entities"] = cast("Any", entities)
    if not entities:
        del kept["entities"]


def settled(lost: Losses) -> Losses:
    """What is lost of a whole set, where `carried` counted article by article.

    That articles are done is known of a gold set, and that they are new of any other: it is lost where both are there.
    """
    statuses = {status: lost[status] for status in STATUSES}
    found = Losses({reason: count for reason, count in (+lost).items() if reason not in statuses})
    if statuses[IN_PROGRESS] or (statuses[DONE] and statuses[NEW]):
        found["statuses"] = sum(statuses.values())
    return found


def said(lost: Losses) -> list[Message]:
    """What was lost, a message for each reason, the most frequent first."""
    by_count = sorted((+lost).items(), key=lambda item: (-item[1], item[0]))
    return [_message(reason, count) for reason, count in by_count]


def lines(lost: Losses) -> list[str]:
    """The same in English."""
    return [messages.english(message.code, message.params) for message in said(lost)]


def _message(reason: str, count: int) -> Message:
    """One that only a plug-in knows is told in its own words."""
    code = f"lost.{reason}"
    if code in messages.ENGLISH:
        return Message(code, {"count": count})
    return Message("lost.other", {"count": count, "what": reason})
