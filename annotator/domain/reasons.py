"""Why something is proposed, as the file keeps it: a code with parameters, or somebody's words."""

from __future__ import annotations

import json

from annotator.domain.changes import Message


def written(why: Message) -> str:
    """A reason as a `why` of the project keeps it."""
    return json.dumps([why.code, dict(why.params)], ensure_ascii=False)


def reason(why: str) -> Message:
    """The reason that a `why` keeps; words of a plug-in or an import stay words."""
    try:
        code, params = json.loads(why)
        return Message(code, dict(**params))
    except (ValueError, TypeError):
        return Message("reason.words", {"why": why})
