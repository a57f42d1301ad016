"""spaCy's binary training data: a folder of train, dev and test, with a config that `spacy train` runs.

All spans are in `doc.spans`: accepted ones under "sc", undecided ones under "suggested", rejected
ones under "incorrect_spans", which spaCy's entity recogniser learns from as wrong. `doc.ents`
has the accepted ones that do not overlap, names first. Entities are in `kb_id`. What spaCy has
no place for is in `doc.user_data["annotator"]`, as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import orjson

from annotator.domain.changes import Message
from annotator.domain.models import ACCEPTED, KIND_CLAIM, REJECTED, SUGGESTED
from annotator.domain.record import Record
from annotator.domain.splitting import DEV, PARTS, TRAIN
from annotator.domain.text import shortened
from annotator.errors import UserError
from annotator.formats.about import About
from annotator.formats.checking import Place, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.tokens import cut, places, tokenized

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin, Span

Json = dict[str, Any]

SUFFIX: Final = ".spacy"
_GROUPS: Final = {ACCEPTED: "sc", SUGGESTED: "suggested", REJECTED: "incorrect_spans"}
_STATES: Final = {group: state for state, group in _GROUPS.items()}
_OURS: Final = "annotator"
_NATIVE: Final = frozenset({"id", "start", "end", "label", "text", "state", "entity"})
_ATTRS: Final = ["ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"]
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
    claims = frozenset(label.name for label in about.labels if label.kind == KIND_CLAIM)
    maker = _Docs(claims)
    with _plain_msgpack(), ThreadPoolExecutor(1) as disk:
        parts = {part: _Shards(path / part, disk) for part in PARTS}
        for record in records:
            parts[about.part(record.get("id", ""))].add(
                maker.doc(record), cast("list[Json]", record.get("spans", []))
            )
        for shards in parts.values():
            shards.close()
    if maker.has_spans:
        dev = DEV if parts[DEV].count else TRAIN
        _write_config(path / "config.cfg", maker, dev)


def read(path: Path, _notes: list[Message]) -> Iterator[Record]:
    """The Docs of a file, or of all shards of a folder, as records."""
    with _plain_msgpack():
        for shard in list(_shards(path)) if path.is_dir() else [path]:
            for number, doc in enumerate(_docs(shard), 1):
                place = Place(shard, 1, number)
                yield check_record(_record(doc, shard, number, place), place)


class _Docs:
    """Records as Docs; remembers what the training config depends on."""

    def __init__(self, claims: frozenset[str]) -> None:
        self._claims = claims
        self.lengths: set[int] = set()
        self.has_ents = self.has_overlap = self.has_wrong = False

    @property
    def has_spans(self) -> bool:
        return bool(self.lengths)

    def doc(self, record: Record) -> Doc:
        """A Doc whose text is that of the record, tokens cut at the edges of its spans."""
        from spacy.tokens import Doc, Span

        text, spans = record["text"], cast("list[Json]", record.get("spans", []))
        doc = tokenized(text)
        own = places(doc)
        tokens = cut(own, spans)
        if tokens is not own:
            words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
            doc = Doc(doc.vocab, words=words, spaces=list(map(bool, tokens.spaces)))
        found: dict[str, list[Span]] = {}
        chosen = self._without_overlap(spans, text, at := tokens.of(spans), len(tokens.starts))
        ents = []
        for number, (span, (first, behind)) in enumerate(zip(spans, at, strict=True)):
            made = Span(
                doc, first, behind, span["label"], kb_id=span.get("entity", ""), span_id=span.get("id", "")
            )
            found.setdefault(span.get("state", SUGGESTED), []).append(made)
            if number in chosen:
                ents.append(made)
            if span.get("state") == ACCEPTED:
                self.lengths.add(behind - first)
        for state, group in found.items():
            doc.spans[_GROUPS[state]] = group
        doc.set_ents(ents, default="outside")
        self.has_ents |= bool(ents)
        self.has_overlap |= len(ents) < len(found.get(ACCEPTED, ()))
        self.has_wrong |= REJECTED in found
        doc.user_data[_OURS] = _rest(record, spans)
        return doc

    def _without_overlap(
        self, spans: list[Json], text: str, at: list[tuple[int, int]], tokens: int
    ) -> set[int]:
        """Which accepted spans are entities: names before claims, the longer ones first.

        spaCy learns no entity with white space at its edge.
        """
        taken = bytearray(tokens)
        chosen = set()
        accepted = (number for number, span in enumerate(spans) if span.get("state") == ACCEPTED)
        for number in sorted(
            accepted, key=lambda one: (spans[one]["label"] in self._claims, at[one][0] - at[one][1])
        ):
            (first, behind), span = at[number], spans[number]
            edges = text[span["start"]] + text[span["end"] - 1]
            if taken.find(1, first, behind) < 0 and edges.strip() == edges:
                taken[first:behind] = b"\1" * (behind - first)
                chosen.add(number)
        return chosen


class _Shards:
    """The files of one part, a thousand articles each; one is compressed while the next is made."""

    def __init__(self, folder: Path, disk: Executor) -> None:
        self._folder = folder
        self._disk = disk
        self._writing: Future[None] | None = None
        self._docs: DocBin | None = None
        self._seen: set[int] = set()
        self.count = 0

    def add(self, doc: Doc, spans: list[Json]) -> None:
        if self._docs is None:
            self._docs, self._seen = _new_bin(), set()
        _add(self._docs, doc, spans, self._seen)
        self.count += 1
        if self.count % _SHARD == 0:
            self._flush()

    def close(self) -> None:
        """Write what waits."""
        self._flush()
        if self._writing is not None:
            self._writing.result()

    def _flush(self) -> None:
        if self._docs is None:
            return
        self._folder.mkdir(exist_ok=True)
        if self._writing is not None:
            self._writing.result()  # no more than one waits, and an error of it ends the export
        name = f"{(self.count - 1) // _SHARD:04d}{SUFFIX}"
        self._writing = self._disk.submit(self._docs.to_disk, self._folder / name)
        self._docs = None


def _new_bin() -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=_ATTRS, store_user_data=True)


def _add(docs: DocBin, doc: Doc, spans: list[Json], seen: set[int]) -> None:
    """What DocBin.add does, but it looks at each word and not at each token: in a third of the time."""
    import srsly

    array = doc.to_array([*_ATTRS])
    docs.tokens.append(array)
    docs.spaces.append(doc.to_array("SPACY").reshape(-1, 1).astype(bool))
    docs.flags.append({"has_unknown_spaces": False})
    docs.cats.append({})
    docs.user_data.append(srsly.msgpack_dumps(doc.user_data))
    docs.span_groups.append(doc.spans.to_bytes())
    new = set(np.unique(doc.to_array(["ORTH"])).tolist()) - seen
    seen |= new
    docs.strings.update(map(doc.vocab.strings.__getitem__, new))
    for name in ("label", "entity", "id"):
        docs.strings.update({span[name] for span in spans if name in span})


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


def _record(doc: Doc, path: Path, number: int, place: Place) -> Json:
    """The record of a Doc."""
    stored = doc.user_data.get(_OURS)
    try:
        rest = orjson.loads(stored) if isinstance(stored, str) else {}
        more = rest.pop("spans", {})
    except (orjson.JSONDecodeError, AttributeError) as error:
        raise place.wrong("read.bad_docbin", why=f"user_data: {error}") from error
    spans: dict[tuple[int, int, str], Json] = {}
    for name, group in doc.spans.items():
        for span in group:
            spans.setdefault((span.start_char, span.end_char, span.label_), _span(span, _STATES.get(name)))
    for span in doc.ents:
        if (key := (span.start_char, span.end_char, span.label_)) not in spans:
            spans[key] = _span(span, None)
    names = Counter(span.get("id") for span in spans.values())
    for span in spans.values():
        span.update(more.get(_key(span), {}))
        if names[span.get("id")] > 1:
            span.pop("id", None)  # others put the name of a pattern there
    return {"id": f"{path.stem}-{number}"} | rest | {"text": doc.text, "spans": list(spans.values())}


def _span(span: Span, state: str | None) -> Json:
    found: Json = {"start": span.start_char, "end": span.end_char, "label": span.label_}
    for name, value in (("id", span.id_), ("entity", span.kb_id_), ("state", state)):
        if value:
            found[name] = value
    return found


def _shards(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob(f"*{SUFFIX}"))
    for part in PARTS:
        yield from sorted((folder / part).glob(f"*{SUFFIX}"))


def _docs(path: Path) -> Iterator[Doc]:
    """The Docs of a file. UserError for what is no DocBin, whatever the libraries below make of it."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    data = path.read_bytes()
    try:
        docs = DocBin().from_bytes(data)
        docs.spaces = [spaces[:, 0].tolist() for spaces in docs.spaces]  # read three times as fast as arrays
        yield from docs.get_docs(Vocab())
    except Exception as error:  # zlib, msgpack, numpy: each has its own errors
        raise UserError(
            "read.bad_docbin", path=path, line=1, why=shortened(str(error), 80) or type(error).__name__
        ) from error


@contextmanager
def _plain_msgpack() -> Iterator[None]:
    """Without this srsly looks through all that spaCy ever registered at each of its calls: a fifth of the time."""
    from srsly import _msgpack_api as api

    known = (api.msgpack_encoders, api.msgpack_decoders)
    for registry in known:
        registry.get_all = registry.get_all().copy
    try:
        yield
    finally:
        for registry in known:
            vars(registry).pop("get_all", None)  # it may be inside another


def _write_config(path: Path, maker: _Docs, dev: str) -> None:
    """What `spacy train config.cfg` runs as it is, in the folder of the config."""
    pipeline = ["ner"] * maker.has_ents + ["spancat"] * (maker.has_overlap or not maker.has_ents)
    config = _config(*pipeline).copy()
    config["paths"] |= {"train": TRAIN, "dev": dev}
    if "ner" in pipeline and maker.has_wrong:
        config["components"]["ner"]["incorrect_spans_key"] = _GROUPS[REJECTED]
    if "spancat" in pipeline:
        sizes = sorted(size for size in maker.lengths if size <= _LONGEST_SPAN) or [1]
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
