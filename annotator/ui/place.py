"""Where somebody is in a project."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """The article, the span in focus, how far the text is scrolled."""

    document: int
    span: int | None
    scroll: int
