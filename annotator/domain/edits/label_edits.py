"""Decisions about the labels of a project. The text of spans never depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from annotator.domain.changes import ChangeSet, Message, RowChange
from annotator.domain.models import FILL, KIND_NAME, Label, Row, Value

DIGITS: Final = "123456789"


def add(labels: Sequence[Label], name: str) -> ChangeSet:
    """A new label behind the others, with the first free digit and the hue that is farthest from theirs."""
    taken = {label.key for label in labels}
    fields: Row = {
        "name": name,
        "key": next((digit for digit in DIGITS if digit not in taken), None),
        "hue": _free_hue([label.hue for label in labels]),
        "style": FILL,
        "kind": KIND_NAME,
        "description": "",
        "position": max((label.position for label in labels), default=0) + 1,
    }
    return ChangeSet(Message("label.added", {"name": name}), (RowChange("label", -1, None, fields),))


def change(label: Label, **fields: Value) -> ChangeSet:
    """Set name, key, hue, style, kind or description."""
    old = label._asdict()
    after: Row = {name: value for name, value in fields.items() if old[name] != value}
    rows = (RowChange("label", label.id, {name: old[name] for name in after}, after),) if after else ()
    return ChangeSet(Message("label.changed", {"name": fields.get("name", label.name)}), rows)


def move(labels: Sequence[Label], label: Label, step: int) -> ChangeSet:
    """One place up (-1) or down (1) in the order; nothing at the ends."""
    ordered = sorted(labels, key=lambda one: one.position)
    at = next(number for number, one in enumerate(ordered) if one.id == label.id)
    rows: tuple[RowChange, ...] = ()
    if 0 <= at + step < len(ordered):
        other = ordered[at + step]
        rows = tuple(
            RowChange("label", one.id, {"position": one.position}, {"position": new.position})
            for one, new in ((label, other), (other, label))
        )
    return ChangeSet(Message("label.moved", {"name": label.name}), rows)


def put_away(labels: Sequence[Label], label: Label) -> ChangeSet:
    """Leave a label to its spans: it loses its key and goes behind the others."""
    last = max(one.position for one in labels)
    position = label.position if label.position == last else last + 1
    put = change(label, key=None, position=position)
    return ChangeSet(Message("label.kept", {"name": label.name}), put.rows)


def _free_hue(hues: Sequence[int]) -> int:
    """The middle of the widest gap on the colour circle."""
    if not hues:
        return 258
    around = sorted(hues)
    gaps = [
        ((after - before) % 360 or 360, before)
        for before, after in zip(around, [*around[1:], around[0]], strict=True)
    ]
    gap, before = max(gaps)
    return (before + gap // 2) % 360
