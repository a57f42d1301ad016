"""Reading a file again after it was written, and comparing it span by span with what went in.

What went in is kept in a file beside it, one line a record, so that memory does not grow.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import orjson

from annotator.domain.models import SUGGESTED
from annotator.domain.record import Record
from annotator.domain.text import shortened
from annotator.errors import UserError
from annotator.formats.losses import Carries

Json = dict[str, Any]


class ReadBack:
    """Keeps what is written, record by record; `compare` then says whether a file holds it.

    Records may come back in another order (a split), but each under its id.
    """

    def __init__(self, folder: Path, carries: Carries | None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  closed on exit
        self._carries = carries
        self._places: dict[str, list[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def keep(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass the records on and remember what they say."""
        for record in records:
            self._places.setdefault(self._name(record), []).append(self._file.tell())
            line = orjson.dumps(comparable(record, self._carries), option=_SORTED)
            self._file.write(line)
            yield record

    def _name(self, record: Record) -> str:
        return record.get("id", "") if self._carries is None or self._carries.names else ""

    def compare(self, path: Path, records: Iterable[Record], follow: Callable[[], None]) -> None:
        """UserError "write.differs" for the first article of a file that is not as it was written."""
        waiting = {name: list(reversed(places)) for name, places in self._places.items()}
        for record in records:
            name = self._name(record)
            places = waiting.get(name)
            if not places:
                raise _differs(path, name, "", "")
            self._file.seek(places.pop())
            written = self._file.readline()
            found = orjson.dumps(comparable(record, self._carries), option=_SORTED)
            if found != written:
                raise _difference(path, name, orjson.loads(written), orjson.loads(found))
            follow()
        for name, places in waiting.items():
            if places:
                raise _differs(path, name, "", "")


_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


def comparable(record: Record, carries: Carries | None) -> Json:
    """What a record says, whatever the order and the ids of its spans (where those are not carried)."""
    item: Json = {name: value for name, value in record.items() if value not in ([], {})}
    spans = [_said(cast("Json", span), carries) for span in record.get("spans", ())]
    if carries is not None and not carries.names:
        item.pop("id", None)
    item["spans"] = sorted(spans, key=_by_place)
    relations = record.get("relations")
    if relations:
        places = {
            span.get("id"): [span["start"], span["end"], span["label"]] for span in record.get("spans", ())
        }
        item["relations"] = sorted(
            (_relation(relation, places, carries) for relation in relations), key=orjson.dumps
        )
    return item


def _said(span: Json, carries: Carries | None) -> Json:
    drop = {"text"} if carries is None or "id" in carries.span else {"text", "id"}
    said = {name: value for name, value in span.items() if name not in drop}
    if said.get("state") == SUGGESTED:
        del said["state"]  # as where it is absent
    return said


def _relation(relation: Json, places: Mapping[Any, Any], carries: Carries | None) -> Json:
    drop = {"id", "from", "to"} if carries is not None else {"from", "to"}
    said = {name: value for name, value in relation.items() if name not in drop}
    return said | {end: places.get(relation[end]) for end in ("from", "to")}


def _by_place(span: Json) -> tuple[int, int, bytes]:
    return span["start"], -span["end"], orjson.dumps(span, option=_SORTED)


def _difference(path: Path, name: str, written: Json, found: Json) -> UserError:
    """The first field or span that is not the same."""
    for span in (one for one in written["spans"] if one not in found["spans"]):
        return _differs(path, name, span, next((o for o in found["spans"] if o not in written["spans"]), ""))
    for field in sorted(written.keys() | found.keys()):
        if written.get(field) != found.get(field):
            return _differs(path, name, {field: written.get(field)}, {field: found.get(field)})
    return _differs(path, name, written, found)


def _differs(path: Path, name: str, written: Any, found: Any) -> UserError:
    def short(item: Any) -> str:
        return shortened(orjson.dumps(item, option=_SORTED).decode(), 200) if item else "nothing"

    return UserError("write.differs", path=path, document=name, written=short(written), found=short(found))
