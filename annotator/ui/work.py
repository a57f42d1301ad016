"""Running work: a chip in the header, and the list behind it with counts, time left and Cancel.

Jobs do their work elsewhere (a process, a thread) and are asked by a timer how far they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from annotator.errors import UserError
from annotator.ui import icons, paint, theme, wording
from annotator.ui.kit import Bar, Button, Cut, Icon, column, empty, frame, label, line, row, tool

_EVERY = 40
"""Milliseconds between two looks at the jobs."""
_AROUND = 128
"""What the chip holds beside its words, in token pixels: icon, bar and gaps."""


class Job(Protocol):
    """Something that takes longer than a key press."""

    title: str
    icon: str

    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def seconds_left(self) -> float | None: ...
    def step(self) -> str | None:
        """Take in what is ready, at once; the sentence of the result when it is finished."""

    def cancel(self) -> None: ...


class Work(QObject):
    """The jobs of one window. One that fails is told and ends; the others go on."""

    changed = Signal()
    finished = Signal(str)
    failed = Signal(str, str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self.results: list[tuple[str, str]] = []
        self._told: list[tuple[Job, int, int]] = []  # how far they were when that was said last
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)

    def start(self, job: Job) -> None:
        self.jobs.append(job)
        self._timer.start()
        self.changed.emit()

    def cancel(self, job: Job) -> None:
        """Stop a job. What it has written stays where it is whole, and goes where it is not."""
        self.jobs.remove(job)
        job.cancel()
        self._ended(self.tr("Stopped: {title}").format(title=job.title), "circle-stop")

    def stop(self) -> None:
        """End everything, because the project closes."""
        self._timer.stop()
        while self.jobs:
            self.jobs.pop().cancel()
        self.changed.emit()

    def _look(self) -> None:
        for job in list(self.jobs):
            try:
                result = job.step()
            except UserError as error:
                self.jobs.remove(job)
                job.cancel()
                self.failed.emit(job.title, wording.said(error), job)
                continue
            except BaseException:
                self.jobs.remove(job)  # a bug is told once, by whoever hears of it
                raise
            if result is not None and job in self.jobs:
                self.jobs.remove(job)
                self._ended(result, "check")
        if not self.jobs:
            self._timer.stop()
        counts = [(job, job.done, job.total) for job in self.jobs]
        if counts != self._told:
            self._told = counts
            self.changed.emit()

    def _ended(self, words: str, icon: str) -> None:
        self.results = [(icon, words), *self.results[:4]]
        self.finished.emit(words)
        self.changed.emit()


def count_of(job: Job) -> str:
    return f"{job.done} / {job.total}" if job.total else ""


class TimeLeft:
    """Seconds left as words that do not flutter: they go up only by a quarter or more."""

    def __init__(self) -> None:
        self._shown: float | None = None

    def words(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if self._shown is None or seconds < self._shown or seconds > self._shown * 1.25:
            self._shown = seconds
        left = max(1, round(self._shown))
        if left < 60:
            return self._tr("about {n} s left").format(n=left if left < 10 else 5 * round(left / 5))
        return self._tr("about {n} min left").format(n=round(left / 60))

    def _tr(self, text: str) -> str:
        return QCoreApplication.translate("TimeLeft", text)


class WorkChip(Button):
    """The first job's name, bar and count; a click opens the list."""

    def __init__(self, work: Work) -> None:
        super().__init__("", "sparkles")
        self._work = work
        self._title = self._most = ""
        self.setAccessibleName(self.tr("Running work"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        work.changed.connect(self._show)
        self.hide()

    def sizeHint(self) -> QSize:
        """As wide as the words of the first job, its bar and its largest count."""
        now, font = theme.current(), theme.current().font("small")
        words = paint.width(self._most, font) + paint.width(self._title, font)
        return QSize(round(words) + now.px(_AROUND), now.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._work.jobs:
            return
        job, now = self._work.jobs[0], theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        ground = now.color("hover" if self.underMouse() else "raised")
        paint.rounded(painter, rect, now.px(6), ground, now.color("line"))
        side = now.px(16)
        drawn = icons.pixmap(job.icon, 16, "ink2", self.devicePixelRatioF())
        painter.drawPixmap(
            QRectF(now.px(10), (rect.height() - side) / 2, side, side), drawn, QRectF(drawn.rect())
        )
        count, font = count_of(job), now.font("small")
        wide = paint.width(count, font) + 1
        right = QRectF(rect.right() - wide - now.px(10), 0, wide, rect.height())
        paint.text(painter, right, count, font, "ink2")
        track = QRectF(right.x() - now.px(72), rect.center().y() - now.px(3), now.px(64), now.px(6))
        paint.bar(painter, track, job.done / job.total if job.total else 0.0)
        left = now.px(34)
        paint.text(
            painter, QRectF(left, 0, track.x() - left - now.px(8), rect.height()), job.title, font, "ink2"
        )

    def _show(self) -> None:
        self.setVisible(bool(self._work.jobs))
        if self._work.jobs:
            job = self._work.jobs[0]
            most = f"{job.total} / {job.total}" if job.total else ""
            if (job.title, most) != (self._title, self._most):
                self._title, self._most = job.title, most
                self.updateGeometry()
            self.setAccessibleDescription(f"{job.title}, {count_of(job)}")
            self.update()


class WorkList(QFrame):
    """What runs and what ran, below the chip."""

    def __init__(self, window: QWidget, work: Work, cancel: Callable[[Job], None]) -> None:
        super().__init__(window)
        self._over = window
        self.setObjectName("floating")
        self.setAccessibleName(self.tr("Running work"))
        self._work, self._cancel = work, cancel
        self._times: dict[int, TimeLeft] = {}
        self._rows: list[tuple[Job, Bar, Cut, Cut]] = []
        self._box = column(gap=0)
        close = tool("x", self.tr("Close"), "Esc", self.hide)
        head = frame(
            row(label(self.tr("Running work"), "title"), None, close, margins=(16, 0, 8, 0)), height=44
        )
        foot = label(self.tr("You can go on working. What you decide meanwhile stays."), "small")
        outer = column(head, line(), gap=0)
        outer.addLayout(self._box)
        outer.addWidget(frame(row(foot, None, margins=(16, 0, 16, 0)), height=36))
        self.setLayout(outer)
        self.setFixedWidth(theme.current().px(384))
        work.changed.connect(self._follow)
        window.installEventFilter(self)
        self.hide()

    def open_below(self, chip: QWidget) -> None:
        self._fill()
        at = chip.mapTo(self._over, QPoint(chip.width() - self.width(), chip.height() + 6))
        self.move(max(8, at.x()), at.y())
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def _follow(self) -> None:
        if not self.isVisible():
            return
        if [entry[0] for entry in self._rows] != self._work.jobs:
            self._fill()
        for job, bar, count, left in self._rows:
            bar.set_part(job.done / job.total if job.total else 0.0, count_of(job))
            count.setText(self.tr("Articles: {done} of {total}").format(done=job.done, total=job.total))
            left.setText(self._times.setdefault(id(job), TimeLeft()).words(job.seconds_left))

    def _fill(self) -> None:
        empty(self._box)
        self._rows.clear()
        for job in self._work.jobs:
            self._box.addWidget(self._job(job))
            self._box.addWidget(line())
        for icon, words in self._work.results:
            said = row(Icon(icon), margins=(16, 0, 16, 0))
            said.addWidget(Cut(words), 1)
            self._box.addWidget(frame(said, height=36))
            self._box.addWidget(line())
        self._follow()
        self.adjustSize()

    def _job(self, job: Job) -> QFrame:
        stop = Button(self.tr("Cancel"))
        stop.clicked.connect(lambda _=False: self._cancel(job))
        top = row(Icon(job.icon))
        top.addWidget(Cut(job.title, "strong"), 1)
        top.addWidget(stop)
        bar, count, left = Bar(6), Cut("", "second"), Cut("", "second")
        left.setAlignment(Qt.AlignmentFlag.AlignRight)
        below = row()
        below.addWidget(count, 1)
        below.addWidget(left, 1)
        self._rows.append((job, bar, count, left))
        return frame(column(frame(top), bar, frame(below), gap=6, margins=(16, 8, 16, 10)))
