"""Tables as text (.csv, .tsv): fields apart by comma, semicolon, tab or bar, quoted where need be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import checking, encoding
from annotator.formats.format import Columns, Format
from annotator.formats.tables import columns
from annotator.formats.telling import tell_encoding

_SEPARATORS: Final = ",;\t|"


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles, by the columns that the header or the cells show."""
    return read_columns(path, notes, {})


def read_columns(path: Path, notes: list[Message], named: Columns) -> Iterator[Record]:
    """The articles, by the columns that a person named."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    with path.open("rb") as raw:
        raw.seek(found.skip)
        # as they are: line ends inside a cell belong to its text
        file = io.TextIOWrapper(raw, found.name, found.errors, newline="")
        yield from columns.records(_rows(file, path), path, notes, named)


def _rows(file: TextIO, path: Path) -> Iterator[columns.Row]:
    lines = _lines(file, path)
    first = next(lines, "")
    csv.field_size_limit(checking.MAX_TEXT)
    rows = csv.reader(_again(first, lines), delimiter=_separator(first, path), strict=True)
    while True:
        begins = rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise UserError("read.bad_table", path=path, line=begins, why=str(error)) from error
        if cells is None:
            return
        yield begins, cells


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    """Lines with their ends. UserError for one that is longer than an article may be."""
    for number, line in enumerate(iter(lambda: file.readline(checking.MAX_TEXT + 1), ""), 1):
        if len(line) > checking.MAX_TEXT:
            raise UserError("read.too_large", path=path, line=number)
        yield line


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _separator(first: str, path: Path) -> str:
    """The commonest of the signs outside quotes on the first line."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    bare = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)


FORMAT = Format(name="csv", title="Table as text", suffixes=(".csv", ".tsv"), read=read, table=read_columns)
