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
    "project.exists": "{path} is there already. Choose another name.",
    "project.no_folder": "{path} cannot be made: there is no folder {folder}. Make the folder first.",
    "project.not_a_file": "{path} is a folder, not a project. Name the project's file.",
    "project.cannot_write": "{path} cannot be written: {why}. Choose another place.",
    "project.cannot_open": "{path} cannot be opened. Check that you may read and write the file and its folder.",
    "project.disk_full": "There is no room on the disk for {path}. Nothing was changed. Make room and try again, or save a copy elsewhere.",
    "project.disk_error": "The disk failed at {path}. Nothing was changed. Save a copy elsewhere, then check the disk.",
    "project.read_only": "{path} can only be read. Save a copy where you may write, and go on there.",
    "project.not_a_database": "{path} is not a project. Choose another file.",
    "project.empty": "{path} is an empty file, not a project. Remove it, or choose another name.",
    "project.another_program": "{path} belongs to another program. Choose another file.",
    "project.newer": "{path} was written by a newer version of the program (format {version}, this one knows {known}). Install the newer version.",
    "project.corrupt": "{path} is damaged. Nothing was changed. Run `annotator check`, or go back to a copy.",
    "project.locked": "{path} is locked by another program. Nothing was changed. Close the other program or wait, then try again.",
    "project.no_wal": "{path} lies where two programs cannot share it safely (a network folder?). Copy it to a local disk.",
    "project.moved": "{path} was moved, deleted or replaced while it was open. Nothing was changed. Put it back, or save a copy.",
    "document.missing": "Article {id} is not in the project any more. Choose another one.",
    "change.conflict": "This was changed meanwhile by another program. Nothing was changed; look at it again.",
    "undo.nothing": "There is nothing to undo.",
    "redo.nothing": "There is nothing to redo.",
    "undo.blocked": "“{title}” cannot be undone: a newer change stands in the way. Undo that one first.",
    "redo.blocked": "“{title}” cannot be done again: a newer change stands in the way.",
    # what `annotator check` finds
    "check.damaged": "The file is damaged in {count} places ({example}). Go back to a copy.",
    "check.references": "{count} rows name others that are not there (such as {example}). Go back to a copy.",
    "check.counts": "The counts of {count} articles are not true (such as article {example}).",
    "check.no_text": "{count} articles have no text (such as article {example}). Go back to a copy.",
    "check.outside": "{count} spans end outside their text (such as span {example}). Go back to a copy.",
    "check.span_text": "{count} spans do not hold the words at their place (such as span {example}).",
    "check.unproposed": "{count} undecided spans have no proposal (such as span {example}).",
    "check.link_label": "{count} links join a span and an entity of different labels (such as link {example}).",
    "check.dead_links": "{count} rejected spans are linked (such as link {example}).",
    "check.orphans": "{count} entities have no mention and nothing that keeps them (such as entity {example}).",
    "check.foreign_relation": "{count} relations join spans of other articles (such as relation {example}).",
    "check.search": "The search index is not that of the articles.",
    "check.outside_change": "{count} rows were changed by another program without a journal entry (such as {example}).",
    # decisions, as they are shown in the status line and the history
    "span.accepted": "Accepted “{text}”",
    "span.accepted_many": "Accepted {count} spans",
    "span.rejected": "Rejected “{text}”",
    "span.rejected_many": "Rejected {count} spans",
    "span.relabelled": "Changed “{text}” to {label}",
    "span.relabelled_many": "Changed {count} spans to {label}",
    "span.resized": "Moved the boundary: “{text}”",
    "span.added": "Added “{text}” as {label}",
    "span.added_many": "Added {count} spans as {label}",
    "span.added_many.one": "Added one span as {label}",
    "span.deleted": "Deleted “{text}”",
    "span.deleted_many": "Deleted {count} spans",
    "span.flagged": "Flagged “{text}”",
    "span.unflagged": "Took the flag off “{text}”",
    "span.noted": "Changed the note of “{text}”",
    "span.mod_set": "Changed which part of “{text}” is meant",
    "link.made": "Linked “{text}” to {name}",
    "link.made_new": "Linked “{text}” to a new entity, {name}",
    "link.removed": "Took “{text}” off {name}",
    "document.new": "Marked “{title}” as new",
    "document.in_progress": "Took up “{title}” again",
    "document.done": "Marked “{title}” as done",
    "document.edited": "Changed the details of “{title}”",
    "document.removed": "Removed “{title}”",
    "document.restored": "Put back “{title}”",
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
