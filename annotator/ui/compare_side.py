"""One reviewer's version of a difference: the words in the text as they have them, and what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.conflicts import Opinion
from annotator.domain.models import ACCEPTED, BAND, Label
from annotator.ui import paint, theme, wording
from annotator.ui.kit import Button, Cut, column, frame, row
from annotator.ui.quote import Passage, Quote, cut

_BEFORE, _AFTER = 120, 320
"""Characters of the text on either side: the place itself must stay in sight."""
_LINES = 11


class _Chip(QWidget):
    """A label as it stands in lists, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._label: Label | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, found: Label | None) -> None:
        self._label = found
        self.setVisible(found is not None)
        self.setAccessibleName(found.name if found is not None else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = paint.chip_width(self._label.name) if self._label is not None else 0
        return QSize(round(wide + 1), theme.current().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._label is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.chip(painter, QRectF(self.rect()), self._label.name, self._label.hue)


class Side(QWidget):
    """`names` gives an entity's name, and the name of a type of role."""

    def __init__(
        self,
        labels: Mapping[int, Label],
        entity: Callable[[int], str],
        role: Mapping[int, str],
        words: str,
        key: str,
        choose: Callable[[], object],
    ) -> None:
        super().__init__()
        self._labels, self._entity, self._roles = labels, entity, role
        self._who, self._when = Cut("", "title"), Cut("", "small")
        self._quote, self._chip, self._facts = Quote(15, _LINES), _Chip(), Cut("", "body")
        self._more = Cut("", "second")
        self.button = Button(words, "", "normal", key)
        self.button.clicked.connect(lambda _=False: choose())
        facts = row(self._chip, self._facts, gap=8)
        inside = column(self._who, self._when, 6, self._quote, 6, gap=2, margins=(16, 14, 16, 14))
        inside.addWidget(frame(facts, height=26))
        inside.addWidget(self._more)
        inside.addStretch(1)
        inside.addWidget(self.button)
        self.setLayout(column(frame(inside, "card"), gap=0))

    def show_opinion(self, who: str, opinion: Opinion | None, text: str, place: tuple[int, int]) -> None:
        """`place` is where the other side has it, where this one has nothing."""
        start, end = (opinion.span.start, opinion.span.end) if opinion is not None else place
        before, after = cut(text, start, end, _BEFORE)[0], cut(text, start, end, _AFTER)[1]
        self._who.setText(who)
        if opinion is None:
            self._when.setText("")
            self._quote.show_passage(Passage(before + text[start:end] + after, "", ""), _LINES)
            self._chip.show_label(None)
            self._facts.setText(_tr("no span here"))
            self._more.setText("")
            return
        span, label = opinion.span, self._labels[opinion.span.label]
        accepted = span.state == ACCEPTED
        when = wording.day(span.at)
        self._when.setText(" · ".join(part for part in (span.by, when) if part) or _tr("came in with a file"))
        marked = Passage(before, text[start:end], after, label.hue if accepted else None, label.style == BAND)
        self._quote.show_passage(marked, _LINES)
        self._chip.show_label(label)
        linked = (
            _tr("linked to {name}").format(name=self._entity(opinion.entity))
            if opinion.entity is not None
            else ""
        )
        state = _tr("accepted") if accepted else _tr("rejected")
        self._facts.setText(" · ".join(part for part in (state, linked, span.mod or "") if part))
        roles = [f"{self._roles[type_]}: {self._entity(entity)}" for type_, entity in sorted(opinion.roles)]
        note = _tr("note: {words}").format(words=wording.plain(span.note, 80)) if span.note else ""
        self._more.setText(" · ".join(part for part in (*roles, note) if part))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
