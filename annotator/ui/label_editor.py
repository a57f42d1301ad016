"""The labels of the project: names, keys, colours, order, guidelines. Each change is stored at once, and undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QSlider, QVBoxLayout, QWidget

from annotator.domain.changes import ChangeSet
from annotator.domain.edits import label_edits
from annotator.domain.models import BAND, FILL, KIND_CLAIM, KIND_DATE, KIND_NAME, Label
from annotator.session import Session
from annotator.ui import actions, paint, theme, wording
from annotator.ui.action_table import BY_ID
from annotator.ui.actions import Call
from annotator.ui.field import Field
from annotator.ui.keymap import Keymap
from annotator.ui.kit import Button, Segments, column, empty, frame, label, line, row, scrolled, tool
from annotator.ui.overlay import Overlay
from annotator.ui.picker import Picker

_STYLES = (FILL, BAND)
_KINDS = (KIND_NAME, KIND_DATE, KIND_CLAIM)


class _Row(Button):
    """A label in the list."""

    def __init__(self, shown: Label) -> None:
        super().__init__(wording.label_name(shown), kind="text", height=40)
        self.shown = shown
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        paint.row_ground(painter, rect, self.isChecked(), self.underMouse(), focused=False)
        side = now.px(12)
        square = QRectF(now.px(20), (rect.height() - side) / 2, side, side)
        paint.swatch(painter, square, now.label(self.shown.hue).strong)
        right = rect.right() - now.px(20)
        if self.shown.key:
            wide, high = paint.cap_width(self.shown.key), now.px(18)
            right -= wide
            paint.cap(painter, QRectF(right, (rect.height() - high) / 2, wide, high), self.shown.key)
        words = QRectF(square.right() + now.px(12), 0, right - square.right() - now.px(20), rect.height())
        paint.text(painter, words, self.shown.name, now.font("medium"))


class _Hue(QSlider):
    """The colours on a line; what is chosen is told when the slider is let go."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, 359)
        self.setPageStep(15)
        self.setFixedHeight(theme.current().px(32))
        self.actionTriggered.connect(
            lambda _: None if self.isSliderDown() else self.chosen.emit(self.sliderPosition())
        )
        self.sliderReleased.connect(lambda: self.chosen.emit(self.value()))

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), theme.current().px(32))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._follow(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        self.setValue(round(359 * min(max(event.position().x() / max(1, self.width() - 1), 0.0), 1.0)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        steps, high = 36, now.px(12)
        wide = self.width() / steps
        top = (self.height() - high) / 2
        for step in range(steps):
            painter.fillRect(QRectF(step * wide, top, wide + 0.5, high), now.label(step * 10).strong)
        x = self.value() / 359 * (self.width() - 1)
        mark = QRectF(
            min(max(x - now.px(5), 0), self.width() - now.px(10)),
            top - now.px(4),
            now.px(10),
            high + now.px(8),
        )
        paint.rounded(painter, mark, now.px(4), now.label(self.value()).strong, now.color("ink"), line=2)


class LabelEditor(Overlay):
    """A list at the left, the label that is chosen at the right."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        attempt: Callable[[Call], None],
        remove: Callable[[Label, Label | None], object],
        keymap: Keymap,
    ) -> None:
        super().__init__(window, 840, 600)
        self._session = session
        self._attempt, self._remove, self._keymap = attempt, remove, keymap
        self._chosen: int | None = None
        self._rows = column(gap=0)
        listed = QWidget()
        listed.setLayout(column(frame(self._rows), None, gap=0, margins=(4, 4, 4, 0)))
        add = Button(self.tr("Add a label"), "plus", "ghost")
        add.clicked.connect(lambda _=False: self._add())
        left = column(gap=0, margins=(0, 0, 0, 8))
        left.addWidget(scrolled(listed), 1)
        left.addWidget(frame(row(add, None, margins=(12, 0, 0, 0))))
        body = row(frame(left, width=272), line(vertical=True), gap=0)
        body.addLayout(self._form(), 1)
        head = row(
            label(self.tr("Labels"), "head"),
            None,
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        box = column(frame(head, height=56), line(), gap=0)
        box.addLayout(body, 1)
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Labels"))
        self._fill()
        self.open(self._name)

    def close_card(self) -> None:
        self._store_words()
        super().close_card()

    def _form(self) -> QVBoxLayout:
        self._name, self._key = Field(self.tr("Name")), Field(self.tr("Key"))
        self._key.setMaxLength(1)
        self._key.setFixedWidth(theme.current().px(56))
        self._hue = _Hue()
        self._hue.setAccessibleName(self.tr("Colour"))
        self._style = Segments([self.tr("Box"), self.tr("Band under the words")])
        self._kind = Segments([self.tr("Name"), self.tr("Date"), self.tr("Claim")])
        self._about = QPlainTextEdit()
        self._about.setObjectName("field")
        self._about.setAccessibleName(self.tr("Guideline"))
        self._about.setTabChangesFocus(True)
        self._said = label("", "small", wrap=True)
        up = tool("chevron-up", self.tr("Up"), call=lambda: self._move(-1))
        down = tool("chevron-down", self.tr("Down"), call=lambda: self._move(1))
        self._out = Button(self.tr("Delete the label"), "trash-2", "ghost")
        self._out.clicked.connect(lambda _=False: self._ask_out())
        for field in (self._name, self._key):
            field.editingFinished.connect(self._store_words)
        self._hue.chosen.connect(lambda hue: self._do(label_edits.change(self._label(), hue=hue)))
        self._style.chosen.connect(lambda n: self._do(label_edits.change(self._label(), style=_STYLES[n])))
        self._kind.chosen.connect(lambda n: self._do(label_edits.change(self._label(), kind=_KINDS[n])))
        form = column(gap=12, margins=(24, 16, 24, 12))
        form.addLayout(row(self._name, self._key, up, down))
        for words, widget in (
            (self.tr("Colour"), self._hue),
            (self.tr("Drawn as"), self._style),
            (self.tr("Links to"), self._kind),
        ):
            what = label(words, "second")
            what.setFixedWidth(theme.current().px(96))
            form.addLayout(row(what, widget, *(() if widget is self._hue else (None,))))
        form.addWidget(label(self.tr("Guideline: what counts, where it ends"), "section"))
        form.addWidget(self._about, 1)
        form.addLayout(row(self._out, None))
        form.addWidget(self._asked())
        form.addWidget(self._said)
        return form

    def _asked(self) -> QWidget:
        """What becomes of the spans of a label that is to go; in sight when that was asked."""
        self._what = label("", "strong", wrap=True)
        self._to = Picker(self.tr("Relabel them"), [self.tr("Relabel them…")])
        self._to.chosen.connect(self._hand_over)
        gone, kept = Button(self.tr("Delete them too"), "x"), Button(self.tr("Keep them"))
        kept.setToolTip(self.tr("The label stays to its spans, without a key, behind the others."))
        gone.clicked.connect(lambda _=False: self._take_out(None))
        kept.clicked.connect(lambda _=False: self._do(label_edits.put_away(self._labels(), self._label())))
        self._ask = frame(column(self._what, frame(row(self._to, gone, kept, None))))
        self._ask.hide()
        return self._ask

    def _ask_out(self) -> None:
        """Delete the label; where it has spans, ask first what becomes of them."""
        chosen = self._label()
        used = self._session.store.label_use(chosen.id).spans
        if not used:
            self._take_out(None)
            return
        spans = wording.counted(used, self.tr("1 span has"), self.tr("{n} spans have"))
        self._what.setText(
            self.tr("{spans} the label {name}. What becomes of them?").format(
                spans=spans, name=wording.label_name(chosen)
            )
        )
        self._others = [one for one in self._labels() if one.id != chosen.id]
        self._to.put([self.tr("Relabel them…"), *map(wording.label_name, self._others)])
        self._ask.show()

    def _hand_over(self, number: int) -> None:
        if number:
            self._take_out(self._others[number - 1])

    def _take_out(self, to: Label | None) -> None:
        """One step. A large one is written beside the window: the card closes."""
        chosen = self._label()
        self._remove(chosen, to)
        if any(one.id == chosen.id for one in self._labels()):
            super().close_card()
        else:
            self._fill()

    def _labels(self) -> list[Label]:
        return self._session.labels()

    def _label(self) -> Label:
        return next(one for one in self._labels() if one.id == self._chosen)

    def _fill(self) -> None:
        """Show the labels as they are stored, and the one that is chosen."""
        labels = self._labels()
        if self._chosen not in {one.id for one in labels}:
            self._chosen = labels[0].id if labels else None
        empty(self._rows)
        for one in labels:
            made = _Row(one)
            made.setChecked(one.id == self._chosen)
            made.clicked.connect(lambda _=False, number=one.id: self._choose(number))
            self._rows.addWidget(made)
        if self._chosen is None:
            return
        chosen = self._label()
        self._name.setText(chosen.name)
        self._key.setText(chosen.key or "")
        self._hue.setValue(chosen.hue)
        self._style.set_on(_STYLES.index(chosen.style))
        self._kind.set_on(_KINDS.index(chosen.kind))
        if self._about.toPlainText() != chosen.description:
            self._about.setPlainText(chosen.description)
        self._ask.hide()
        self._said.setText("")

    def _choose(self, number: int) -> None:
        self._store_words()
        self._chosen = number
        self._fill()

    def _add(self) -> None:
        self._store_words()
        taken = {one.name for one in self._labels()}
        name = next(name for n in range(1, 1000) if (name := self.tr("LABEL {n}").format(n=n)) not in taken)
        self._do(label_edits.add(self._labels(), name))
        self._chosen = self._labels()[-1].id
        self._fill()
        self._name.setFocus()
        self._name.selectAll()

    def _store_words(self) -> None:
        """Store name, key and guideline. One that is taken or empty is said, and not stored."""
        if self._chosen is None:
            return
        chosen = self._label()
        others = [one for one in self._labels() if one.id != chosen.id]
        name, key = self._name.text().strip(), self._key.text().strip() or None
        if not name or name in {one.name for one in others}:
            self._said.setText(self.tr("A label needs a name of its own."))
            name = chosen.name
        if key is not None and key in {one.key for one in others}:
            self._said.setText(self.tr("The key {key} belongs to another label.").format(key=key))
            key = chosen.key
        elif key is not None and (rival := self._keymap.rival(key.upper())) is not None:
            said = self.tr("{key} already does “{act}” in the text.")
            self._said.setText(said.format(key=key.upper(), act=actions.words(BY_ID[rival])))
            key = chosen.key
        about = self._about.toPlainText().strip()
        self._do(label_edits.change(chosen, name=name, key=key, description=about))

    def _move(self, step: int) -> None:
        self._do(label_edits.move(self._labels(), self._label(), step))

    def _do(self, change: ChangeSet) -> None:
        if change:
            self._attempt(lambda _: self._session.decide(change))
            self._fill()
