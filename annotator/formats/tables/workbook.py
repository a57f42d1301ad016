"""Spreadsheets (.xlsx): the first sheet, row by row, formulas by the value that was last computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.archives import MAX_DOCUMENT, Budget, is_office, opened
from annotator.formats.format import Columns, Fit, Format
from annotator.formats.tables import columns
from annotator.formats.xml import refuse_doctype


def fit(head: bytes) -> Fit:
    """An archive whose first entries are those of Excel."""
    return Fit.LIKELY if is_office(head, b"xl/") else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles, by the columns that the header or the cells show."""
    return read_columns(path, notes, {})


def read_columns(path: Path, notes: list[Message], named: Columns) -> Iterator[Record]:
    """The articles, by the columns that a person named. Other sheets are told."""
    from openpyxl import load_workbook

    with opened(path, Budget(size=MAX_DOCUMENT)) as archive:
        refuse_doctype(archive, path)
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise UserError("read.no_rows", path=path)
        sheet, *others = book.worksheets
        sheet.reset_dimensions()  # what a file says of its size need not be true
        if others:
            notes.append(
                Message("read.other_sheets", {"path": path, "sheet": sheet.title, "count": len(others)})
            )
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        cells = ((number, [_text(value) for value in row]) for number, row in rows)
        yield from columns.records(cells, path, notes, named)
    finally:
        book.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == value.min.time():
        return value.date().isoformat()
    return str(value)


FORMAT = Format(
    name="xlsx",
    title="Excel workbook",
    suffixes=(".xlsx",),
    fit=fit,
    read=read,
    table=read_columns,
    apart=True,
)
