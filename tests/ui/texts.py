"""Every text of the window, as it stands in the code: what a catalogue has to translate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from annotator.ui.action_table import TABLE
from annotator.ui.actions import Group

UI = Path(__file__).resolve().parents[2] / "annotator" / "ui"
_CALLS = {"tr": 0, "_tr": 0, "translate": 1}
"""The place of the text among the arguments."""


def texts() -> dict[str, str]:
    """Text -> the file where it stands. A text that is no constant is a bug of the file: AssertionError."""
    found = {spec.text: "action_table.py" for spec in TABLE}
    found |= {spec.hint: "action_table.py" for spec in TABLE if spec.hint}
    found |= {group.value: "actions.py" for group in Group}
    for path in sorted(UI.rglob("*.py")):
        for text in _texts(path):
            found.setdefault(text, path.name)
    return found


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = _CALLS.get(name)
        if place is None or len(node.args) <= place:
            continue
        if place and isinstance(node.args[0], ast.Constant) and node.args[0].value == "QShortcut":
            continue  # Qt's own catalogue has the names of keys
        given = node.args[place]
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value
        else:
            assert _passes_on(given), f"{path.name}, line {node.lineno}: this text cannot be found"


def _passes_on(given: ast.expr) -> bool:
    """Whether the text comes from a table that is read as such: `spec.text`, `group.value`, an argument."""
    return isinstance(given, ast.Attribute | ast.Name)
