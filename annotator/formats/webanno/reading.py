"""WebAnno TSV 3 into records: ours and INCEpTION's, the text from the file beside it or put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import chains, encoding
from annotator.formats.beside import members, text_beside, text_of
from annotator.formats.checking import MAX_TEXT, Place, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.layers import attributes_of, is_aside, label_of
from annotator.formats.plain_names import unquoted
from annotator.formats.telling import tell_other_entities, tell_unplaced
from annotator.formats.utf16 import Utf16
from annotator.formats.webanno.writing import CARRIES, write

Json = dict[str, Any]

_HEAD: Final = re.compile(r"#FORMAT=WebAnno TSV 3\.\d")
_LAYER: Final = re.compile(r"#T_(SP|RL|CH)=(.*)")
_ADDRESS: Final = re.compile(r"\d+-\d+(\.\d+)?")
_RANGE: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
_VALUE: Final = re.compile(r"((?:\\.|[^\\\[\]|])*)(?:\[(\d+)(?:_(\d+))?\])?")
_ESCAPED: Final = re.compile(r"\\(->|.)")
_LINK: Final = re.compile(r".*->(\d{1,9})-(\d{1,9})")
_ADDRESSES: Final = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)\])?")
_SLOT: Final = "ROLE_"
"""How the name of a feature begins whose values are other spans: one column has their roles, the next one where they are."""
_IDENTIFIER: Final = frozenset({"identifier"})
_SIGNS: Final = {"t": "\t", "n": "\n", "r": "\r"}


_Key = tuple[int, str]
"""The number of a layer, and that of a span in it, or `@` and the address of its one token."""
_Chain = tuple[int, str]
"""The number of a layer, and that of a chain in it."""


class _Relation(NamedTuple):
    """What it is, and for each end the address of a token with the number of a span there, "0" for the only one."""

    kind: str
    governor: tuple[str, str]
    dependent: tuple[str, str]


@dataclass
class _Layer:
    """A layer of the head: its kind, its name, and which columns hold what."""

    kind: str
    name: str
    features: list[str]
    first: int


@dataclass
class _Span:
    """A span as its tokens come, in UTF-16."""

    begin: int
    end: int
    features: dict[str, str] = field(default_factory=dict)


def fit(head: bytes) -> Fit:
    """The first line tells."""
    return Fit.SURE if _HEAD.match(encoding.head_text(head)) else Fit.NO


def holds(folder: Path) -> bool:
    """Tables with their texts."""
    for table in sorted(folder.glob("*.tsv"))[:1]:
        with table.open("rb") as file:
            return fit(file.read(100)) is Fit.SURE and table.with_suffix(".txt").is_file()
    return False


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles of a folder, or the one of a file."""
    for table in members(path, ".tsv"):
        yield _read(table, notes)


def _read(path: Path, notes: list[Message]) -> Record:
    table = _Table(path)
    for number, line in enumerate(text_of(path, notes).split("\n"), 1):
        table.add(line.removesuffix("\r"), Place(path, number))
    text = text_beside(path, notes) if path.with_suffix(".txt").is_file() else None
    record = table.record(text)
    tell_other_entities(notes, path, chains.join(record, table.chains(record["text"])))
    tell_unplaced(notes, path, table.passed)
    return check_record(record, Place(path, 1))


class _Table:
    """The table of an article as its lines come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._layers: list[_Layer] = []
        self._columns = 3
        self._spans: dict[_Key, _Span] = {}
        self._relations: list[_Relation] = []
        self._chains: dict[_Chain, dict[int, _Span]] = {}
        self._sentence: list[str] = []
        self._begins = True
        self._pieces: list[str] = []
        self._units = 0
        self._tokens: list[tuple[int, int, str, Place]] = []
        self._at: dict[str, list[_Key]] = {}
        self._filled: set[_Key] = set()
        self._slots: list[tuple[str, _Key, tuple[str, str]]] = []
        self.passed = 0

    def add(self, line: str, place: Place) -> None:
        layer = _LAYER.match(line)
        if layer:
            name, *features = layer[2].split("|")
            self._layers.append(_Layer(layer[1], name, features, self._columns))
            self._columns += len(features)
        elif line.startswith("#Text="):
            if self._begins:
                self._sentence = []
                self._begins = False
            self._sentence.append(_plain(line.removeprefix("#Text=")))
        elif not line:
            self._begins = True
        elif not line.startswith("#"):
            self._row(line.split("\t"), place)

    def record(self, text: str | None) -> Json:
        """The article; `text` is what stands in the file beside it."""
        rebuilt = "".join(self._pieces)
        text = text if text is not None else rebuilt
        units = Utf16(text)
        for begin, end, form, place in self._tokens:
            start, stop = units.code_points(begin), units.code_points(end)
            if start is None or stop is None or text[start:stop] != form:
                raise place.wrong("read.other_token", form=form[:40])
        spans: dict[_Key, Json] = {}
        for key, one in self._spans.items():
            spans[key] = self._span(key, one, units)
        relations = [
            {"type": kind, "from": spans[governor]["id"], "to": spans[dependent]["id"]}
            for kind, governor, dependent in self._ends()
        ]
        return {
            "id": unquoted(self._path.stem),
            "text": text,
            "spans": list(spans.values()),
            "relations": relations,
        }

    def chains(self, text: str) -> Iterator[list[chains.Link]]:
        """The links of each chain in their order; `text` is that of the record."""
        units = Utf16(text)
        for links in self._chains.values():
            yield [
                chains.Link(_whole(units, one.begin), _whole(units, one.end), one.features.get("kind"))
                for _, one in sorted(links.items())
            ]

    def _row(self, cells: list[str], place: Place) -> None:
        found = _RANGE.fullmatch(cells[1]) if len(cells) >= 3 and _ADDRESS.fullmatch(cells[0]) else None
        if found is None or len(cells) < self._columns:
            raise place.wrong("read.not_a_token", count=len(cells), columns=self._columns)
        begin, end = int(found[1]), int(found[2])
        self._put_sentence(begin, place)
        self._tokens.append((begin, end, _plain(cells[2]), place))
        for number, layer in enumerate(self._layers):
            if is_aside(layer.name):
                continue
            values = cells[layer.first : layer.first + len(layer.features)]
            if layer.kind == "SP":
                self._mark(number, layer, values, cells[0], (begin, end))
            elif layer.kind == "RL":
                self._relate(layer, values, cells[0])
            elif values:
                self._link(number, values, (begin, end), place)

    def _put_sentence(self, begin: int, place: Place) -> None:
        """The sentence at its first token; between two of them there is white space of some kind."""
        if not self._sentence:
            return
        gap = begin - self._units
        if gap < 0 or gap > MAX_TEXT:
            raise place.wrong("read.other_token", form="#Text")
        said = "\n".join(self._sentence)
        between = "\n" * min(gap, 1) + " " * max(gap - 1, 0)
        self._pieces += (between if self._units else " " * gap, said)
        self._units = begin + len(said) + sum(char > "\uffff" for char in said)
        self._sentence = []

    def _mark(
        self, layer: int, about: _Layer, cells: list[str], address: str, place: tuple[int, int]
    ) -> None:
        slot = ""
        for feature, cell in zip(about.features or [""], cells or ["_"], strict=False):
            roles, slot = slot, ""
            if cell == "_":
                continue
            if feature.startswith(_SLOT):
                slot = cell
                continue
            if roles:
                self._fill(layer, roles, cell, address, place)
                continue
            for match in _values(cell):
                key = layer, match[2] or f"@{address}"
                span = self._spans.setdefault(key, _Span(*place))
                span.end = max(span.end, place[1])
                self._at.setdefault(address, []).append(key)
                if match[1] not in ("*", ""):
                    span.features.setdefault(feature, _plain(match[1]))

    def _fill(self, layer: int, roles: str, targets: str, address: str, place: tuple[int, int]) -> None:
        """The slots of the spans at a token, told at the first of its tokens: relations that are called by their role."""
        for role, target in zip(roles.split("|"), targets.split("|"), strict=False):
            number = re.search(r"\[(\d+)\]\Z", role)
            key = layer, number[1] if number else f"@{address}"
            span = self._spans.setdefault(key, _Span(*place))
            span.end = max(span.end, place[1])
            self._at.setdefault(address, []).append(key)
            if key in self._filled:
                continue
            self._filled.add(key)
            plain = role[: number.start()] if number else role
            names = [] if plain in ("*", "") else plain.split(";")
            ends = _ADDRESSES.findall(target)
            self.passed += abs(len(names) - len(ends))
            self._slots += [(_plain(name), key, end) for name, end in zip(names, ends, strict=False)]

    def _relate(self, layer: _Layer, cells: list[str], address: str) -> None:
        """Label and governor, for each relation that ends at this token."""
        if not cells or cells[-1] == "_":
            return
        governors = _values(cells[-1])
        kinds = _values(cells[0]) if len(cells) > 1 else []
        for number, governor in enumerate(governors):
            kind = _plain(kinds[number][1]) if number < len(kinds) and kinds[number][1] != "*" else ""
            ends = (governor[1], governor[2] or "0"), (address, governor[3] or "0")
            self._relations.append(_Relation(kind or layer.name.rpartition(".")[2], *ends))

    def _link(self, layer: int, cells: list[str], address: tuple[int, int], place: Place) -> None:
        """What the links at this token are, and which of which chains: `pr[2]` and `coref->2-1`."""
        if cells[-1] == "_":
            return
        for kind, match in zip(_values(cells[0]), _values(cells[-1]), strict=False):
            link = _LINK.fullmatch(match[1])
            if link is None:
                raise place.wrong("read.not_a_link", value=cells[-1][:40])
            span = self._chains.setdefault((layer, link[1]), {}).setdefault(int(link[2]), _Span(*address))
            span.end = max(span.end, address[1])
            if kind[1] not in ("*", ""):
                span.features["kind"] = _plain(kind[1])

    def _ends(self) -> Iterator[tuple[str, _Key, _Key]]:
        for relation in self._relations:
            one, other = self._find(*relation.governor), self._find(*relation.dependent)
            if one is None or other is None or one == other:
                raise UserError("read.no_such_relation", path=self._path, address=relation.dependent[0])
            yield relation.kind, one, other
        for kind, holder, (address, number) in self._slots:
            target = self._find(address, number or "0")
            if target is None or target == holder:
                self.passed += 1
            else:
                yield kind, holder, target

    def _find(self, address: str, number: str) -> _Key | None:
        for key in self._at.get(address, ()):
            if number == "0" or key[1] == number:
                return key
        return None

    def _span(self, key: _Key, one: _Span, units: Utf16) -> Json:
        layer = self._layers[key[0]]
        span: Json = {
            "id": f"w{key[0]}.{key[1]}",
            "start": _whole(units, one.begin),
            "end": _whole(units, one.end),
            "label": label_of(one.features, layer.name),
        }
        if "identifier" in one.features:
            span["entity"] = one.features["identifier"]
        return span | attributes_of(one.features, _IDENTIFIER)


def _whole(units: Utf16, place: int) -> int:
    """In code points; every place of a span is that of a token, which was compared with the text."""
    found = units.code_points(place)
    assert found is not None
    return found


def _values(cell: str) -> list[re.Match[str]]:
    """The values of a cell, which stack with bars."""
    found, at = [], 0
    while at <= len(cell):
        match = _VALUE.match(cell, at)
        assert match is not None  # it matches the empty string
        found.append(match)
        at = match.end() + 1
    return found


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: _SIGNS.get(match[1], match[1]), value)


FORMAT = Format(
    name="webanno-tsv",
    title="WebAnno TSV 3.3 (INCEpTION)",
    suffixes=(),
    fit=fit,
    read=read,
    write=write,
    folder=True,
    holds=holds,
    carries=CARRIES,
)
