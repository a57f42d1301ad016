"""Tables as text (.csv, .tsv), in: fields apart by comma, semicolon, tab or bar, quoted where need be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import checking, encoding
from annotator.formats.format import Columns, Fit, Format
from annotator.formats.spans import cells, flat
from annotator.formats.tables import columns
from annotator.formats.telling import tell_encoding

_SEPARATORS: Final = ",;\t|"


def fit(head: bytes) -> Fit:
    """A header as an export has it; other tables are told by their names."""
    line = encoding.head_text(head).partition("\n")[0]
    return Fit.SURE if cells.is_table_of_spans(line.strip().replace('"', "").split(",")) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles, by the columns that the header or the cells show; of a table of spans with their spans."""
    return read_columns(path, notes, {})


def read_columns(path: Path, notes: list[Message], named: Columns) -> Iterator[Record]:
    """The articles, by the columns that a person named."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    with path.open("rb") as raw:
        raw.seek(found.skip)
        # as they are: line ends inside a cell belong to its text
        file = io.TextIOWrapper(raw, found.name, found.errors, newline="")
        rows = _rows(file, path)
        header = next(rows, (1, []))
        if cells.is_table_of_spans(header[1]) and not named:
            yield from cells.read(header[1], rows, path)
        else:
            yield from columns.records(chain([header], rows), path, notes, named)


def _rows(file: TextIO, path: Path) -> Iterator[columns.Row]:
    lines = _lines(file, path)
    first = next(lines, "")
    csv.field_size_limit(checking.MAX_TEXT)
    rows = csv.reader(_again(first, lines), delimiter=_separator(first, path), strict=True)
    while True:
        begins = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise UserError("read.bad_table", path=path, line=begins, why=str(error)) from error
        if row is None:
            return
        yield begins, row


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


FORMAT = Format(
    name="csv",
    title="Table as text: a row for each span",
    suffixes=(".csv", ".tsv"),
    fit=fit,
    read=read,
    table=read_columns,
    write=cells.write,
    carries=flat.CARRIES,
)
