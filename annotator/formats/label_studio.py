"""Label Studio's tasks, with the labelling config beside them.

What was decided is one annotation a task, what is undecided are predictions, one for each
suggester; rejected suggestions have no place. Offsets count UTF-16, as its editor does; a file
that counts code points is known by the `text` of its spans. The linked entity and the note of a
span are text fields at its region; what Label Studio has no field for is in its `meta`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast
from xml.sax.saxutils import quoteattr

from annotator.domain.changes import Message
from annotator.domain.colors import label_hex
from annotator.domain.models import ACCEPTED, DONE, REJECTED, REVIEWER, SUGGESTED
from annotator.domain.record import DOCUMENT_FIELDS, SPAN_FIELDS, Record
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, aside, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.json_items import first_object, items, objects_of
from annotator.formats.json_out import without, write_array
from annotator.formats.losses import Carries, Losses
from annotator.formats.telling import tell_others, tell_passed_over
from annotator.formats.utf16 import Utf16

Json = dict[str, Any]

_OURS: Final = "annotator"
_ELSEWHERE: Final = re.compile(r"(?:https?://|s3://|gs://|/data/)\S+")
_ANNOTATIONS: Final = ("annotations", "completions")
"""Versions before 1.0 have the other name."""
_REGIONS: Final = ("labels", "hypertextlabels")
_SHORT: Final = frozenset({"annotation_id", "annotator", "lead_time"})
"""What tasks of the short form have."""
_FIELDS: Final = {"entity": "entity", "note": "note"}
"""Text fields of a region by name, and what they are of a span."""
_NATIVE: Final = frozenset({"id", "start", "end", "label", "text", "state", *_FIELDS.values()})
_MARK: Final = re.compile(
    r'(?<!\\)"(?:from_name|to_name|was_cancelled|completed_by|annotations|completions|predictions)"\s*:'
)


def fit(head: bytes) -> Fit:
    """Tasks with data and annotations or predictions, or what is left of them in the short form."""
    task = first_object(head)
    if task is None:
        text = encoding.head_text(head)
        return Fit.SURE if '"data"' in text and _MARK.search(text) else Fit.NO
    lists = (objects_of(task.get(name)) for name in (*_ANNOTATIONS, "predictions"))
    known = type(task.get("data")) is dict and any(one is not None for one in lists)
    return Fit.SURE if known or task.keys() >= _SHORT else Fit.NO


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """One task a record."""
    tasks = (_task(number, cast("Json", record)) for number, record in enumerate(records, 1))
    write_array(tasks, path)


def config(about: About) -> str:
    """The labelling config, which Label Studio asks for before it takes the tasks."""
    labels = (
        f"    <Label value={quoteattr(label.name)} background={quoteattr(label_hex(label.hue))}"
        + (f" hotkey={quoteattr(label.key)}" if label.key else "")
        + "/>"
        for label in about.labels
    )
    relations = (f"    <Relation value={quoteattr(name)}/>" for name in about.relation_types)
    fields = (
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" maxSubmissions="1" '
        f'displayMode="region-list" placeholder="{name}"/>'
        for name in _FIELDS
    )
    lines = [
        "<View>",
        '  <Labels name="label" toName="text">',
        *labels,
        "  </Labels>",
        '  <Text name="text" value="$text" granularity="symbol"/>',
        *fields,
        *(["  <Relations>", *relations, "  </Relations>"] if about.relation_types else []),
        "</View>",
        "",
    ]
    return "\n".join(lines)


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """Tasks as any version of Label Studio exports them, also in the short form (JSON-MIN)."""
    passed = others = 0
    for place, item, _ in items(path, notes):
        task = _whole(item) if item.keys() >= _SHORT else item
        data = task.get("data")
        name = _text_field(data) if isinstance(data, dict) else None
        if not isinstance(data, dict) or name is None:
            passed += 1
            continue
        if _ELSEWHERE.fullmatch(data[name]):
            raise place.wrong("read.text_elsewhere", value=data[name][:80])
        reader = _Task(task, without(data, {name}), data[name], place)
        yield check_record(aside(reader.record()), place)
        others += reader.others
    tell_passed_over(notes, path, passed)
    tell_others(notes, path, others)


def _text_field(data: Json) -> str | None:
    """Which field the config shows as the text, which the file does not say: `text`, else the longest."""
    texts = [name for name, value in data.items() if isinstance(value, str)]
    return "text" if "text" in texts else max(texts, key=lambda name: len(data[name]), default=None)


def _whole(item: Json) -> Json:
    """A task of the short form, in which each control is a field with the values of its results, as a whole one."""
    values = {
        name: found
        for name, value in item.items()
        if (found := objects_of(value)) and all("start" in one for one in found)
    }
    result = [{"type": "labels", "value": value} for found in values.values() for value in found]
    annotation = {"result": result, "completed_by": item["annotator"], "updated_at": item.get("updated_at")}
    data = without(item, {*values, *_SHORT, "id", "created_at", "updated_at"})
    return {"id": item.get("id"), "data": data, "annotations": [annotation]}


def _task(number: int, record: Json) -> Json:
    utf16 = Utf16(record["text"])
    decided: list[Json] = []
    undecided: dict[str, list[Json]] = {}
    for at, span in enumerate(record["spans"]):
        results = _results(span, f"{number}-{at}", utf16)
        if span.get("state", SUGGESTED) == ACCEPTED:
            decided += results
        else:
            undecided.setdefault(span.get("origin", "unknown"), []).extend(results)
    keys = {span.get("id"): f"{number}-{at}" for at, span in enumerate(record["spans"])}
    decided += [_relation(relation, keys) for relation in record.get("relations", ())]
    annotation = {
        "id": number,
        "was_cancelled": False,
        "ground_truth": record.get("status") == DONE,
        "result": decided,
    }
    return {
        "id": number,
        "data": without(record, {"spans", "relations"}),
        "annotations": [annotation] if decided or not undecided else [],
        "predictions": [
            {"model_version": suggester, "result": results} for suggester, results in undecided.items()
        ],
    }


def _results(span: Json, key: str, utf16: Utf16) -> list[Json]:
    """The region of a span, and a text field each for its entity and its note."""
    value: Json = {
        "start": utf16.at(span["start"]),
        "end": utf16.at(span["end"]),
        "text": utf16.text[span["start"] : span["end"]],
    }
    by_hand = span.get("origin", REVIEWER) == REVIEWER
    region: Json = {
        "id": key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual" if by_hand else "prediction-changed" if "suggested" in span else "prediction",
        "value": value | {"labels": [span["label"]]},
    }
    ours = without(span, _NATIVE) | ({"id": span["id"]} if "id" in span else {})
    if "score" in span:
        region["score"] = span["score"]
    if ours:
        region["meta"] = {_OURS: ours}
    texts = [
        {
            "id": key,
            "from_name": name,
            "to_name": "text",
            "type": "textarea",
            "origin": "manual",
            "value": value | {"text": [span[field]]},
        }
        for name, field in _FIELDS.items()
        if span.get(field) is not None
    ]
    return [region, *texts]


def _relation(relation: Json, keys: Mapping[Any, str]) -> Json:
    ours = without(relation, {"type", "from", "to"})
    made: Json = {
        "type": "relation",
        "from_id": keys[relation["from"]],
        "to_id": keys[relation["to"]],
        "direction": "right",
        "labels": [relation["type"]],
    }
    return made | ({"meta": {_OURS: ours}} if ours else {})


class _Task:
    """One task of a file as a record."""

    def __init__(self, task: Json, data: Json, text: str, place: Place) -> None:
        self._task, self._data, self._place = task, data, place
        self._text, self._utf16 = text, Utf16(text)
        self._spans: dict[tuple[Any, ...], Json] = {}
        self._of_region: dict[str, Json] = {}
        self._relations: list[Json] = []
        self._folded: Utf16 | None = None
        self._breaks: list[int] = []
        self.others = 0

    def record(self) -> Json:
        """Decided results first: of a place that is decided and predicted, the decision stands."""
        for name in _ANNOTATIONS:
            for number, annotation in enumerate(self._list(self._task, name)):
                if annotation.get("was_cancelled"):
                    self.others += 1
                    continue
                self._add(annotation, ACCEPTED, _decided(annotation), f"{name}[{number}]")
        for number, prediction in enumerate(self._list(self._task, "predictions")):
            version = prediction.get("model_version")
            origin = {"origin": str(version)} if version and version != "unknown" else {}
            self._add(prediction, SUGGESTED, origin, f"predictions[{number}]")
        record = {name: value for name, value in self._data.items() if name in DOCUMENT_FIELDS}
        more = without(self._data, DOCUMENT_FIELDS)
        record.setdefault("id", str(self._task.get("id", f"{self._place.path.stem}-{self._place.record}")))
        record |= more | {"text": self._text, "spans": list(self._spans.values())}
        if self._relations:
            record["relations"] = self._relations
        return record

    def _add(self, group: Json, state: str, more: Json, where: str) -> None:
        self._of_region = {}
        results = self._list(group, "result")
        for number, result in enumerate(results):
            if result.get("type") in _REGIONS:
                self._add_region(result, state, more, f"{where}.result[{number}]")
        for number, result in enumerate(results):
            if result.get("type") == "relation":
                self._add_relation(result, f"{where}.result[{number}]")
            elif result.get("type") == "textarea" and result.get("from_name") in _FIELDS:
                self._add_field(result)
            else:
                self.others += result.get("type") not in _REGIONS

    def _add_region(self, result: Json, state: str, more: Json, where: str) -> None:
        value = result.get("value")
        if not isinstance(value, dict):
            raise self._place.wrong("read.not_object", field=f"{where}.value")
        labels = value.get("labels") or value.get("hypertextlabels")
        if type(value.get("start")) is str:
            raise self._place.wrong("read.html_places", field=f"{where}.value")
        if not (isinstance(labels, list) and labels and all(isinstance(label, str) for label in labels)):
            raise self._place.wrong("read.not_name", field=f"{where}.value.labels")
        start, end = self._code_points(value, where)
        ours = _ours(result)
        score = result.get("score")
        for label in labels:
            span: Json = {"start": start, "end": end, "label": label, "state": state} | more
            if isinstance(score, (int, float)) and 0 <= score <= 1:
                span["score"] = score
            span |= ours
            kept = self._spans.setdefault((start, end, label), span)
            kept.setdefault("id", f"region-{len(self._spans)}")
            named = self._of_region.setdefault(str(result.get("id")), kept)
            if (named["start"], named["end"]) != (start, end):
                raise self._place.wrong("read.double_id", value=result.get("id"))

    def _code_points(self, value: Json, where: str) -> tuple[Any, Any]:
        """UTF-16 where that gives the quoted text, else as it stands (SDKs count code points)."""
        start, end, quote = value.get("start"), value.get("end"), value.get("text")
        places = (self._utf16.code_points(start), self._utf16.code_points(end))
        if None not in places and (not isinstance(quote, str) or self._text[places[0] : places[1]] == quote):
            return places
        plain = type(start) is int and type(end) is int and self._text[start:end] == quote
        if plain or places == (None, None) or not isinstance(quote, str):
            return start, end
        if (unfolded := self._unfolded(start, end, quote)) is not None:
            return unfolded
        raise self._place.wrong(
            "read.quote",
            field=where,
            quote=quote[:40],
            found=self._text[places[0] or 0 : places[1]][:40],
        )

    def _unfolded(self, start: Any, end: Any, quote: str) -> tuple[int, int] | None:
        """The place where a line break counts one though it is CRLF, as browsers have it."""
        if "\r\n" not in self._text:
            return None
        if self._folded is None:
            self._folded = Utf16(self._text.replace("\r\n", "\n"))
            breaks = (match.start() for match in re.finditer("\r\n", self._text))
            self._breaks = [at - number for number, at in enumerate(breaks)]
        first, last = self._folded.code_points(start), self._folded.code_points(end)
        if first is None or last is None or self._folded.text[first:last] != quote.replace("\r\n", "\n"):
            return None
        return first + bisect_left(self._breaks, first), last + bisect_left(self._breaks, last)

    def _add_field(self, result: Json) -> None:
        span = self._of_region.get(str(result.get("id")))
        value = result.get("value")
        texts = value.get("text") if isinstance(value, dict) else None
        texts = [texts] if isinstance(texts, str) else texts
        if span is not None and isinstance(texts, list) and texts and isinstance(texts[0], str):
            span[_FIELDS[result["from_name"]]] = texts[0]

    def _add_relation(self, result: Json, where: str) -> None:
        ends = [self._of_region.get(str(result.get(f"{end}_id"))) for end in ("from", "to")]
        for end, span in zip(("from", "to"), ends, strict=True):
            if span is None:
                raise self._place.wrong(
                    "read.no_such_span", field=f"{where}.{end}_id", value=result.get(f"{end}_id")
                )
        first, second = ends if result.get("direction") != "left" else reversed(ends)
        assert first is not None  # told above
        assert second is not None
        labels = result.get("labels") or ["related"]
        self._relations += [
            {"type": label, "from": first["id"], "to": second["id"]} | _ours(result) for label in labels
        ]

    def _list(self, holder: Json, name: str) -> list[Json]:
        found = holder.get(name) or []
        if not isinstance(found, list):
            raise self._place.wrong("read.not_list", field=name)
        whole = [one for one in found if type(one) is not int]  # some exports name predictions by number
        self.others += len(found) - len(whole)
        found = whole
        for number, inner in enumerate(found):
            if not isinstance(inner, dict):
                raise self._place.wrong("read.not_object", field=f"{name}[{number}]")
        return found


def _decided(annotation: Json) -> Json:
    """Who made an annotation and when; the exports know a person by number or as an object."""
    who, at = annotation.get("completed_by"), annotation.get("updated_at") or annotation.get("created_at")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    known = {
        "by": str(who) if isinstance(who, (int, str)) else None,
        "at": at if isinstance(at, str) else None,
    }
    return {name: value for name, value in known.items() if value}


def _ours(result: Json) -> Json:
    meta = result.get("meta")
    ours = meta.get(_OURS) if isinstance(meta, dict) else None
    return ours if isinstance(ours, dict) else {}


def _shape(record: Record, lost: Losses) -> Record:
    """Rejected suggestions have no place, nor relations between spans of which one is undecided."""
    spans = [span for span in record["spans"] if span.get("state") != REJECTED]
    lost["rejected"] += len(record["spans"]) - len(spans)
    decided = {span.get("id") for span in spans if span.get("state") == ACCEPTED}
    relations = [one for one in record.get("relations", ()) if {one["from"], one["to"]} <= decided]
    lost["relations"] += len(record.get("relations", ())) - len(relations)
    kept = cast("Record", {**record, "spans": spans})
    kept.pop("relations", None)
    if relations:
        kept["relations"] = relations
    return kept


FORMAT = Format(
    name="label-studio",
    title="Label Studio, with its labelling config",
    suffixes=(".json",),
    fit=fit,
    read=read,
    write=write,
    carries=Carries(DOCUMENT_FIELDS, SPAN_FIELDS, relations=True, unknown=True, shape=_shape),
    beside={"config.xml": config},
)
