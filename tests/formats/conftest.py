"""What the tests of formats share: writing a file, reading it whole, the error it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import Columns, guarded, read, registry
from annotator.formats.apart import Apart

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a file of this name and content (text as UTF-8)."""

    def make(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


class _Here(Apart):
    """Reads in this process what is read apart otherwise: a second less for each test."""

    def records(self, format: str, path: Path, notes: list[Message], columns: Columns) -> Iterator[Record]:
        return guarded.records(registry.reader(format), path, notes, columns)


HERE = _Here()


def all_of(
    path: Path, format: str | None = None, columns: Columns | None = None
) -> tuple[list[Record], list[str]]:
    """The records of a file and the codes of what was told."""
    reading = read(path, format, columns=columns, apart=HERE)
    records = list(reading.records)
    return records, [note.code for note in reading.notes]


def refusal(path: Path, format: str | None = None, columns: Columns | None = None) -> UserError:
    """The error that reading a file ends with; its sentence must be printable and name the file."""
    with pytest.raises(UserError) as caught:
        all_of(path, format, columns)
    assert path.name in str(caught.value)
    return caught.value
