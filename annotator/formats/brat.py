"""brat's standoff: a text, a file of annotations for each, and the configuration that brat reads.

A span that goes across a line break (or a tab, which separates columns) is written as fragments,
as brat demands. Entities are normalisations, states, calendar values and flags are attributes,
roles are events whose arguments are mentions of the entity in the same article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.changes import Message
from annotator.domain.models import ACCEPTED, SUGGESTED
from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.beside import members
from annotator.formats.brat_config import Used, configuration
from annotator.formats.brat_reading import FAKE_DB, read_article, read_types
from annotator.formats.checking import check_record
from annotator.formats.format import Fit, Format
from annotator.formats.losses import Carries, Losses
from annotator.formats.plain_names import file_name, quoted, unquoted
from annotator.formats.shapes import ENTITY_OF_SPANS

Json = dict[str, Any]

_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029]+")
"""Where a line ends for whoever reads the annotations with Python, and the tab."""
_FIRST_LINE: Final = re.compile(
    rb"(?:T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t|#\d+\t|R\d+\t|E\d+\t|A\d+\t|N\d+\t|\*\t)"
)


def fit(head: bytes) -> Fit:
    """A first line as brat numbers them."""
    return Fit.SURE if _FIRST_LINE.match(head) else Fit.NO


def holds(folder: Path) -> bool:
    """A folder with annotations."""
    return any(folder.glob("*.ann"))


def write(records: Iterable[Record], path: Path, about: About) -> None:
    """Two files for each article, then the configuration."""
    path.mkdir()
    used = Used(about)
    for record in records:
        stem = path / file_name(record.get("id", ""))
        (stem.parent / f"{stem.name}.txt").write_bytes(record["text"].encode())
        lines = _lines(cast("Json", record), used)
        (stem.parent / f"{stem.name}.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
    for name, content in configuration(about, used).items():
        (path / name).write_bytes(content.encode())


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """One `.ann` with the `.txt` beside it, or all of a folder in order of name."""
    types = read_types(path if path.is_dir() else path.parent)
    for file in members(path, ".ann"):
        record, place = read_article(file, types, notes)
        record["id"] = unquoted(file.stem)
        yield check_record(record, place)


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a span between line breaks."""
    pieces, at = [], start
    for gap in _BREAKS.finditer(text, start, end):
        if gap.start() > at:
            pieces.append((at, gap.start()))
        at = gap.end()
    return [*pieces, (at, end)] if at < end else pieces


def _lines(record: Json, used: Used) -> Iterator[str]:
    text, spans = record["text"], record["spans"]
    numbers = {span.get("id", at): f"T{at}" for at, span in enumerate(spans, 1)}
    named: dict[str, str] = {}
    for at, span in enumerate(spans, 1):
        pieces = fragments(text, span["start"], span["end"])
        where = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text[start:end] for start, end in pieces)
        yield f"T{at}\t{used.label(span['label'])} {where}\t{words}"
        if "entity" in span:
            named.setdefault(span["entity"], f"T{at}")
    for at, span in enumerate(spans, 1):
        yield from _hanging(at, span, record.get("entities", {}))
    events = ((f"T{at}", span) for at, span in enumerate(spans, 1) if span.get("roles"))
    for number, (trigger, span) in enumerate(events, 1):
        arguments = " ".join(
            f"{used.role(role)}{'' if nth == 1 else nth}:{named[entry['entity']]}"
            for role, entries in span["roles"].items()
            for nth, entry in enumerate(entries, 1)
        )
        yield f"E{number}\t{used.label(span['label'])}:{trigger} {arguments}"
    for number, relation in enumerate(record.get("relations", ()), 1):
        ends = numbers[relation["from"]], numbers[relation["to"]]
        yield f"R{number}\t{used.relation(relation['type'])} Arg1:{ends[0]} Arg2:{ends[1]}"


def _hanging(at: int, span: Json, entities: Json) -> Iterator[str]:
    """What says more about one span: its entity, attributes, note. Each kind has its own numbers."""
    if "entity" in span:
        key = span["entity"]
        name = entities.get(key, {}).get("name", key)
        yield f"N{at}\tReference T{at} {FAKE_DB}:{quoted(key)}\t{_one_line(name)}"
    attributes = {
        "State": span.get("state", SUGGESTED) if span.get("state") != ACCEPTED else None,
        "Value": quoted(span["value"]) if "value" in span else None,
        "Mod": span.get("mod"),
    }
    number = at * 4
    for name, value in attributes.items():
        if value is not None:
            yield f"A{number}\t{name} T{at} {value}"
        number += 1
    if span.get("flag"):
        yield f"A{number}\tFlag T{at}"
    if span.get("note"):
        yield f"#{at}\tAnnotatorNotes T{at}\t{_one_line(span['note'])}"


def _one_line(text: str) -> str:
    """A text on one line; `unescaped` in brat_reading gives it back."""
    return _ESCAPED.sub(lambda sign: "\\\\" if sign[0] == "\\" else f"\\u{ord(sign[0]):04x}", text)


_ESCAPED: Final = re.compile("[\\\\\x00-\x1f\x85\u2028\u2029]|^\\s|\\s$")


def _shape(record: Record, lost: Losses) -> Record:
    """Line breaks at the edges of spans go, and roles without a mention that could hold them."""
    text = record["text"]
    spans = []
    for span in cast("list[Json]", record["spans"]):
        pieces = fragments(text, span["start"], span["end"])
        if not pieces:
            lost["only_breaks"] += 1
            continue
        edges = {"start": pieces[0][0], "end": pieces[-1][1]}
        lost["edge_breaks"] += edges != {"start": span["start"], "end": span["end"]}
        spans.append(span | edges)
    named = {span.get("entity") for span in spans}
    for number, span in enumerate(spans):
        roles = span.get("roles", {})
        held = {
            role: [
                {"entity": entry["entity"]}
                for entry in entries
                if entry["entity"] in named and entry.get("state", ACCEPTED) == ACCEPTED
            ]
            for role, entries in roles.items()
        }
        lost["roles"] += sum(map(len, roles.values())) - sum(map(len, held.values()))
        rest = {
            name: value
            for name, value in span.items()
            if name != "roles" and value != "" and value is not False
        }
        held = {role: entries for role, entries in held.items() if entries}
        spans[number] = rest | ({"roles": held} if held else {})
    return _with(record, spans, lost)


def _with(record: Record, spans: list[Json], lost: Losses) -> Record:
    """The record with these spans, and what of its name, relations and entities is left."""
    kept = {name: value for name, value in record.items() if name not in ("spans", "relations", "entities")}
    name = file_name(record.get("id", ""))
    if unquoted(name) != record.get("id"):
        lost["names"] += 1
        kept["id"] = name
    ids = {span.get("id") for span in spans}
    relations = [
        {end: one[end] for end in ("type", "from", "to")}
        for one in record.get("relations", ())
        if {one["from"], one["to"]} <= ids and one.get("state", ACCEPTED) == ACCEPTED
    ]
    lost["relations"] += len(record.get("relations", ())) - len(relations)
    entities: Json = {}
    for span in (one for one in spans if "entity" in one):
        known = record.get("entities", {}).get(span["entity"], {})
        if span["entity"] not in entities:
            entities[span["entity"]] = {"label": span["label"], "name": known.get("name", span["entity"])}
            lost["entities"] += bool(known.keys() - ENTITY_OF_SPANS)
    kept |= {"spans": spans}
    if relations:
        kept["relations"] = relations
    if entities:
        kept["entities"] = entities
    return cast("Record", kept)


FORMAT = Format(
    name="brat",
    title="brat standoff, a folder",
    suffixes=(".ann",),
    fit=fit,
    holds=holds,
    read=read,
    write=write,
    folder=True,
    carries=Carries(
        document=frozenset({"entities"}),
        span=frozenset({"state", "entity", "value", "mod", "flag", "note", "roles"}),
        relations=True,
        shape=_shape,
    ),
)
