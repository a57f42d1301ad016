"""Qt's actions made from the table, bound to the zones of one window."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenuBar, QWidget

from annotator.domain.models import Label
from annotator.ui import icons, quiet
from annotator.ui.action_table import BY_ID, LABELS, TABLE
from annotator.ui.actions import Call, Group, Needs, Spec, Zone, shown, words
from annotator.ui.keymap import Keymap, is_bare, zone_of
from annotator.ui.kit import Button, name_tool

if TYPE_CHECKING:
    from annotator.ui.window import Window


class Bindings(QObject):
    """The actions of one window by their id."""

    def __init__(self, window: Window, keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {spec.id: self._make(spec) for spec in TABLE}
        self._held: Set[Needs] | None = None
        self._over: Zone | None = None
        self._in_text: dict[str, QAction] = {}  # for the bare keys of acts of the whole window
        window.addActions([self[spec.id] for spec in TABLE if spec.zone is Zone.WINDOW])
        self.set_keymap(keymap)

    def __getitem__(self, action: str) -> QAction:
        return self._actions[action]

    def bind(self, zone: Zone, *widgets: QWidget) -> None:
        """Let the keys of a zone work while one of these widgets, or a child of it, has the focus."""
        found = [self[spec.id] for spec in TABLE if spec.zone is zone]
        if zone is Zone.TEXT:
            found += self._in_text.values()
        for widget in widgets:
            widget.addActions(found)

    def set_keymap(self, keymap: Keymap) -> None:
        """Take other keys. Buttons and hints that stand there show the old ones until they are made anew."""
        self.keymap = keymap
        for spec in TABLE:
            bare = spec.zone is Zone.WINDOW and any(is_bare(key) for key in keymap.wanted(spec.id))
            if bare and spec.id not in self._in_text:
                self._in_text[spec.id] = self._make_twin(spec)
        self._give_keys()

    def lay_over(self, zone: Zone | None) -> None:
        """Let the keys of a zone stand over those of the text, or (None) no longer."""
        if zone is not self._over:
            self._over = zone
            self._give_keys()

    def refresh(self, held: Set[Needs]) -> None:
        """Enable what is possible now. A disabled key goes to the widget, as if it were not bound."""
        if held == self._held:
            return
        self._held = frozenset(held)
        for spec in TABLE:
            self[spec.id].setEnabled(spec.needs in held)

    def set_texts(self) -> None:
        """Take the words of another language."""
        for spec in TABLE:
            self[spec.id].setText(words(spec))

    def set_labels(self, labels: Sequence[Label]) -> None:
        """Give the label actions the names and keys of the project's labels, in their order."""
        for number in range(1, LABELS + 1):
            action = self[f"label.{number}"]
            label = labels[number - 1] if number <= len(labels) else None
            action.setVisible(label is not None)
            if label is not None:
                action.setText(label.name)
        keys = [label.key for label in labels[:LABELS]]
        self.keymap.set_labels(keys + [None] * (LABELS - len(keys)) if keys else [])
        self._give_keys()

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus. Every action of the table that is one of its own stands in them."""
        for group in Group:
            menu = bar.addMenu(QCoreApplication.translate("menus", group.value))
            for spec in TABLE:
                if spec.group is group and spec.menu:
                    if spec.rule:
                        menu.addSeparator()
                    menu.addAction(self[spec.id])

    def retint(self) -> None:
        """Draw the icons in the colours of the theme."""
        for spec in TABLE:
            self[spec.id].setIcon(icons.icon(spec.icon) if spec.icon else QIcon())

    def button(self, action: str, kind: str = "normal", face: str | None = None, height: int = 32) -> Button:
        """A button for an action: same words, key, icon, and enabled with it."""
        spec = BY_ID[action]
        if kind == "tool":
            made = Button("", spec.icon, kind)
            name_tool(made, words(spec), self.key(action))
        else:
            made = Button(words(spec) if face is None else face, spec.icon, kind, self.key(action), height)
            made.setAccessibleDescription(self.key(action))
        self.connect_button(made, action)
        return made

    def connect_button(self, button: Button, action: str) -> None:
        """Let a button do what an action does, and be enabled with it."""
        bound = self[action]
        button.clicked.connect(lambda _=False: bound.trigger())
        button.setEnabled(bound.isEnabled())
        bound.enabledChanged.connect(button.setEnabled)
        if bound.isCheckable():
            button.setCheckable(True)
            button.setChecked(bound.isChecked())
            bound.toggled.connect(button.setChecked)

    def key(self, action: str) -> str:
        """The key that does it now, as a cap shows it; nothing where there is none."""
        found = self.keymap.keys(action)
        return shown(found[0]) if found else ""

    def way(self, action: str) -> str:
        """How a sentence names what does it: by its key, else by its words."""
        return self.key(action) or f"“{self[action].text()}”"

    def _give_keys(self) -> None:
        """Qt does nothing for a key that two actions have: what lies over the text takes it from there."""
        over = {key for spec in TABLE if spec.zone is self._over for key in self.keymap.keys(spec.id)}
        for spec in TABLE:
            keys = self.keymap.keys(spec.id)
            if spec.zone is Zone.COMPARE and spec.zone is not self._over:
                keys = []
            elif spec.zone is not self._over:
                keys = [key for key in keys if key not in over or zone_of(spec, key) is not Zone.TEXT]
            here = [QKeySequence(key) for key in keys if zone_of(spec, key) is spec.zone]
            self[spec.id].setShortcuts(here)
            if spec.id in self._in_text:
                there = [QKeySequence(key) for key in keys if zone_of(spec, key) is not spec.zone]
                self._in_text[spec.id].setShortcuts(there)

    def _make(self, spec: Spec) -> QAction:
        action = QAction(words(spec), self._window)
        action.setObjectName(spec.id)
        context = Qt.ShortcutContext.WindowShortcut
        if spec.zone is not Zone.WINDOW:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        action.setAutoRepeat(spec.repeat)
        action.setCheckable(spec.toggle)
        action.triggered.connect(lambda _=False, call=spec.call: self._act(call))
        return action

    def _act(self, call: Call) -> None:
        quiet.pressed()
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):
            field.editingFinished.emit()  # what is typed belongs to what is shown until now
        self._window.attempt(call)

    def _make_twin(self, spec: Spec) -> QAction:
        """Does in the text what an action of the whole window does."""
        action = self[spec.id]
        twin = QAction(self._window)
        twin.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        twin.setAutoRepeat(spec.repeat)
        twin.setEnabled(action.isEnabled())
        action.enabledChanged.connect(twin.setEnabled)
        twin.triggered.connect(lambda _=False: action.trigger())
        return twin
