"""Every sentence that the layers below the window say, by code: what happened, then what to do.

The command line prints the English text; the window looks it up in its translations. A
message whose `count` is 1 takes the entry `CODE.one` where there is one. Codes are grouped
by what they are about, the part before the first dot.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: dict[str, str] = {
    # project files
    "project.missing": "There is no project at {path}. Check the name, or make one with `annotator import`.",
    # decisions, as they are shown in the status line and the history
    "span.accepted": "Accepted “{text}”",
    "span.rejected": "Rejected “{text}”",
}


def english(code: str, params: Mapping[str, object]) -> str:
    """The English sentence of a message. An unknown code is a bug and raises KeyError."""
    return template(code, params).format_map(params)


def template(code: str, params: Mapping[str, object]) -> str:
    """The English text with its placeholders, singular where `count` is 1."""
    if params.get("count") == 1 and f"{code}.one" in ENGLISH:
        code = f"{code}.one"
    return ENGLISH[code]
