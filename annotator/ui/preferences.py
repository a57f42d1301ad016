"""What a person sets for all projects. Each change holds at once; nothing is to be stored or confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QWidget

from annotator.settings import Settings
from annotator.ui import theme, translations
from annotator.ui.appearance import COLUMNS, SIZES, THEMES, ZOOMS
from annotator.ui.field import Field
from annotator.ui.kit import (
    Button,
    Choice,
    Item,
    Segments,
    Stepper,
    column,
    frame,
    label,
    line,
    row,
    scrolled,
    tool,
)
from annotator.ui.overlay import Overlay

Choose = Callable[[str, object], object]


class PreferencesCard(Overlay):
    """`choose` gets the name of a setting and its new value; `first` names the row that has the focus."""

    def __init__(
        self, window: QWidget, settings: Settings, choose: Choose, keys: Callable[[], object], first: str = ""
    ) -> None:
        super().__init__(window, 680, 672)
        self._settings, self._choose, self._keys = settings, choose, keys
        self._rows: dict[str, QWidget] = {}
        rows: list[Item] = [self._head(self.tr("Window")), *self._window_rows(), 12]
        rows += [self._head(self.tr("Article")), *self._article_rows(), 12]
        rows += [self._head(self.tr("Keys and person")), *self._person_rows(), None]
        body = QWidget()
        body.setLayout(column(*rows, gap=6, margins=(24, 12, 24, 16)))
        head = row(
            *(label(self.tr("Preferences"), "head"), None),
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        box = column(frame(head, height=56), line(), gap=0)
        box.addWidget(scrolled(body), 1)
        box.addWidget(line())
        foot = label(self.tr("Changes hold at once, for all projects of this person."), "second")
        box.addWidget(frame(row(foot, None, margins=(24, 0, 24, 0)), height=44))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Preferences"))
        asked = self._rows.get(first, self._rows["theme"])
        self.open(asked if asked in self._focusable() else self._first_in(asked))

    def _first_in(self, part: QWidget) -> QWidget:
        """What of a row takes the focus: the choice that is on, else the first one."""
        buttons = [one for one in part.findChildren(Button) if one.isEnabled()]
        return next((one for one in buttons if one.isChecked()), buttons[0] if buttons else part)

    # Rows

    def _window_rows(self) -> Sequence[QFrame]:
        names = [self.tr("As the system"), self.tr("Light"), self.tr("Dark")]
        languages = ["", *translations.LANGUAGES]
        shown = [self.tr("As the system"), *translations.LANGUAGES.values()]
        return (
            self._row("theme", self.tr("Colours"), self._segments("theme", THEMES, names)),
            self._row("size", self.tr("Size of the window’s parts"), self._stepper("size", SIZES)),
            self._row("language", self.tr("Language"), self._pick("language", languages, shown)),
        )

    def _article_rows(self) -> Sequence[QFrame]:
        widths = [self.tr("{n} pixels").format(n=width) for width in COLUMNS]
        faces = list(dict.fromkeys((theme.SERIF, theme.SANS, *QFontDatabase.families())))
        lines = [self.tr("With labels above"), self.tr("Compact")]
        return (
            self._row("zoom", self.tr("Size of the text"), self._stepper("zoom", ZOOMS)),
            self._row("face", self.tr("Typeface"), self._pick("face", faces, faces)),
            self._row("column", self.tr("Width of the text"), self._pick("column", COLUMNS, widths)),
            self._row("compact", self.tr("Lines"), self._segments("compact", (False, True), lines)),
        )

    def _person_rows(self) -> Sequence[QFrame]:
        words = [self.tr("On"), self.tr("Off")]
        change = Button(self.tr("Change the keys…"), "keyboard")
        change.clicked.connect(lambda _=False: self._to_keys())
        name = Field(self.tr("the login name"))
        name.setText(str(self._settings["reviewer"]))
        name.editingFinished.connect(lambda: self._choose("reviewer", name.text().strip()))
        single = row(self._segments("single_keys", (True, False), words), change, None)
        return (
            self._row("reviewer", self.tr("Reviewer’s name"), name),
            self._row("single_keys", self.tr("Keys without Ctrl or Alt"), frame(single)),
        )

    def _head(self, words: str) -> QWidget:
        return frame(row(label(words, "section"), None), height=28)

    def _row(self, name: str, words: str, control: QWidget) -> QFrame:
        said = label(words, "second")
        said.setFixedWidth(theme.current().px(208))
        control.setAccessibleName(words)
        self._rows[name] = control
        stretch = () if isinstance(control, Field) else (None,)
        return frame(row(said, control, *stretch), height=40)

    def _segments(self, name: str, values: Sequence[object], words: list[str]) -> Segments:
        made = Segments(words, values.index(self._settings[name]) if self._settings[name] in values else 0)
        made.chosen.connect(lambda number: self._choose(name, values[number]))
        return made

    def _pick(self, name: str, values: Sequence[object], words: Sequence[str]) -> Choice:
        now = self._settings[name]
        made = Choice(name, words, values.index(now) if now in values else -1)
        made.setMinimumWidth(theme.current().px(240))
        made.activated.connect(lambda number: self._choose(name, values[number]))
        return made

    def _stepper(self, name: str, steps: Sequence[float]) -> Stepper:
        made = Stepper(self.tr("Smaller"), self.tr("Larger"))

        def at() -> int:
            now = cast(float, self._settings[name])
            return min(range(len(steps)), key=lambda number: abs(steps[number] - now))

        def show() -> None:
            made.show_value(f"{steps[at()]:.0%}", least=at() == 0, most=at() == len(steps) - 1)

        def step(by: int) -> None:
            self._choose(name, steps[min(max(at() + by, 0), len(steps) - 1)])
            show()

        made.stepped.connect(step)
        show()
        return made

    def _to_keys(self) -> None:
        self.close_card()
        self._keys()
