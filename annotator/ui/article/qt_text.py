"""Text on its way into Qt."""

from __future__ import annotations

_MARKS = ("\ufeff", "\ufffe")


def qt_text(text: str) -> str:
    """The text as it has to be given to PySide, so that Qt gets all of it.

    PySide takes U+FEFF and U+FFFE at the start for a mark of the byte order: it drops the one
    and turns the bytes of the whole text round after the other.
    """
    return "\ufeff" + text if text.startswith(_MARKS) else text
