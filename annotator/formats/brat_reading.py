"""brat's annotations of one text into a record."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.models import ACCEPTED
from annotator.domain.text import shortened
from annotator.formats import encoding
from annotator.formats.beside import text_beside, text_of
from annotator.formats.brat_config import STATE_LINE
from annotator.formats.checking import Place
from annotator.formats.plain_names import unquoted

Json = dict[str, Any]

FAKE_DB: Final = "annotator"
"""The data base that our own entities are said to be in."""
_PLACE: Final = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)\Z")
_NUMBERED: Final = re.compile(r"\d+\Z")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-f]{4})|\\)")
_OWN_ATTRIBUTES: Final = {"State": "state", "Value": "value", "Mod": "mod"}


class Types(NamedTuple):
    """Names by the identifiers that stand for them, and whether the folder was written here."""

    names: dict[str, str]
    ours: bool


def read_types(folder: Path) -> Types:
    """From the configuration of a folder, where there is one."""
    names = {}
    visual, annotation = folder / "visual.conf", folder / "annotation.conf"
    if visual.is_file():
        for line in text_of(visual, []).split("\n"):
            plain, bar, name = line.partition(" | ")
            if bar and plain and " " not in plain:
                names[plain] = name.split(" | ")[0].rstrip("\r") if "\t" not in name else name
    ours = annotation.is_file() and STATE_LINE in text_of(annotation, [])
    return Types(names, ours)


def read_article(annotations: Path, types: Types, notes: list[Message]) -> tuple[Json, Place]:
    """The record of an `.ann` and the text beside it, and where it stands."""
    # in what was written here a first U+FEFF is text: brat allows no signature
    known = encoding.UTF8 if types.ours else None
    text = text_beside(annotations, notes, known)
    lines = text_of(annotations, notes, known) if annotations.stat().st_size else ""
    reader = _Article(text, annotations, types)
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip():
            reader.take(line.removesuffix("\r"), Place(annotations, number))
    record = reader.record()
    if reader.skipped:
        notes.append(Message("read.brat_skipped", {"path": annotations, "count": reader.skipped}))
    return record, Place(annotations, 1)


class _Article:
    """The lines of one article; what names spans is looked at when all of them are known."""

    def __init__(self, text: str, path: Path, types: Types) -> None:
        self._text, self._path, self._types = text, path, types
        self._spans: dict[str, Json] = {}
        self._triggers: dict[str, str] = {}
        self._later: list[tuple[Callable[[list[str], Place], None], list[str], Place]] = []
        self._events: list[tuple[list[str], Place]] = []
        self._relations: list[Json] = []
        self._entities: dict[str, Json] = {}
        self.skipped = 0

    def take(self, line: str, place: Place) -> None:
        """One line by its kind."""
        columns = line.split("\t", 2)
        kind = line[0]
        if len(columns) < 2:
            raise place.wrong("read.brat_line", why="there is no tab")
        if kind == "T":
            self._span(columns, place)
        elif kind == "E":
            self._event(columns, place)
        elif kind in "RANM#*":
            takes = {"R": self._relation, "N": self._entity, "#": self._note, "*": self._equivalent}
            self._later.append((takes.get(kind, self._attribute), columns, place))
        else:
            raise place.wrong("read.brat_line", why=f"it begins with {shortened(columns[0], 10)}")

    def record(self) -> Json:
        """All that was taken."""
        for take, columns, place in self._later:
            take(columns, place)
        for arguments, place in self._events:
            self._roles(arguments, place)
        record: Json = {"text": self._text, "spans": list(self._spans.values())}
        if self._relations:
            record["relations"] = self._relations
        if self._entities:
            record["entities"] = self._entities
        return record

    def _span(self, columns: list[str], place: Place) -> None:
        match = _PLACE.match(columns[1])
        if match is None or len(columns) < 3:
            raise place.wrong("read.brat_line", why="a span is a type, places and words")
        if columns[0] in self._spans:
            raise place.wrong("read.double_id", value=columns[0])
        pieces = [tuple(map(int, piece.split(" "))) for piece in match[2].split(";")]
        size, words = len(self._text), columns[2]
        for start, end in pieces:
            if not 0 <= start < end <= size:
                raise place.wrong("read.offsets", field=columns[0], start=start, end=end, size=size)
        found = " ".join(self._text[start:end] for start, end in pieces)
        if found.split() != words.split():  # some tools write a blank for a line break
            raise place.wrong("read.quote", field=columns[0], quote=shortened(words), found=shortened(found))
        start, end = min(pieces)[0], max(end for _, end in pieces)
        span: Json = {"id": columns[0], "start": start, "end": end, "label": self._name(match[1])}
        gaps = itertools.pairwise(pieces)
        if any(after < before or not self._text[before:after].isspace() for (_, before), (after, _) in gaps):
            span["fragments"] = [list(piece) for piece in pieces]
        if self._types.ours:
            span["state"] = ACCEPTED
        self._spans[columns[0]] = span

    def _event(self, columns: list[str], place: Place) -> None:
        arguments = columns[1].split()
        trigger = arguments[0].partition(":")[2] if arguments else ""
        if not trigger:
            raise place.wrong("read.brat_line", why="an event has a type and a trigger")
        self._triggers[columns[0]] = trigger
        self._events.append((arguments, place))

    def _roles(self, arguments: list[str], place: Place) -> None:
        """Arguments are roles where the mention has an entity, else relations from the trigger."""
        span = self._named(arguments[0].partition(":")[2], place)
        for argument in arguments[1:]:
            role, _, target = argument.partition(":")
            other = self._named(self._triggers.get(target, target), place)
            name = self._name(_NUMBERED.sub("", role) or role)
            if "entity" in other:
                span.setdefault("roles", {}).setdefault(name, []).append({"entity": other["entity"]})
            elif other is not span:
                self._relations.append({"type": name, "from": span["id"], "to": other["id"]})

    def _relation(self, columns: list[str], place: Place) -> None:
        name, *arguments = columns[1].split()
        if len(arguments) != 2:
            raise place.wrong("read.brat_line", why="a relation has two arguments")
        ends = [argument.partition(":")[2] for argument in arguments]
        first, second = (self._named(self._triggers.get(end, end), place) for end in ends)
        self._relations.append({"type": self._name(name), "from": first["id"], "to": second["id"]})

    def _equivalent(self, columns: list[str], place: Place) -> None:
        name, *ends = columns[1].split() or [""]
        spans = [self._named(self._triggers.get(end, end), place) for end in ends]
        self.skipped += len(spans) < 2
        pairs = itertools.pairwise(spans)
        self._relations += [
            {"type": self._name(name), "from": one["id"], "to": two["id"]} for one, two in pairs
        ]

    def _entity(self, columns: list[str], place: Place) -> None:
        parts = columns[1].split(" ", 2)
        base, colon, key = parts[-1].partition(":")
        if len(parts) != 3 or not colon or not key:
            raise place.wrong("read.brat_line", why="a normalisation is a type, a span and a reference")
        span = self._named(self._triggers.get(parts[1], parts[1]), place)
        key = unquoted(key) if base == FAKE_DB else parts[2]
        if self._entities.get(key, span)["label"] != span["label"]:
            key = f"{key} ({span['label']})"
        name = _unescaped(columns[2]) if len(columns) > 2 and columns[2] else key
        span["entity"] = key
        self._entities.setdefault(key, {"label": span["label"], "name": name})

    def _attribute(self, columns: list[str], place: Place) -> None:
        name, *more = columns[1].split(" ", 2)
        if not more:
            raise place.wrong("read.brat_line", why="an attribute has a name and a span")
        if more[0].startswith("R"):
            self.skipped += 1
            return
        span = self._named(self._triggers.get(more[0], more[0]), place)
        if name == "Flag" and len(more) == 1:
            span["flag"] = True
        elif name in _OWN_ATTRIBUTES and len(more) == 2:
            span[_OWN_ATTRIBUTES[name]] = unquoted(more[1])
        else:
            span.setdefault("attributes", {})[name] = more[1] if len(more) == 2 else True

    def _note(self, columns: list[str], place: Place) -> None:
        target = columns[1].rpartition(" ")[2]
        target = self._triggers.get(target, target)
        if len(columns) < 3 or not target.startswith("T"):
            self.skipped += 1
            return
        span = self._named(target, place)
        note = _unescaped(columns[2])
        span["note"] = f"{span['note']}\n{note}" if "note" in span else note

    def _named(self, key: str, place: Place) -> Json:
        if key not in self._spans:
            raise place.wrong("read.no_such_span", field=key, value=key)
        return self._spans[key]

    def _name(self, plain: str) -> str:
        return self._types.names.get(plain, plain)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda sign: chr(int(sign[1], 16)) if sign[1] else "\\", text)
