"""Articles as CoNLL-U, each span as a mention of an entity in `Entity=` of the last column.

The text can be put together again from the words and `SpacesAfter`. Spans that are linked to one
entity have one id, in whatever article they are; a span without a link is an entity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TextIO, cast
from urllib.parse import quote

from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.losses import Carries, Losses
from annotator.formats.sentences import sentences, words
from annotator.formats.shapes import filled_record, names_only, trimmed
from annotator.formats.tokens import tokens_of

Json = dict[str, Any]
Place = tuple[int, int]
_Marks = dict[int, list[tuple[str, str, int]]]

FIELDS: Final = "eid-etype-head-identity"
LINKED: Final = "e."
ALONE: Final = "x."
"""How an entity's id begins: of one in the project, of a span without one."""
HEAD: Final = ("title", "date", "source")
SPACES: Final = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
_LINE: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_NO_ID: Final = re.compile(r"[^\w.]")


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """One file with all articles."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# global.Entity = {FIELDS}\n")
        for number, record in enumerate(records, 1):
            _write(cast("Json", record), number, file)


def _write(item: Json, number: int, file: TextIO) -> None:
    text, spans = item["text"], item["spans"]
    found = words(text, tokens_of(text, spans))
    marks = _marks(item, number)
    file.write(f"# newdoc id = {_one_line(item['id'])}\n")
    file.writelines(f"# {name} = {_one_line(item[name])}\n" for name in HEAD if name in item)
    at = 0
    for count, (begin, end) in enumerate(sentences(text, spans), 1):
        first = at
        while at < len(found) and found[at][0] < end:
            at += 1
        if first == at:
            continue
        file.write(f"# sent_id = {number}-{count}\n# text = {' '.join(text[begin:end].split())}\n")
        for place in range(first, at):
            file.write(_line(text, found, place, first, marks))
        file.write("\n")


def _line(text: str, found: list[Place], place: int, first: int, marks: _Marks) -> str:
    start, end = found[place]
    misc = []
    # what began before ends first; what begins and ends here has both brackets
    ends = [f"{name})" for name, _, begun in marks.get(-end, ()) if begun < start]
    begins = [f"({mention}{')' * (until == end)}" for _, mention, until in marks.get(start, ())]
    if ends or begins:
        misc.append(f"Entity={''.join(ends + begins)}")
    if place == 0 and start:
        misc.append(f"SpacesBefore={spaces(text[:start])}")
    is_last = place + 1 == len(found)
    after = text[end : len(text) if is_last else found[place + 1][0]]
    if not after:
        misc.append("SpaceAfter=No")
    elif after != " " or is_last:
        misc.append(f"SpacesAfter={spaces(after)}")
    head = ("0", "root") if place == first else ("1", "dep")
    columns = (str(place - first + 1), text[start:end], "_", "_", "_", "_", *head, "_", "|".join(misc) or "_")
    return "\t".join(columns) + "\n"


def _marks(item: Json, number: int) -> _Marks:
    """The mentions by their start and by the negative of their end, inner ones first there."""
    found: _Marks = {}
    entities = item.get("entities", {})
    order = sorted(item["spans"], key=lambda span: (span["start"], -span["end"], span["label"]))
    for count, span in enumerate(order, 1):
        key = span.get("entity")
        name = f"{LINKED}{_id(key)}" if key is not None else f"{ALONE}{number}.{count}"
        described = entities.get(key, {}).get("name")
        mention = [name, _id(span["label"]), "1"] + ([_id(described)] if described else [])
        found.setdefault(span["start"], []).append((name, "-".join(mention), span["end"]))
        found.setdefault(-span["end"], []).insert(0, (name, "", span["start"]))
    return found


def spaces(white: str) -> str:
    """White space as CoNLL-U writes it."""
    return "".join(SPACES.get(sign, sign) for sign in white)


def _one_line(value: str) -> str:
    return "".join(_LINE.get(sign, sign) for sign in value)


def _id(name: str) -> str:
    """A name without signs that mean something in `Entity=`."""
    return _NO_ID.sub(lambda sign: quote(sign[0], safe="").replace("-", "%2D").replace("~", "%7E"), name)


def _shape(record: Record, lost: Losses) -> Record:
    """Spans of words; names of entities; no two crossing mentions of one entity, whose ends could be taken for each other."""
    item = _uncrossed(trimmed(filled_record(cast("Json", record)), lost), lost)
    return cast("Record", names_only(item, lost))


def _uncrossed(item: Json, lost: Losses) -> Json:
    kept: dict[str, list[Place]] = {}
    spans = []
    for span in sorted(item["spans"], key=lambda span: (span["start"], -span["end"])):
        start, end = span["start"], span["end"]
        others = kept.setdefault(span["entity"], []) if "entity" in span else []
        if any(first < start < last < end for first, last in others):
            lost["links"] += 1
            spans.append({name: value for name, value in span.items() if name != "entity"})
        else:
            others.append((start, end))
            spans.append(span)
    return item | {"spans": spans}


CARRIES: Final = Carries(
    document=frozenset({*HEAD, "entities"}),
    span=frozenset({"entity"}),
    shape=_shape,
)
