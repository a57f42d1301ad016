"""doccano's JSON lines, for its two kinds of project: sequence labelling, and relations.

Offsets are code points; a doccano project must be set to count those. Other fields of an
article are columns, which doccano keeps as its metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.changes import Message
from annotator.domain.record import DOCUMENT_FIELDS, Record
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, aside, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.json_items import first_object, items, objects_of
from annotator.formats.json_out import write_lines
from annotator.formats.losses import Carries, Losses
from annotator.formats.telling import tell_passed_over

Json = dict[str, Any]

_COLUMNS: Final = frozenset({"label", "labels", "entities", "annotations", "relations", "Comments", "cats"})
"""What doccano reads as something of its own."""
_MARK: Final = re.compile(r'(?<!\\)"(?:labels?"\s*:\s*\[\s*\[\s*\d|start_offset"\s*:)')
_DOCUMENT: Final = DOCUMENT_FIELDS - {"entities"}


def fit(head: bytes) -> Fit:
    """Triples of offsets and label, or objects with two offsets; where there are none, no spans of ours."""
    item = first_object(head)
    if item is None:
        return Fit.SURE if _MARK.search(encoding.head_text(head)) else Fit.NO
    triples = item.get("label", item.get("labels", item.get("entities") or None))
    known = type(triples) is list and all(type(one) is list and len(one) == 3 for one in triples)
    for name, beside in (("entities", "relations"), ("annotations", "annotation_approver")):
        objects = objects_of(item.get(name))
        known |= objects is not None and beside in item and all("start_offset" in one for one in objects)
    return Fit.SURE if known and ("text" in item or "data" in item) and "spans" not in item else Fit.NO


def write_labels(records: Iterable[Record], path: Path, _about: About) -> None:
    """Triples of start, end and label."""
    write_lines((_with_labels(cast("Json", record)) for record in records), path)


def write_relations(records: Iterable[Record], path: Path, _about: About) -> None:
    """Entities and relations with numbers as ids."""
    write_lines((_with_relations(cast("Json", record)) for record in records), path)


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """Both kinds, as any version of doccano exports them, and triples as `entities`, as spaCy's users keep them."""
    passed = 0
    for place, item, _ in items(path, notes):
        if "text" not in item and "data" in item:
            item["text"] = item.pop("data")  # as older versions write it
        if not isinstance(item.get("text"), str):
            passed += 1
            continue
        yield check_record(aside(_record(item, place)), place)
    tell_passed_over(notes, path, passed)


def _columns(record: Json) -> Json:
    """The article without its spans and relations."""
    return {name: value for name, value in record.items() if name not in ("spans", "relations")}


def _with_labels(record: Json) -> Json:
    triples = [[span["start"], span["end"], span["label"]] for span in record["spans"]]
    return _columns(record) | {"label": triples}


def _with_relations(record: Json) -> Json:
    numbers = {span.get("id"): number for number, span in enumerate(record["spans"])}
    entities = [
        {"id": number, "label": span["label"], "start_offset": span["start"], "end_offset": span["end"]}
        for number, span in enumerate(record["spans"])
    ]
    relations = [
        {
            "id": number,
            "from_id": numbers[relation["from"]],
            "to_id": numbers[relation["to"]],
            "type": relation["type"],
        }
        for number, relation in enumerate(record.get("relations", ()))
    ]
    return _columns(record) | {"entities": entities, "relations": relations}


def _record(item: Json, place: Place) -> Json:
    record = {name: value for name, value in item.items() if name not in _COLUMNS}
    record.setdefault("id", f"{place.path.stem}-{place.record or place.line}")
    triples = item.get("label", item.get("labels", []))
    record["spans"] = [
        _of_triple(triple, place, f"label[{number}]")
        for number, triple in enumerate(_list(triples, "label", place))
    ]
    record["spans"] += [
        (_of_triple if isinstance(entity, list) else _of_entity)(entity, place, f"{name}[{number}]")
        for name in ("entities", "annotations")
        for number, entity in enumerate(_list(item.get(name, []), name, place))
    ]
    relations = [
        _of_relation(relation, place, f"relations[{number}]")
        for number, relation in enumerate(_list(item.get("relations", []), "relations", place))
    ]
    if relations:
        record["relations"] = relations
    comments = [text for text in item.get("Comments") or () if isinstance(text, str) and text]
    if comments and not record.get("note"):
        record["note"] = "\n".join(comments)
    return record


def _list(value: Any, field: str, place: Place) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise place.wrong("read.not_list", field=field)
    return value


def _of_triple(triple: Any, place: Place, where: str) -> Json:
    if not (isinstance(triple, list) and len(triple) == 3):
        raise place.wrong("read.not_triple", field=where)
    start, end, label = triple
    return {"start": start, "end": end, "label": label}


def _of_entity(entity: Any, place: Place, where: str) -> Json:
    if not isinstance(entity, dict):
        raise place.wrong("read.not_object", field=where)
    made: Json = {
        "start": entity.get("start_offset"),
        "end": entity.get("end_offset"),
        "label": entity.get("label"),
    }
    if type(made["label"]) is int:
        made["label"] = str(made["label"])  # older versions export the number of a label
    return made | ({"id": f"d{entity['id']}"} if "id" in entity else {})


def _of_relation(relation: Any, place: Place, where: str) -> Json:
    if not isinstance(relation, dict):
        raise place.wrong("read.not_object", field=where)
    made: Json = {"type": relation.get("type")}
    return made | {end: f"d{relation.get(f'{end}_id')}" for end in ("from", "to")}


def _shape(record: Record, lost: Losses) -> Record:
    """A column of another program that doccano would take for its own has no place."""
    taken = record.keys() & _COLUMNS - {"relations"}
    lost["unknown"] += len(taken)
    return cast("Record", {name: value for name, value in record.items() if name not in taken})


LABELS = Format(
    name="doccano",
    title="doccano, sequence labelling",
    suffixes=(".jsonl",),
    fit=fit,
    read=read,
    write=write_labels,
    carries=Carries(document=_DOCUMENT, unknown=False, shape=_shape),
)
RELATIONS = Format(
    name="doccano-relations",
    title="doccano, with relations",
    suffixes=(".jsonl",),
    read=read,
    write=write_relations,
    carries=Carries(document=_DOCUMENT, relations=True, unknown=False, shape=_shape),
)
