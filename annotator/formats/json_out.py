"""JSON to files, one object in memory at a time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson


def write_lines(objects: Iterable[Mapping[str, Any]], path: Path) -> None:
    """One object a line."""
    with path.open("wb") as file:
        for item in objects:
            file.write(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE))


def write_array(objects: Iterable[Mapping[str, Any]], path: Path) -> None:
    """One list, an object a line."""
    with path.open("wb") as file:
        before = b"[\n"
        for item in objects:
            file.write(before + orjson.dumps(item))
            before = b",\n"
        file.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def without(item: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
    """The fields of an object but these."""
    return {name: value for name, value in item.items() if name not in names}


def with_values(**fields: Any) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
