"""What the tests of formats share: writing a file, reading it whole, the error it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import read

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


def all_of(path: Path, format: str | None = None) -> tuple[list[Record], list[str]]:
    """The records of a file and the codes of what was told."""
    reading = read(path, format)
    records = list(reading.records)
    return records, [note.code for note in reading.notes]


def refusal(path: Path, format: str | None = None) -> UserError:
    """The error that reading a file ends with; its sentence must be printable and name the file."""
    with pytest.raises(UserError) as caught:
        all_of(path, format)
    assert path.name in str(caught.value)
    return caught.value
