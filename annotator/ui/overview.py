"""How far the project is, and where the model errs: counts, a bar for each label, the last days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from annotator.domain.models import Label
from annotator.session import Session
from annotator.store.overview import Day, Outcome
from annotator.ui import paint, theme, wording
from annotator.ui.kit import Bar, column, frame, label, line, row, scrolled, tool
from annotator.ui.overlay import Overlay

_DAYS = 30


class _Share(QWidget):
    """What became of a label's suggestions, as parts of one bar. Its name says the numbers."""

    def __init__(self, hue: int, parts: Sequence[int], words: str) -> None:
        super().__init__()
        self._hue, self._parts = hue, parts
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(220), theme.current().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total, x = sum(self._parts), 0.0
        paint.rounded(painter, QRectF(self.rect()), now.px(3), now.color("sunken"))
        for part, color in zip(self._parts, self._colors(), strict=True):
            wide = self.width() * part / total if total else 0.0
            painter.fillRect(QRectF(x, 0, max(0.0, wide - 1), self.height()), color)
            x += wide

    def _colors(self) -> list[QColor]:
        """From right to wrong: strong, band, weak with ink between, grey."""
        now = theme.current()
        own = now.label(self._hue)
        return [own.strong, own.band, own.fill, now.color("edge")]


class _Pace(QWidget):
    """Decisions a day as columns; the highest one has its number."""

    def __init__(self, days: Sequence[Day]) -> None:
        super().__init__()
        self._days = days
        self.setAccessibleName(", ".join(f"{wording.day(one.day)}: {one.decisions}" for one in days))
        self.setFixedHeight(theme.current().px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((one.decisions for one in self._days), default=0)
        step = min(self.width() / max(1, len(self._days)), now.px(72))
        floor, room = self.height() - now.px(18), self.height() - now.px(40)
        for number, one in enumerate(self._days):
            high = room * one.decisions / most
            column_ = QRectF(number * step + 2, floor - high, step - 6, high)
            paint.rounded(painter, column_, now.px(3), now.color("ink2"))
            above = QRectF(number * step, floor - high - now.px(18), step - 2, now.px(18))
            below = QRectF(number * step, floor, step - 2, now.px(18))
            if step >= now.px(40) or one.decisions == most:
                paint.text(
                    painter, above, str(one.decisions), now.font("caption"), "ink2", align=paint.CENTER
                )
            if step >= now.px(56):
                words = wording.day(one.day).rpartition(" ")[0]
                paint.text(painter, below, words, now.font("caption"), "ink3", align=paint.CENTER)


class OverviewCard(Overlay):
    """Counts, not decoration; nothing is decided here."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window, 920, 620)
        counts = session.store.counts()
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        head = row(label(self.tr("Overview"), "head"), None, close, margins=(24, 0, 12, 0))
        inner = column(
            self._progress(counts),
            16,
            label(self.tr("What became of the suggestions"), "section"),
            self._outcomes(session.labels(), session.store.outcomes()),
            label(self._legend(), "small", wrap=True),
            16,
            label(self.tr("Decisions a day"), "section"),
            self._pace(session.store.days(_DAYS)),
            None,
            margins=(24, 16, 24, 16),
        )
        body = QWidget()
        body.setLayout(inner)
        box = column(frame(head, height=56), line(), gap=0)
        box.addWidget(scrolled(body), 1)
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Overview"))
        self.open(close)

    def _progress(self, counts: dict[str, int]) -> QWidget:
        shown = row(gap=32)
        decided = counts["accepted"] + counts["rejected"]
        for number, total, words in (
            (counts["done"], counts["documents"], self.tr("articles done")),
            (decided, decided + counts["suggested"], self.tr("spans decided")),
            (counts["links"], counts["accepted"], self.tr("accepted spans linked")),
        ):
            bar = Bar(6)
            share = self.tr("{number} of {total}").format(number=number, total=total)
            bar.set_part(number / total if total else 0.0, f"{share} {words}")
            shown.addWidget(frame(column(label(share, "number"), label(words, "second"), bar, gap=6)), 1)
        return frame(shown)

    def _outcomes(self, labels: Sequence[Label], found: Sequence[Outcome]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(16))
        grid.setVerticalSpacing(theme.current().px(10))
        heads = ("", self.tr("as suggested"), self.tr("refitted"), self.tr("relabelled"), self.tr("rejected"), "",
                 self.tr("added"), self.tr("undecided"))  # fmt: skip
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "small"), 0, place)
        for number, (one, outcome) in enumerate(zip(labels, found, strict=True), 1):
            parts = outcome[1:5]
            grid.addWidget(label(one.name, "strong"), number, 0)
            for place, part in enumerate(parts, 1):
                grid.addWidget(label(_share(part, outcome.decided)), number, place)
            said = ", ".join(f"{heads[place]} {part}" for place, part in enumerate(parts, 1))
            grid.addWidget(_Share(one.hue, parts, f"{one.name}: {said}"), number, 5)
            grid.addWidget(label(str(outcome.missed)), number, 6)
            grid.addWidget(label(str(outcome.undecided), "second"), number, 7)
        grid.setColumnStretch(5, 1)
        return made

    def _pace(self, days: Sequence[Day]) -> QWidget:
        return _Pace(days) if days else label(self.tr("Nothing was decided yet."), "second")

    def _legend(self) -> str:
        return self.tr(
            "Shares are of the suggestions that were decided. Added: spans that no suggestion led to; "
            "what is missed for good shows only where an article is done."
        )


def _share(part: int, whole: int) -> str:
    return f"{part}  ({round(100 * part / whole)} %)" if whole else "–"
