"""Articles and annotations in and out: one module a format, found by a registry.

The interchange record (`domain/record.py`) is what all of them speak; `score` compares two
sets of records.
"""

from __future__ import annotations

from annotator.formats.about import About
from annotator.formats.format import Columns, Fit, Format, Reading, Written
from annotator.formats.losses import Carries
from annotator.formats.reading import files, read
from annotator.formats.sources import Source, Sources
from annotator.formats.writing import losses, put, put_beside, write, write_parts

__all__ = [
    "About",
    "Carries",
    "Columns",
    "Fit",
    "Format",
    "Reading",
    "Source",
    "Sources",
    "Written",
    "files",
    "losses",
    "put",
    "put_beside",
    "read",
    "write",
    "write_parts",
]
