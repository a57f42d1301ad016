"""spaCy's binary training data: a folder of train, dev and test, with a config that `spacy train` runs.

All spans are in `doc.spans`: accepted ones under "sc", undecided ones under "suggested", rejected
ones under "incorrect_spans", which spaCy's entity recogniser learns from as wrong. `doc.ents`
has the accepted ones that do not overlap, names first. Entities are in `kb_id`. What spaCy has
no place for is in `doc.user_data["annotator"]`, as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import orjson

from annotator.domain.changes import Message
from annotator.domain.models import ACCEPTED, KIND_CLAIM, REJECTED, SUGGESTED
from annotator.domain.record import Record
from annotator.domain.splitting import DEV, PARTS, TRAIN
from annotator.domain.text import shortened
from annotator.errors import UserError
from annotator.formats.about import About
from annotator.formats.checking import Place, check_record
from annotator.formats.docbin_file import Mention, PlainDoc, Writer, docs
from annotator.formats.format import Fit, Format
from annotator.formats.tokens import tokens_of

Json = dict[str, Any]

SUFFIX: Final = ".spacy"
_GROUPS: Final = {ACCEPTED: "sc", SUGGESTED: "suggested", REJECTED: "incorrect_spans"}
_STATES: Final = {group: state for state, group in _GROUPS.items()}
_OURS: Final = "annotator"
_NATIVE: Final = frozenset({"id", "start", "end", "label", "text", "state", "entity"})
_SHARD: Final = 1000
_LONGEST_SPAN: Final = 12
"""Tokens of the longest spans that the span categorizer of the config looks at: its memory grows with them."""


def fit(head: bytes) -> Fit:
    """Compressed by zlib, and nothing else that is read is."""
    return Fit.LIKELY if head[:2] in (b"\x78\x9c", b"\x78\xda", b"\x78\x01") else Fit.NO


def holds(folder: Path) -> bool:
    """A folder of shards, itself or by its parts."""
    return any(_shards(folder))


def write(records: Iterable[Record], path: Path, about: About) -> None:
    """Write shards of each part, and the config."""
    path.mkdir()
    met = _Met(frozenset(label.name for label in about.labels if label.kind == KIND_CLAIM))
    parts = {part: _Shards(path / part, met) for part in PARTS}
    for record in records:
        parts[about.part(record.get("id", ""))].add(record)
    for shards in parts.values():
        shards.close()
    if met.lengths:
        dev = DEV if parts[DEV].count else TRAIN
        _write_config(path / "config.cfg", met, dev)


def read(path: Path, _notes: list[Message]) -> Iterator[Record]:
    """The Docs of a file, or of all shards of a folder, as records."""
    for shard in list(_shards(path)) if path.is_dir() else [path]:
        for number, doc in enumerate(_docs(shard), 1):
            place = Place(shard, 1, number)
            yield check_record(_record(doc, shard, number, place), place)


class _Met:
    """What the training config depends on."""

    def __init__(self, claims: frozenset[str]) -> None:
        self.claims = claims
        self.lengths: set[int] = set()
        """Tokens of accepted spans."""
        self.has_ents = self.has_overlap = self.has_wrong = False


class _Shards:
    """The files of one part, a thousand articles each."""

    def __init__(self, folder: Path, met: _Met) -> None:
        self._folder = folder
        self._met = met
        self._docs: Writer | None = None
        self.count = 0

    def add(self, record: Record) -> None:
        """A Doc whose text is that of the record, tokens cut at the edges of its spans."""
        text, spans = record["text"], cast("list[Json]", record.get("spans", []))
        tokens = tokens_of(text, spans)
        groups: dict[str, list[Mention]] = {}
        for span, (first, behind) in zip(spans, tokens.of(spans), strict=True):
            mention = Mention(
                first,
                behind,
                span["start"],
                span["end"],
                span["label"],
                span.get("entity", ""),
                span.get("id", ""),
            )
            groups.setdefault(_GROUPS[span.get("state", SUGGESTED)], []).append(mention)
        accepted = groups.get(_GROUPS[ACCEPTED], [])
        ents = _without_overlap(accepted, text, len(tokens.starts), self._met.claims)
        self._met.lengths |= {one.behind - one.first for one in accepted}
        self._met.has_ents |= bool(ents)
        self._met.has_overlap |= len(ents) < len(accepted)
        self._met.has_wrong |= _GROUPS[REJECTED] in groups
        self._docs = self._docs or Writer()
        self._docs.add(text, tokens, groups, ents, {_OURS: _rest(record, spans)})
        self.count += 1
        if self.count % _SHARD == 0:
            self.close()

    def close(self) -> None:
        """Write what waits."""
        if self._docs is not None:
            self._folder.mkdir(exist_ok=True)
            name = f"{(self.count - 1) // _SHARD:04d}{SUFFIX}"
            (self._folder / name).write_bytes(self._docs.packed())
            self._docs = None


def _without_overlap(
    accepted: list[Mention], text: str, tokens: int, claims: frozenset[str]
) -> list[Mention]:
    """Which accepted spans are entities: names before claims, the longer ones first.

    spaCy learns no entity with white space at its edge.
    """
    taken = bytearray(tokens)
    chosen = []
    for one in sorted(accepted, key=lambda one: (one.label in claims, one.first - one.behind)):
        edges = text[one.start] + text[one.end - 1]
        if taken.find(1, one.first, one.behind) < 0 and edges.strip() == edges:
            taken[one.first : one.behind] = b"\1" * (one.behind - one.first)
            chosen.append(one)
    return chosen


def _rest(record: Record, spans: list[Json]) -> str:
    """What of the record has no place in a Doc, as JSON."""
    rest: Json = {name: value for name, value in record.items() if name not in ("text", "spans")}
    more = {}
    for span in spans:
        fields = {name: value for name, value in span.items() if name not in _NATIVE}
        if fields:
            more[_key(span)] = fields
    return orjson.dumps(rest | {"spans": more}).decode()


def _key(span: Mapping[str, Any]) -> str:
    """By which the rest of a span is found again; spans may have come or gone in between."""
    return span.get("id") or f"{span['start']}-{span['end']}-{span['label']}"


def _record(doc: PlainDoc, path: Path, number: int, place: Place) -> Json:
    """The record of a Doc."""
    stored = doc.user_data.get(_OURS)
    is_ours = isinstance(stored, str)
    try:
        rest = orjson.loads(stored) if isinstance(stored, str) else {}
        more = rest.pop("spans", {})
    except (orjson.JSONDecodeError, AttributeError) as error:
        raise place.wrong("read.bad_docbin", why=f"user_data: {error}") from error
    spans: dict[tuple[int, int, str], Json] = {}
    for name, group in doc.groups.items():
        for one in group:
            state = (
                _STATES.get(name) if is_ours or name != _GROUPS[ACCEPTED] else None
            )  # others predict into it
            spans.setdefault((one.start, one.end, one.label), _span(one, state))
    for one in doc.ents:
        if (key := (one.start, one.end, one.label)) not in spans:
            spans[key] = _span(one, None)
    names = Counter(span.get("id") for span in spans.values())
    for span in spans.values():
        span.update(more.get(_key(span), {}))
        if names[span.get("id")] > 1:
            span.pop("id", None)  # others put the name of a pattern there
    return {"id": f"{path.stem}-{number}"} | rest | {"text": doc.text, "spans": list(spans.values())}


def _span(mention: Mention, state: str | None) -> Json:
    found: Json = {"start": mention.start, "end": mention.end, "label": mention.label}
    for name, value in (("id", mention.id), ("entity", mention.entity), ("state", state)):
        if value:
            found[name] = value
    return found


def _shards(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob(f"*{SUFFIX}"))
    for part in PARTS:
        yield from sorted((folder / part).glob(f"*{SUFFIX}"))


def _docs(path: Path) -> Iterator[PlainDoc]:
    """The Docs of a file. UserError for what is no DocBin, whatever the libraries below make of it."""
    data = path.read_bytes()
    try:
        yield from docs(data)
    except Exception as error:  # zlib, msgpack, numpy: each has its own errors
        raise UserError(
            "read.bad_docbin", path=path, line=1, why=shortened(str(error), 80) or type(error).__name__
        ) from error


def _write_config(path: Path, met: _Met, dev: str) -> None:
    """What `spacy train config.cfg` runs as it is, in the folder of the config."""
    pipeline = ["ner"] * met.has_ents + ["spancat"] * (met.has_overlap or not met.has_ents)
    config = _config(*pipeline).copy()
    config["paths"] |= {"train": TRAIN, "dev": dev}
    if "ner" in pipeline and met.has_wrong:
        config["components"]["ner"]["incorrect_spans_key"] = _GROUPS[REJECTED]
    if "spancat" in pipeline:
        sizes = sorted(size for size in met.lengths if size <= _LONGEST_SPAN) or [1]
        config["components"]["spancat"]["suggester"] = {"@misc": "spacy.ngram_suggester.v1", "sizes": sizes}
    config.to_disk(path)


@cache
def _config(*pipeline: str) -> Any:
    """spaCy's own for these components: a quarter of a second each time."""
    from importlib import import_module

    make = import_module("spacy.cli.init_config").init_config
    return make(lang="en", pipeline=[*pipeline], optimize="efficiency", gpu=False)


FORMAT = Format(
    name="spacy",
    title="spaCy DocBin, with a config to train",
    suffixes=(SUFFIX,),
    fit=fit,
    holds=holds,
    read=read,
    write=write,
    folder=True,
    parts=True,
    apart=True,
)
