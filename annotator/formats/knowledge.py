"""Lists of known people, organisations and others: a CSV with a header, or one JSON object a line.

Fields: `name`, and if there are any `id` (or `key`), `label`, `aliases`, `uri` (or `url`), `note`.
In a CSV aliases are separated by `|` or `;`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.formats import encoding

MAX_BYTES: Final = 100_000_000
_ALSO: Final = {"key": "id", "url": "uri", "alias": "aliases", "description": "note", "type": "label"}
_FIELDS: Final = ("id", "label", "name", "uri", "note")


class KnownName(NamedTuple):
    """One entry of a list; `id` is None where the list has none."""

    id: str | None
    label: str | None
    name: str
    aliases: tuple[str, ...]
    uri: str | None
    note: str | None


def read_names(path: Path) -> list[KnownName]:
    """All entries of a list. UserError for the first line that is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("read.list_too_large", path=path)
        text = encoding.decode(path.read_bytes(), encoding.detect(path))
    except OSError as error:
        raise UserError("read.failed", path=path, why=error.strerror) from error
    rows = _objects(path, text) if text.lstrip()[:1] == "{" else _table(path, text)
    found = [_entry(path, line, row) for line, row in rows]
    if not found:
        raise UserError("read.no_names", path=path)
    return found


def _objects(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            column = getattr(error, "colno", 1)
            raise UserError("read.bad_json", path=path, line=number, why=str(error), column=column) from error
        if not isinstance(item, dict):
            raise UserError("read.no_object", path=path, line=number)
        yield number, item


def _table(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = [name.strip().casefold() for name in rows.fieldnames or ()]
    if "name" not in names:
        raise UserError("read.no_name_column", path=path)
    rows.fieldnames = names
    try:
        for row in rows:
            row.pop(None, None)
            yield rows.line_num, row
    except csv.Error as error:
        raise UserError("read.bad_table", path=path, line=rows.line_num, why=str(error)) from error


def _entry(path: Path, line: int, row: Mapping[str, Any]) -> KnownName:
    item = {_ALSO.get(field.casefold(), field.casefold()): value for field, value in row.items()}
    for field in _FIELDS:
        value = item.get(field)
        if value is not None and not isinstance(value, str):
            raise UserError("read.not_text", path=path, line=line, field=field)
    plain = {field: _one_line(item.get(field) or "") or None for field in _FIELDS}
    if plain["name"] is None:
        raise UserError("read.not_name", path=path, line=line, field="name")
    aliases = item.get("aliases") or []
    if isinstance(aliases, str):
        aliases = re.split(r"[|;]", aliases)
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise UserError("read.not_texts", path=path, line=line, field="aliases")
    others = dict.fromkeys(filter(None, map(_one_line, aliases)))
    others.pop(plain["name"], None)
    return KnownName(plain["id"], plain["label"], plain["name"], tuple(others), plain["uri"], plain["note"])


def _one_line(text: str) -> str:
    return " ".join(clean(text)[0].split())
