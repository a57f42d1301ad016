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
    # starting the window
    "start.libraries": "The window needs system libraries that are missing: {libraries}. Install them: `sudo apt install {debian}` on Debian or Ubuntu, `sudo dnf install {fedora}` on Fedora.",
    "start.binding": "PySide6 {version} loses references on this Python and would crash. Install another one: `pip install 'PySide6-Essentials<6.12'`.",
    # suggestions
    "suggest.no_pipeline": "No spaCy pipeline is installed. Install one, for example by `pip install {name}`.",
    "suggest.unknown": "There is no suggester {name}. Install its package, or choose one of: {known}.",
    "suggest.not_loaded": "The pipeline {name} does not load: {why}. Install it again or choose another one.",
    "suggest.no_start": "The suggester {name} does not start: {why}. Choose another one.",
    "suggest.failed": "No suggestions for article {document}: the model fails on it ({why}). Mark it by hand.",
    "suggest.crashed": "No suggestions for article {document}: the process at work on it ended. Try again.",
    "suggest.gave_up": "The suggester {name} keeps crashing. Close other programs to free memory, then try again.",
}


def english(code: str, params: Mapping[str, object]) -> str:
    """The English sentence of a message. An unknown code is a bug and raises KeyError."""
    return template(code, params).format_map(params)


def template(code: str, params: Mapping[str, object]) -> str:
    """The English text with its placeholders, singular where `count` is 1."""
    if params.get("count") == 1 and f"{code}.one" in ENGLISH:
        code = f"{code}.one"
    return ENGLISH[code]
