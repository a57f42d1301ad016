"""What a reader tells the person beside the records."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.changes import Message
from annotator.formats.encoding import Encoding


def tell_encoding(notes: list[Message], path: Path, encoding: Encoding) -> None:
    """Name an encoding that is not UTF-8, and bytes that are not valid in it."""
    if encoding.name != "utf-8":
        notes.append(Message("read.encoding", {"path": path, "encoding": encoding.name}))
    if encoding.errors == "replace":
        notes.append(Message("read.damaged", {"path": path, "encoding": encoding.name}))


def tell_replaced(notes: list[Message], path: Path, count: int) -> None:
    """Count the characters that cannot be stored."""
    if count:
        notes.append(Message("read.replaced", {"path": path, "count": count}))


def tell_left_out(notes: list[Message], path: Path, count: int) -> None:
    """Count the footnotes and comments of a document, which stand beside its text."""
    if count:
        notes.append(Message("read.left_out", {"path": path, "count": count}))


def tell_passed_over(notes: list[Message], path: Path, count: int) -> None:
    """Count what is no article."""
    if count:
        notes.append(Message("read.passed_over", {"path": path, "count": count}))


def tell_other_entities(notes: list[Message], path: Path, count: int) -> None:
    """Count the mentions that a chain gives to another entity than they have."""
    if count:
        notes.append(Message("read.other_entities", {"path": path, "count": count}))


def tell_others(notes: list[Message], path: Path, count: int) -> None:
    """Count the answers of other tools that are about whole articles, or that somebody withdrew."""
    if count:
        notes.append(Message("read.others", {"path": path, "count": count}))


def tell_unplaced(notes: list[Message], path: Path, count: int) -> None:
    """Count the annotations that name no place, no label or no span that is there."""
    if count:
        notes.append(Message("read.annotations_passed_over", {"path": path, "count": count}))


def tell_tracked(notes: list[Message], path: Path, count: int) -> None:
    """Count the changes of a document that nobody accepted or rejected yet."""
    if count:
        notes.append(Message("read.tracked", {"path": path, "count": count}))
