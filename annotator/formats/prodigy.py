"""Prodigy's JSON lines: one task for each article and answer.

Accepted spans are in a task with the answer "accept", rejected ones in one with "reject",
undecided ones in one without an answer, as Prodigy takes it for annotation. Tokens are spaCy's,
parted at the edges of spans; `token_end` is the last token, not the one behind it. What Prodigy
has no field for is under "annotator", which it passes through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.changes import Message
from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.domain.record import Record
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, aside, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.json_items import first_object, items, objects_of
from annotator.formats.json_out import with_values, without, write_lines
from annotator.formats.telling import tell_others, tell_passed_over
from annotator.formats.tokens import Tokens, tokens_of

Json = dict[str, Any]

_OURS: Final = "annotator"
_META: Final = ("id", "title", "date", "source")
_ANSWERS: Final = {ACCEPTED: "accept", REJECTED: "reject", SUGGESTED: None}
_STATES: Final = {"accept": ACCEPTED, "reject": REJECTED}
_NATIVE: Final = frozenset({"id", "start", "end", "label", "text", "state", "entity"})
_MARK: Final = re.compile(r'(?<!\\)"(?:_task_hash|_input_hash|token_start)"\s*:')


def fit(head: bytes) -> Fit:
    """Tokens with numbers, Prodigy's hashes, or an answer where our own form has an id."""
    task = first_object(head)
    if task is None:
        return Fit.SURE if _MARK.search(encoding.head_text(head)) else Fit.NO
    tokens = objects_of(task.get("tokens")) or [{}]
    hashes = type(task.get("_input_hash")) is int and type(task.get("_task_hash")) is int
    answered = task.get("answer") in ("accept", "reject", "ignore") and "id" not in task
    return Fit.SURE if {"start", "end", "id"} <= tokens[0].keys() or hashes or answered else Fit.NO


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """One to three tasks for each record."""
    write_lines((task for record in records for task in _tasks(cast("Json", record))), path)


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """Tasks of one text that follow each other are one article."""
    passed = others = 0
    last = None
    for place, task, _ in items(path, notes):
        if not isinstance(task.get("text"), str):
            passed += 1
            continue
        if task.get("answer") == "ignore":
            others += 1
            continue
        others += "spans" not in task and ("label" in task or "accept" in task)  # of the whole article
        if last is not None and last.takes(task):
            last.add(task, place)
            continue
        if last is not None:
            yield last.record()
        last = _Article(task, place)
    if last is not None:
        yield last.record()
    tell_passed_over(notes, path, passed)
    tell_others(notes, path, others)


def _tasks(record: Json) -> Iterator[Json]:
    text, spans = record["text"], record.get("spans", [])
    tokens = tokens_of(text, spans)
    cut = _token_list(text, tokens)
    states = {span.get("state", SUGGESTED) for span in spans} or {ACCEPTED}
    ours = without(record, {*_META, "text", "spans", "relations"})
    relations = _relations(record, tokens)
    for state, answer in _ANSWERS.items():
        if state not in states:
            continue
        task = {
            "text": text,
            "meta": {name: record[name] for name in _META if name in record},
            "tokens": cut,
            "spans": [_span(span, tokens) for span in spans if span.get("state", SUGGESTED) == state],
        }
        if relations and state == min(states, key=list(_ANSWERS).index):
            task["relations"] = relations
        task["_view_id"] = "relations" if "relations" in task else "spans_manual"
        if answer is not None:
            task["answer"] = answer
        if ours:
            task[_OURS] = ours
        yield task


def _token_list(text: str, tokens: Tokens) -> list[Json]:
    rows = zip(tokens.starts.tolist(), tokens.ends.tolist(), tokens.spaces.tolist(), strict=True)
    return [
        {"text": text[start:end], "start": start, "end": end, "id": number, "ws": space}
        for number, (start, end, space) in enumerate(rows)
    ]


def _span(span: Json, tokens: Tokens) -> Json:
    [(first, behind)] = tokens.of([span])
    made = {"start": span["start"], "end": span["end"], "token_start": first, "token_end": behind - 1}
    made["label"] = span["label"]
    more = with_values(id=span.get("id"), kb_id=span.get("entity"))
    ours = without(span, _NATIVE)
    return made | more | ({_OURS: ours} if ours else {})


def _relations(record: Json, tokens: Tokens) -> list[Json]:
    spans = {span.get("id"): span for span in record.get("spans", [])}
    made = []
    for relation in record.get("relations", []):
        head, child = (
            without(_span(spans[relation[end]], tokens), {_OURS, "kb_id"}) for end in ("from", "to")
        )
        ours = without(relation, {"type", "from", "to"})
        made.append(
            {
                "head": head["token_end"],
                "child": child["token_end"],
                "head_span": head,
                "child_span": child,
                "label": relation["type"],
            }
            | ({_OURS: ours} if ours else {})
        )
    return made


class _Article:
    """One text with the spans of all its tasks."""

    def __init__(self, task: Json, place: Place) -> None:
        self._text = task["text"]
        self._place = place
        meta = task.get("meta")
        self._meta: Json = meta if isinstance(meta, dict) else {}
        ours = task.get(_OURS)
        self._record: Json = dict(ours) if isinstance(ours, dict) else {}
        self._spans: list[Json] = []
        self._relations: list[Json] = []
        self.add(task, place)

    def takes(self, task: Json) -> bool:
        """Whether a task is of the same article."""
        meta = task.get("meta")
        return bool(task["text"] == self._text and (meta if isinstance(meta, dict) else {}) == self._meta)

    def add(self, task: Json, place: Place) -> None:
        answer = task.get("answer")
        state = _STATES.get(answer) if isinstance(answer, str) else None
        tokens = task.get("tokens")
        for number, span in enumerate(_list(task, "spans", place)):
            self._spans.append(_read_span(span, state, tokens, task, place, f"spans[{number}]"))
        for number, relation in enumerate(_list(task, "relations", place)):
            self._relations.append(_read_relation(relation, place, f"relations[{number}]"))

    def record(self) -> Record:
        """The article as a record, checked."""
        record: Json = {"id": f"{self._place.path.stem}-{self._place.record or self._place.line}"}
        record |= {name: self._meta[name] for name in _META if self._meta.get(name) is not None}
        more = without(self._meta, _META)
        if more:
            record["meta"] = more
        record |= self._record | {"text": self._text, "spans": self._spans}
        if self._relations:
            record["relations"] = [self._placed(relation) for relation in self._relations]
        return check_record(aside(record), self._place)

    def _placed(self, relation: Json) -> Json:
        """A relation by the ids of spans, which get one where they have none."""
        placed = dict(relation)
        for end in ("from", "to"):
            where = relation[end]
            for number, span in enumerate(self._spans):
                if (span.get("start"), span.get("end"), span.get("label")) == where:
                    placed[end] = span.setdefault("id", f"p{number}")
                    break
            else:
                raise self._place.wrong("read.no_such_span", field=f"relations.{end}", value=where)
        return placed


def _list(task: Json, name: str, place: Place) -> list[Any]:
    found = task.get(name) or []
    if not isinstance(found, list):
        raise place.wrong("read.not_list", field=name)
    for number, inner in enumerate(found):
        if not isinstance(inner, dict):
            raise place.wrong("read.not_object", field=f"{name}[{number}]")
    return found


def _read_span(span: Json, state: str | None, tokens: Any, task: Json, place: Place, where: str) -> Json:
    made: Json = {
        "start": span.get("start"),
        "end": span.get("end"),
        "label": span.get("label", task.get("label")),
    }
    if made["start"] is None and made["end"] is None:
        made |= _by_tokens(span, tokens, place, where)
    start, end, size = made["start"], made["end"], len(task["text"])
    if not (type(start) is int and type(end) is int and 0 <= start < end <= size):
        raise place.wrong("read.offsets", field=where, start=start, end=end, size=size)
    if state is not None:
        made["state"] = state
    for name, value in (("id", span.get("id")), ("entity", span.get("kb_id"))):
        if isinstance(value, (str, int)) and value != "":
            made[name] = str(value)
    ours = span.get(_OURS)
    return made | ours if isinstance(ours, dict) else made


def _by_tokens(span: Json, tokens: Any, place: Place, where: str) -> Json:
    """The place of a span that names tokens alone."""
    try:
        first, last = tokens[span["token_start"]], tokens[span["token_end"]]
        return {"start": first["start"], "end": last["end"]}
    except (LookupError, TypeError) as error:
        raise place.wrong(
            "read.offsets", field=where, start=None, end=None, size=len(tokens or ())
        ) from error


def _read_relation(relation: Mapping[str, Any], place: Place, where: str) -> Json:
    made: Json = {"type": relation.get("label")}
    for name, key in (("from", "head_span"), ("to", "child_span")):
        span = relation.get(key)
        if not isinstance(span, dict):
            raise place.wrong("read.not_object", field=f"{where}.{key}")
        made[name] = (span.get("start"), span.get("end"), span.get("label"))
    ours = relation.get(_OURS)
    return made | ours if isinstance(ours, dict) else made


FORMAT = Format(
    name="prodigy",
    title="Prodigy JSON lines",
    suffixes=(".jsonl",),
    fit=fit,
    read=read,
    write=write,
)
