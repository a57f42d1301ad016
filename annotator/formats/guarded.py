"""A file read in this process, with every way in which a library fails told as the file's error."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import orjson

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import clean_all
from annotator.errors import UserError
from annotator.formats import registry
from annotator.formats.format import Columns, Format
from annotator.formats.telling import tell_replaced

_NUL: Final = b"\\u0000"

log = logging.getLogger(__name__)

MAX_FILE: Final = 200_000_000
"""Bytes of a document, which its reader holds in memory."""


def records(format: Format, path: Path, notes: list[Message], columns: Columns) -> Iterator[Record]:
    """The records of a file. UserError for whatever is wrong with it."""
    try:
        if format.apart and path.stat().st_size > MAX_FILE:
            raise UserError("read.file_too_large", path=path)
        if columns and format.table is not None:
            found = format.table(path, notes, columns)
        else:
            assert format.read is not None  # the registry gives readers
            found = format.read(path, notes)
        first = next(found, None)
        if first is None:
            raise UserError("read.no_articles", path=path)
        replaced = 0
        for record in chain([first], found):
            replaced += _made_storable(record)
            yield record
        tell_replaced(notes, path, replaced)
    except UserError:
        raise
    except OSError as error:
        if error.errno is None and format.apart:  # a library's own
            raise not_readable(path, format.name, error) from error
        raise UserError("read.failed", path=path, why=error.strerror or str(error)) from error
    except MemoryError as error:
        raise UserError("read.too_much_memory", path=path) from error
    except Exception as error:
        if not format.apart and format.name not in registry.known().theirs:
            raise  # our own code: a bug
        raise not_readable(path, format.name, error) from error


def not_readable(path: Path, format: str, error: Exception) -> UserError:
    """What to raise where a library failed at a file; the log has all of it."""
    log.info("%s is not readable", path, exc_info=True)
    why = f"{type(error).__name__}: {error}"[:200]
    return UserError("read.not_readable", path=path, format=format, why=why)


def _made_storable(record: Record) -> int:
    """Put in place of what SQLite cannot hold U+FFFD, in whatever field; how often."""
    try:
        if _NUL not in orjson.dumps(record):
            return 0
    except TypeError:  # a lone surrogate, or what JSON does not have: looked at one by one
        pass
    return clean_all(record)[1]
