"""An article as `NAME.tsv`: its tokens with their spans and relations; beside it `NAME.txt`, its text exactly.

The table counts UTF-16 and has no place for what stands between sentences; hence the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.beside import put_text
from annotator.formats.losses import Carries, Losses
from annotator.formats.plain_names import file_name, unquoted
from annotator.formats.sentences import sentences, words
from annotator.formats.shapes import filled_record, trimmed
from annotator.formats.tokens import tokens_of
from annotator.formats.utf16 import Utf16

Json = dict[str, Any]

SPAN: Final = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATION: Final = "webanno.custom.Relation"
HEAD: Final = "#FORMAT=WebAnno TSV 3.3"
RESERVED: Final = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_SIGNS: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_IN_TEXT: Final = re.compile(r"[\\\t\r]")


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """Two files an article."""
    path.mkdir()
    for record in records:
        item = cast("Json", record)
        name = file_name(item["id"])
        put_text(path / f"{name}.txt", item["text"])
        with (path / f"{name}.tsv").open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{HEAD}\n#T_SP={SPAN}|identifier|value\n#T_RL={RELATION}|label|BT_{SPAN}\n")
            file.writelines(_sentences(item))


def _sentences(item: Json) -> Iterator[str]:
    text, spans = item["text"], item["spans"]
    units = Utf16(text)
    places = words(text, tokens_of(text, spans))
    table = _Table(item)
    at = 0
    for number, (_, end) in enumerate(sentences(text, spans), 1):
        first = at
        while at < len(places) and places[at][0] < end:
            table.address(places[at], f"{number}-{at - first + 1}")
            at += 1
    at = 0
    for number, (begin, end) in enumerate(sentences(text, spans), 1):
        lines = _IN_TEXT.sub(lambda sign: _SIGNS.get(sign[0], "\\\\"), text[begin:end]).split("\n")
        yield ("\n\n" if number == 1 else "\n") + "".join(f"#Text={line}\n" for line in lines)
        first = at
        while at < len(places) and places[at][0] < end:
            start, stop = places[at]
            cells = (
                f"{number}-{at - first + 1}",
                f"{units.at(start)}-{units.at(stop)}",
                escaped(text[start:stop]),
                *table.cells(start, stop),
            )
            yield "\t".join(cells) + "\t\n"
            at += 1


class _Table:
    """What stands in the columns of a token."""

    def __init__(self, item: Json) -> None:
        self._spans = sorted(item["spans"], key=lambda span: (span["start"], -span["end"], span["label"]))
        self._numbers = {id(span): number for number, span in enumerate(self._spans, 1)}
        by_id = {span.get("id"): span for span in self._spans}
        self._relations: dict[int, list[tuple[str, Json, Json]]] = {}
        for relation in item.get("relations", ()):
            governor, dependent = by_id[relation["from"]], by_id[relation["to"]]
            self._relations.setdefault(dependent["start"], []).append((relation["type"], governor, dependent))
        self._addresses: dict[int, str] = {}
        self._open: list[Json] = []
        self._next = 0

    def address(self, place: tuple[int, int], address: str) -> None:
        self._addresses[place[0]] = address

    def cells(self, start: int, end: int) -> tuple[str, str, str, str]:
        """Entity and label of the spans on a token, label and governor of the relations that end at it."""
        while self._next < len(self._spans) and self._spans[self._next]["start"] < end:
            self._open.append(self._spans[self._next])
            self._next += 1
        self._open = [span for span in self._open if span["end"] > start]
        entities, labels = [], []
        for span in self._open:
            number = self._numbers[id(span)]
            entities.append(f"{escaped(span['entity']) if 'entity' in span else '*'}[{number}]")
            labels.append(f"{escaped(span['label'])}[{number}]")
        kinds, governors = [], []
        for kind, governor, dependent in self._relations.get(start, ()):
            kinds.append(escaped(kind))
            ends = f"{self._numbers[id(governor)]}_{self._numbers[id(dependent)]}"
            governors.append(f"{self._addresses[governor['start']]}[{ends}]")
        cells = ("|".join(cell) or "_" for cell in (entities, labels, kinds, governors))
        return cast("tuple[str, str, str, str]", tuple(cells))


def escaped(value: str) -> str:
    """A value without signs that mean something in a cell."""
    return RESERVED.sub(lambda sign: _SIGNS.get(sign[0], f"\\{sign[0]}"), value)


def _shape(record: Record, lost: Losses) -> Record:
    item = trimmed(filled_record(cast("Json", record)), lost)
    name = unquoted(file_name(item["id"]))
    lost["names"] += name != item["id"]
    return cast("Record", item | {"id": name})


CARRIES: Final = Carries(span=frozenset({"entity"}), relations=True, shape=_shape)
