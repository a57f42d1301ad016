"""The bar at the bottom: labels and keys at the left; the last act, undo and progress at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.models import Label
from annotator.ui import theme, wording
from annotator.ui.action_table import BY_ID, LABELS
from annotator.ui.actions import hint_of, shown, words
from annotator.ui.bindings import Bindings
from annotator.ui.ground import Ground
from annotator.ui.hints import Hint
from annotator.ui.kit import Bar, Cut, Icon, empty, label, line, row

WIDE = ("accept", "reject", "end", "start", "link.1", "entity")
NARROW = ("accept", "reject", "link.1")
COMPARE = ("compare.keep", "compare.take", "compare.next")
PAIRS = {"end": ("end.in", "end.out"), "start": ("start.in", "start.out")}
"""Two keys of opposite ways share one word."""


SAID, SAID_NARROW = 200, 160
"""What the last act has at least, in token pixels."""


class StatusBar(Ground):
    """Fixed places: what changes is the text of the last act, which is cut; the rest is not."""

    def __init__(self, bindings: Bindings) -> None:
        super().__init__("chrome")
        self.setAccessibleName(self.tr("Keys and progress"))
        self.setFixedHeight(theme.current().px(40))
        self._bindings = bindings
        self._labels: Sequence[Label] = ()
        self._narrow = False
        self._progress: tuple[int, int] | None = None
        self._shown: object = None
        self._keys = row(gap=12)
        self._hints: list[QWidget] = []
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        left.setLayout(self._keys)
        self._said = Cut("", "second")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._undo, self._redo = (self._way(name) for name in ("undo", "redo"))
        self._icon = Icon("undo-2", 14, "ink3")
        self._count = label("", "second")
        self._bar = Bar(6, 120)
        self._help = self._way("keys")
        box = row(left, gap=12, margins=(16, 0, 16, 0))
        box.addWidget(self._said, 1)
        self._rule = line(vertical=True, length=16)
        self._right = (self._icon, self._undo, self._redo, self._rule, self._count, self._bar, self._help)
        for widget in self._right:
            box.addWidget(widget)
        self.setLayout(box)
        self.say("")

    def set_labels(self, labels: Sequence[Label]) -> None:
        self._labels = labels[:LABELS]
        self._show_undo(shown_=bool(labels), undone=False)
        self.show_review()

    def show_review(self, *, selecting: bool = False) -> None:
        """The labels and the keys that decide, or those that go with a selection."""

        def hints() -> Iterator[QWidget]:
            yield from (self._label(number) for number in range(1, len(self._labels) + 1))
            if self._labels:
                yield line(vertical=True, length=16)
            if selecting:
                yield Hint([shown("Shift+Right")], self.tr("wider"))
                yield Hint(["Esc"], self.tr("drop the selection"))
            else:
                yield from (self._action(name) for name in (NARROW if self._narrow else WIDE))

        self._put(("review", selecting, self._narrow, tuple(self._labels)), hints())

    def show_compare(self) -> None:
        """The keys that settle differences; a label's decides anew."""

        def hints() -> Iterator[QWidget]:
            yield from (self._action(name) for name in COMPARE)
            yield line(vertical=True, length=16)
            yield from (self._label(number) for number in range(1, len(self._labels) + 1))

        self._put(("compare", tuple(self._labels)), hints())

    def show_picks(self, names: Sequence[str]) -> None:
        """Digits mean candidates now."""

        def hints() -> Iterator[QWidget]:
            yield Icon("link-2")
            yield label(self.tr("Pick the entity"), "strong")
            for number, name in enumerate(names, 1):
                yield Hint([self._bindings.key(f"pick.{number}")], name, look="solid")
            yield Hint([self._bindings.key("pick.entity")], self.tr("new"), look="solid")
            yield Hint(["Esc"], self.tr("back to the text"), look="solid")

        self._put(("picks", tuple(names)), hints())

    def show_armed(self, armed: Label) -> None:
        """What the mouse selects becomes a span of this label."""

        def hints() -> Iterator[QWidget]:
            colors = theme.current().label(armed.hue)
            yield Icon("highlighter")
            name = wording.label_name(armed)
            words_ = self.tr("Each selection becomes {label}").format(label=name)
            for hint in (
                Hint([self._bindings.key("arm")], words_, colors.strong, "solid"),
                Hint(["Esc"], self.tr("no longer")),
            ):
                hint.clicked.connect(self._bindings["arm"].trigger)
                yield hint

        self._put(("armed", armed), hints())

    def show_plain(self, actions: Sequence[str]) -> None:
        """The keys of another page."""
        self._put(("plain", tuple(actions)), (self._action(name) for name in actions))

    def _way(self, action: str) -> Hint:
        made = Hint([self._bindings.key(action)])
        made.setAccessibleName(words(BY_ID[action]))
        made.clicked.connect(self._bindings[action].trigger)
        return made

    def _put(self, what: object, hints: Iterator[QWidget]) -> None:
        """Show other hints; they are made only where they are not the ones that stand there."""
        if what == self._shown:
            return
        self._shown = what
        empty(self._keys)
        self._hints = list(hints)
        for hint in self._hints:
            self._keys.addWidget(hint)
        self._fit()

    def _fit(self) -> None:
        """Leave the last act its room: hints that have none are not shown, from the right."""
        now = theme.current()
        shown_ = (widget for widget in self._right if not widget.isHidden())
        right = sum(min(one.sizeHint().width(), one.maximumWidth()) + now.px(12) for one in shown_)
        room = self.width() - right - now.px((SAID_NARROW if self._narrow else SAID) + 16 + 16 + 12)
        for widget in self._hints:
            room -= widget.sizeHint().width() + now.px(12)
            widget.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _label(self, number: int) -> Hint:
        found = self._labels[number - 1]
        colors = theme.current().label(found.hue)
        name = wording.label_name(found)
        made = Hint([self._bindings.key(f"label.{number}")], name, colors.strong)
        made.clicked.connect(self._bindings[f"label.{number}"].trigger)
        return made

    def _action(self, name: str) -> Hint:
        pair = PAIRS.get(name, (name,))
        made = Hint([self._bindings.key(action) for action in pair], hint_of(BY_ID[pair[-1]]))
        made.clicked.connect(self._bindings[pair[-1]].trigger)
        return made

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._bar.setFixedWidth(theme.current().px(64 if narrow else 120))
            self._help.setVisible(not narrow)
            self._show_progress()

    def retint(self) -> None:
        """Other colours: what is shown next is made anew."""
        self._shown = None

    def say(self, words: str, *, undone: bool = False) -> None:
        """What the last act did. After an undo the key beside it is that of redo."""
        self._said.setText(words)
        self._icon.show_icon("redo-2" if undone else "undo-2", "ink3")
        self._show_undo(shown_=True, undone=undone)

    def _show_undo(self, *, shown_: bool, undone: bool) -> None:
        """The key that takes the last act back; none while no project is open."""
        self._icon.setVisible(shown_)
        self._rule.setVisible(shown_)
        self._redo.setVisible(shown_ and undone)
        self._undo.setVisible(shown_ and not undone)

    def show_progress(self, decided: int, total: int) -> None:
        if (decided, total) != self._progress:
            self._progress = decided, total
            self._show_progress()

    def _show_progress(self) -> None:
        decided, total = self._progress or (0, 0)
        words = self.tr("{decided} of {total} suggestions decided").format(decided=decided, total=total)
        short = self.tr("{decided} of {total}").format(decided=decided, total=total)
        self._count.setText("" if not total else short if self._narrow else words)
        self._bar.set_part(decided / total if total else 0.0, words)
        self._bar.setVisible(total > 0)
        self._fit()
