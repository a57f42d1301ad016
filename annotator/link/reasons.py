"""Why two mentions are taken for one, each reason made once: a corpus has a million of them."""

from __future__ import annotations

from functools import cache
from typing import Final

from annotator.domain.changes import Message

SAME_NAME: Final = Message("candidate.same_name")
SHORT_NAME: Final = Message("candidate.short_name")
ALIAS: Final = Message("candidate.alias")
SAME_CONDUCT: Final = Message("candidate.same_conduct")


@cache
def reason(code: str) -> Message:
    """A reason without parameters."""
    return Message(code)
