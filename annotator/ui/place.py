"""Where somebody is in a project."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """The article, the span in focus, and where the first line in sight begins."""

    document: int
    span: int | None
    top: int
