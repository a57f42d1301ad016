"""What is shown while no project is open: drop articles, the sample, recent projects, six keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from annotator.ui import paint, theme, wording
from annotator.ui.bindings import Bindings
from annotator.ui.ground import Ground
from annotator.ui.hints import Hint
from annotator.ui.kit import Button, Icon, column, empty, frame, label, line, row, scrolled


class Recent(NamedTuple):
    """A project that was open before. `total` 0: nothing is known about it, or it is gone."""

    path: Path
    done: int
    total: int
    when: str
    there: bool


class Drop(QFrame):
    """The area that says where to drop; the whole window takes the drop."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(now.color("edge"), 2)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), now.px(12), now.px(12))


def drop_area(bindings: Bindings, words: str) -> Drop:
    """Drop articles here, or choose them."""
    made = Drop()
    title = label(made.tr("Drop articles here"), "head")
    about = label(words, "second", wrap=True)
    for said in (title, about):
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    choose = bindings.button("import", "primary", made.tr("Choose files"), 36)
    choose.set_icon("file-text")
    folder = bindings.button("folder", face=made.tr("Choose a folder"), height=36)
    folder.set_key("")
    box = column(None, gap=8, margins=(24, 24, 24, 24))
    box.addLayout(row(None, Icon("files", 40, "ink3"), None))
    box.addSpacing(theme.current().px(4))
    box.addWidget(title)
    box.addWidget(about)
    box.addSpacing(theme.current().px(4))
    box.addLayout(row(None, choose, folder, None))
    box.addStretch(1)
    made.setLayout(box)
    return made


class RecentRow(Button):
    """A project in the list: name, folder, how far it is, when it was open."""

    def __init__(self, recent: Recent) -> None:
        super().__init__(recent.path.stem, "database", "text", height=56)
        self.setEnabled(recent.there)
        self.setAccessibleName(f"{recent.path.stem}, {recent.path.parent}")
        self.setToolTip(str(recent.path))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._recent = recent

    def paintEvent(self, _event: QPaintEvent) -> None:
        recent, now = self._recent, theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() and recent.there:
            paint.rounded(painter, rect.adjusted(1, 1, -1, -1), now.px(7), now.color("hover"))
        self._paint_icon(painter, now.px(16), now.color("ink2" if recent.there else "edge"))
        right = rect.right() - now.px(16)
        when = QRectF(right - now.px(96), 0, now.px(96), rect.height())
        small = now.font("small")
        said = recent.when if recent.there else self.tr("not found")
        paint.text(painter, when, said, small, "ink3", align=paint.RIGHT)
        left = now.px(52)
        end = when.x() - now.px(16)
        if recent.total:
            track = QRectF(end - now.px(136), rect.height() / 2 + now.px(6), now.px(136), now.px(4))
            words = self.tr("{done} of {total} done").format(done=recent.done, total=recent.total)
            paint.text(
                painter,
                QRectF(track.x(), rect.height() / 2 - now.px(18), now.px(136), now.px(18)),
                words,
                small,
                "ink2",
            )
            paint.bar(painter, track, recent.done / recent.total)
            end = track.x() - now.px(16)
        ink = "ink" if recent.there else "ink3"
        half = rect.height() / 2
        paint.text(
            painter,
            QRectF(left, half - now.px(19), end - left, now.px(20)),
            recent.path.stem,
            now.font("strong"),
            ink,
        )
        paint.text(
            painter, QRectF(left, half, end - left, now.px(18)), wording.place(recent.path), small, "ink3"
        )


class Welcome(Ground):
    """One primary action, the sample, what was open before."""

    recent_chosen = Signal(Path)

    def __init__(self, bindings: Bindings) -> None:
        super().__init__("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list = column(gap=0)
        self._recents = frame(self._list, "card")
        self._head = label(self.tr("Recent projects"), "section")
        sample = bindings.button("sample", face=self.tr("Open the sample"))
        about = column(
            label(self.tr("Sample project"), "strong"),
            label(self.tr("Short invented articles with suggestions. Nothing to download."), "second"),
            gap=2,
        )
        card = row(Icon("book-open", 24), gap=16, margins=(16, 12, 16, 12))
        card.addLayout(about, 1)
        card.addWidget(sample)
        open_ = bindings.button("open", "ghost", self.tr("Open another…"))
        drop = drop_area(
            bindings,
            self.tr(
                "Text, Word, PDF, web pages, tables, e-books, in folders or archives. "
                "Annotated files keep their spans."
            ),
        )
        drop.setFixedHeight(theme.current().px(208))
        keys = row(*self._keys(bindings), None, gap=20)
        inner = column(
            *(label("Annotator", "hero"), self._line(), 8, drop, 8, frame(card, "card"), 16),
            *(frame(row(self._head, None, open_), height=32), self._recents, 16),
            *(label(self.tr("Keys to know"), "section"), frame(keys), None),
            margins=(0, 32, 0, 16),
        )
        middle = frame(inner, width=760)
        body = QWidget()
        body.setLayout(row(None, middle, None))
        self.setLayout(column(scrolled(body), gap=0))

    def show_recent(self, recents: Sequence[Recent]) -> None:
        empty(self._list)
        for number, recent in enumerate(recents):
            if number:
                self._list.addWidget(line())
            made = RecentRow(recent)
            made.clicked.connect(lambda _=False, path=recent.path: self.recent_chosen.emit(path))
            self._list.addWidget(made)
        self._recents.setVisible(bool(recents))
        self._head.setVisible(bool(recents))

    def _line(self) -> QWidget:
        return label(
            self.tr("Everything stays in one file on this computer. Each decision is stored at once."),
            "second",
        )

    def _keys(self, bindings: Bindings) -> list[Hint]:
        labels = tuple(f"label.{number}" for number in range(1, 5))
        known = (
            (("accept",), self.tr("accept")),
            (("reject",), self.tr("reject")),
            (labels, self.tr("other label")),
            (("end.in", "end.out"), self.tr("move the end")),
            (("link.1",), self.tr("link")),
            (("undo",), self.tr("undo anything")),
        )
        return [Hint(list(filter(None, map(bindings.key, acts))), words) for acts, words in known]
