"""labelbuddy's documents: a list (`.json`) or lines (`.jsonl`), with the file of its labels beside it.

Each annotation says its place in code points and in bytes of UTF-8, each document the digest of
its text: they must agree. The key of the linked entity is the annotation's `extra_data`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.changes import Message
from annotator.domain.colors import label_hex
from annotator.domain.record import DOCUMENT_FIELDS, Record
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, aside, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.json_items import first_object, items, objects_of
from annotator.formats.json_out import with_values, without, write_array, write_lines
from annotator.formats.losses import Carries
from annotator.formats.telling import tell_passed_over

Json = dict[str, Any]

_MARK: Final = re.compile(r'(?<!\\)"(?:start_char|utf8_text_md5_checksum|label_name)"\s*:')
_OWN: Final = frozenset({"text", "spans"})


def fit(head: bytes) -> Fit:
    """Annotations with places in characters, or the digest of the text."""
    document = first_object(head)
    if document is None:
        return Fit.SURE if _MARK.search(encoding.head_text(head)) else Fit.NO
    annotations = objects_of(document.get("annotations"))
    known = annotations is not None and all("start_char" in one for one in annotations)
    return Fit.SURE if known and "text" in document else Fit.NO


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """A list where the name says `.json`, else lines."""
    put = write_array if path.suffix.lower() == ".json" else write_lines
    put((_document(cast("Json", record)) for record in records), path)


def labels(about: About) -> str:
    """The file of labels that labelbuddy imports beside the documents."""
    listed = [
        {"name": label.name, "color": label_hex(label.hue)} | with_values(shortcut_key=_key(label.key))
        for label in about.labels
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """Documents with or without annotations."""
    passed = 0
    for place, item, replaced in items(path, notes):
        if not isinstance(item.get("text"), str):
            passed += 1
            continue
        yield check_record(aside(_record(item, place, changed=bool(replaced))), place)
    tell_passed_over(notes, path, passed)


def _key(key: str | None) -> str | None:
    """Shortcuts are single letters there."""
    return key if key and len(key) == 1 and "a" <= key <= "z" else None


def _document(record: Json) -> Json:
    text: str = record["text"]
    at = _bytes_at(text)
    annotations = [
        {
            "start_char": span["start"],
            "end_char": span["end"],
            "start_byte": at(span["start"]),
            "end_byte": at(span["end"]),
            "label_name": span["label"],
        }
        | with_values(extra_data=span.get("entity"))
        for span in record["spans"]
    ]
    title = record.get("title") or record.get("id", "")
    return {
        "text": text,
        "utf8_text_md5_checksum": _digest(text),
        "metadata": without(record, _OWN),
        "display_title": title,
        "list_title": title,
        "annotations": annotations,
    }


def _bytes_at(text: str) -> Any:
    """From a place in code points to one in bytes."""
    if text.isascii():
        return int
    sizes = [0, *accumulate(1 + (c > "\x7f") + (c > "\u07ff") + (c > "\uffff") for c in text)]
    return sizes.__getitem__


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _record(item: Json, place: Place, *, changed: bool) -> Json:
    text = item["text"]
    digest = item.get("utf8_text_md5_checksum")
    if digest and digest != _digest(text) and not changed:
        raise place.wrong("read.other_text", field="utf8_text_md5_checksum")
    metadata = item.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise place.wrong("read.not_object", field="metadata")
    record = {name: value for name, value in metadata.items() if name in DOCUMENT_FIELDS and name not in _OWN}
    more = without(metadata, DOCUMENT_FIELDS)
    if more:
        record["meta"] = {**record["meta"], **more} if isinstance(record.get("meta"), dict) else more
    title = item.get("display_title") or item.get("list_title")
    if title and "id" not in record:
        record.setdefault("title", title)
    record.setdefault("id", f"{place.path.stem}-{place.record or place.line}")
    annotations = item.get("annotations") or []
    if not isinstance(annotations, list):
        raise place.wrong("read.not_list", field="annotations")
    at = _bytes_at(text)
    spans = [_span(one, text, at, place, f"annotations[{number}]") for number, one in enumerate(annotations)]
    return record | {"text": text, "spans": spans}


def _span(item: Any, text: str, at: Any, place: Place, where: str) -> Json:
    if not isinstance(item, dict):
        raise place.wrong("read.not_object", field=where)
    start, end = item.get("start_char"), item.get("end_char")
    for name, char in (("start_byte", start), ("end_byte", end)):
        if (
            item.get(name) is not None
            and type(char) is int
            and 0 <= char <= len(text)
            and item[name] != at(char)
        ):
            raise place.wrong("read.other_byte", field=f"{where}.{name}", value=item[name], found=at(char))
    made: Json = {"start": start, "end": end, "label": item.get("label_name")}
    extra = item.get("extra_data")
    if isinstance(extra, str) and extra:
        made["entity"] = extra
    return made


FORMAT = Format(
    name="labelbuddy",
    title="labelbuddy, with its labels",
    suffixes=(".jsonl", ".json"),
    fit=fit,
    read=read,
    write=write,
    carries=Carries(document=DOCUMENT_FIELDS, span=frozenset({"entity"})),
    beside={"labels.json": labels},
)
