"""Records made to fit a project before they go in: labels by a table, spans onto articles that are there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from annotator.domain.anchoring import Anchoring, skeleton
from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import shortened
from annotator.store import Store

Json = dict[str, Any]

_MOST_TOLD: Final = 5
_LEAST_LETTERS: Final = 20
"""Texts with fewer letters are not taken for one another by their letters."""


def with_labels(
    records: Iterable[Record], table: Mapping[str, str], counts: Counter[str], unmet: set[str]
) -> Iterator[Record]:
    """Records with labels by a table; a label that stands for "" leaves its spans out, counted.

    Labels of the table that a span has are taken out of `unmet`.
    """
    for record in records:
        unmet.difference_update(span["label"] for span in record.get("spans", ()))
        yield _relabelled(record, table, counts) if table else record


class Onto:
    """Puts the spans of records onto articles of a project that have the same text, letters or name.

    What has no such article comes in as a new one. Spans that are nowhere in the other text are left
    out and told.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_name: dict[str, int] = {}
        self._by_letters: dict[bytes, int] = {}
        for number, name, text in store.texts():
            self._by_name[name] = number
            self._by_letters.setdefault(_letters(text), number)
        self.moved = 0
        self.unplaced: list[tuple[str, str]] = []

    def fit(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            number = self._by_letters.get(_letters(record["text"]))
            if number is None:
                number = self._by_name.get(record.get("id", ""))
            yield record if number is None else self._onto(record, self._store.text(number))

    def notes(self) -> list[Message]:
        """What a person should know."""
        said = [Message("import.moved", {"count": self.moved})] if self.moved else []
        if self.unplaced:
            some = "; ".join(f"“{quote}” ({name})" for name, quote in self.unplaced[:_MOST_TOLD])
            said.append(Message("import.unplaced", {"count": len(self.unplaced), "some": some}))
        return said

    def _onto(self, record: Record, text: str) -> Record:
        """The record as one of the other text; its title and date are those of the article."""
        if record["text"] == text:
            return record
        anchoring = Anchoring(record["text"], text)
        spans = []
        for span in cast("list[Json]", record.get("spans", [])):
            place = anchoring.place(span["start"], span["end"])
            if place is None:
                self.unplaced.append(
                    (record.get("id", ""), shortened(record["text"][span["start"] : span["end"]]))
                )
                continue
            self.moved += place != (span["start"], span["end"])
            moved = {name: value for name, value in span.items() if name not in ("text", "suggested")}
            spans.append(moved | {"start": place[0], "end": place[1]})
        return _with_spans({"id": record.get("id", ""), "text": text}, record, spans)


def _relabelled(record: Record, table: Mapping[str, str], counts: Counter[str]) -> Record:
    spans = []
    for span in cast("list[Json]", record.get("spans", [])):
        label = table.get(span["label"], span["label"])
        if not label:
            counts["spans_unmapped"] += 1
            continue
        changed = span | {"label": label}
        if "suggested" in span:
            suggested = span["suggested"]
            changed["suggested"] = suggested | {"label": table.get(suggested["label"]) or suggested["label"]}
        spans.append(changed)
    rest = {name: value for name, value in record.items() if name not in ("spans", "relations", "entities")}
    made = _with_spans(rest, record, spans)
    for entity in made.get("entities", {}).values():
        entity["label"] = table.get(entity["label"]) or entity["label"]
    return made


def _with_spans(rest: Mapping[str, Any], record: Record, spans: list[Json]) -> Record:
    """A record with these spans, the relations between them and copies of its entities."""
    ids = {span.get("id") for span in spans}
    relations = [one for one in record.get("relations", ()) if {one["from"], one["to"]} <= ids]
    made = dict(rest) | {"spans": spans}
    if relations:
        made["relations"] = relations
    if record.get("entities"):
        made["entities"] = {key: dict(entity) for key, entity in record["entities"].items()}
    return cast("Record", made)


def _letters(text: str) -> bytes:
    letters = skeleton(text)
    kept = letters if len(letters) >= _LEAST_LETTERS else text
    return hashlib.sha256(kept.encode()).digest()[:16]
