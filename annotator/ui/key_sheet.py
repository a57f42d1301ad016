"""All keys on one sheet, from the action table; and the same as docs/keyboard.md."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from annotator.ui import paint, theme
from annotator.ui.action_table import BY_ID, TABLE
from annotator.ui.actions import Group, Zone, shown
from annotator.ui.field import Field
from annotator.ui.keymap import SETS, Keymap
from annotator.ui.kit import Cut, KeyCap, column, empty, frame, label, line, row, scrolled, tool
from annotator.ui.overlay import Overlay

COLUMNS = (
    (
        (Group.DECIDE, Group.BOUNDARIES),
        (Group.GO, Group.LINK, Group.ENTITY),
        (Group.EDIT, Group.VIEW, Group.PROJECT, Group.REVIEWERS, Group.HELP),
    ),
    (
        (Group.DECIDE, Group.BOUNDARIES, Group.LINK, Group.ENTITY),
        (Group.GO, Group.EDIT, Group.VIEW, Group.PROJECT, Group.REVIEWERS, Group.HELP),
    ),
)
"""Three columns, or two where the words would be cut in three."""
_CAPS = 156
"""Room for the keys of a row, in token pixels."""


class KeyRow(NamedTuple):
    keys: list[str]
    text: str
    zone: Zone


def rows(group: Group, keymap: Keymap) -> list[KeyRow]:
    """The acts of a group that have a key. Ways to one act stand in one row, digits as a range."""
    found: dict[str, KeyRow] = {}
    for spec in TABLE:
        keys = keymap.keys(spec.id)
        if spec.group is not group or not keys:
            continue
        known = found.get(spec.text)
        if known is None:
            found[spec.text] = KeyRow(list(keys), spec.text, spec.zone)
        else:
            known.keys.extend(key for key in keys if key not in known.keys)
    return [entry._replace(keys=_ranges(entry.keys)) for entry in found.values()]


def _ranges(keys: list[str]) -> list[str]:
    """`1, 2, 3, ... 9` as `1 to 9`, also behind a held key."""
    folded: list[str] = []
    run: list[str] = []
    for key in [*keys, ""]:
        if run and key[:-1] == run[-1][:-1] and key[-1:].isdigit() and int(key[-1]) == int(run[-1][-1]) + 1:
            run.append(key)
            continue
        if len(run) > 2:
            folded.append(f"{run[0]}…{run[-1][-1]}")
        else:
            folded.extend(run)
        run = [key] if key[-1:].isdigit() and not key.startswith("F") else []
        if key and not run:
            folded.append(key)
    return folded


def markdown() -> str:
    """docs/keyboard.md."""
    parts = ["# Keys", "", "Made from the action table (`annotator/ui/action_table.py`): `make keys`.", ""]
    parts += ["A key without Ctrl, Alt or F works where its row says; in a text field it types.", ""]
    keymap = Keymap()
    for group in Group:
        entries = rows(group, keymap)
        if entries:
            parts += [f"## {group.value}", "", "| Key | What it does | Where |", "|---|---|---|"]
            for entry in entries:
                keys = ", ".join(f"`{key}`" for key in dict.fromkeys(map(shown, entry.keys)))
                parts.append(f"| {keys} | {entry.text} | {entry.zone.value} |")
            parts.append("")
    parts += _sets()
    return "\n".join(parts)


def _sets() -> list[str]:
    """What the sets for people from elsewhere change."""
    parts = ["## Keys for people who come from elsewhere", "", "Help, Change the keys has them."]
    for name, changed in SETS.items():
        if changed:
            parts += ["", f"| {name} | What it does |", "|---|---|"]
        for action, keys in changed.items():
            faces = ", ".join(f"`{shown(key)}`" for key in keys.split())
            parts.append(f"| {faces} | {BY_ID[action].text} |")
    return [*parts, ""]


class KeySheet(Overlay):
    """The sheet behind `?`. A field narrows it to what somebody looks for."""

    def __init__(self, window: QWidget, keymap: Keymap) -> None:
        super().__init__(window, 1160, 640)
        self._keymap = keymap
        self._field = Field(self.tr("Filter keys"), "search")
        self._field.setFixedWidth(theme.current().px(224))
        self._field.textChanged.connect(self._fill)
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        head = row(label(self.tr("Keys"), "head"), None, self._field, close, margins=(24, 12, 12, 12))
        self._body = row(gap=32, margins=(24, 12, 24, 16))
        inner = QWidget()
        inner.setLayout(self._body)
        foot = label(
            self.tr("Single keys work while the text has the focus. In a text field they type."), "second"
        )
        box = column(frame(head, height=56), line(), gap=0)
        box.addWidget(scrolled(inner), 1)
        box.addWidget(line())
        box.addWidget(frame(row(foot, None, margins=(24, 0, 24, 0)), height=40))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Keys"))
        self._fill("")  # before it is seen: the rows would be squeezed in the first picture
        self.open(self._field)

    def _fill(self, wanted: str) -> None:
        empty(self._body)
        needle = wanted.casefold()
        for groups in self._columns():
            made = column(gap=0)
            for group in groups:
                name = QCoreApplication.translate("menus", group.value)
                found = [entry for entry in rows(group, self._keymap) if self._fits(entry, needle)]
                if found:
                    made.addWidget(frame(row(label(name, "section"), None), height=28))
                    for entry in found:
                        made.addWidget(self._line(entry))
                    made.addSpacing(theme.current().px(12))
            made.addStretch(1)
            self._body.addLayout(made, 1)

    def _columns(self) -> tuple[tuple[Group, ...], ...]:
        now = theme.current()
        said = (QCoreApplication.translate("actions", spec.text) for spec in TABLE)
        widest = max(paint.width(words, now.font()) for words in said)
        each = (self.card.width() - now.px(48 + 2 * 32 + 12)) / len(COLUMNS[0])
        return COLUMNS[0] if widest <= each - now.px(_CAPS + 8) else COLUMNS[1]

    def _fits(self, entry: KeyRow, needle: str) -> bool:
        text = QCoreApplication.translate("actions", entry.text)
        return needle in text.casefold() or any(needle == shown(key).casefold() for key in entry.keys)

    def _line(self, entry: KeyRow) -> QFrame:
        faces = list(dict.fromkeys(shown(key) for key in entry.keys))
        caps = row(*(KeyCap(face) for face in faces[:2]), None, gap=4)
        words = Cut(QCoreApplication.translate("actions", entry.text))
        box = row(frame(caps, width=_CAPS))
        box.addWidget(words, 1)
        return frame(box, height=27)
