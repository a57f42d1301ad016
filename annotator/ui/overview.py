"""How far the project is, how fast it goes, and where the model errs: figures, tables, small charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from annotator.domain.models import Label
from annotator.session import Session
from annotator.store import Store
from annotator.store.overview import Day, Outcome, Pace, Report
from annotator.ui import theme, wording
from annotator.ui.aside import Aside
from annotator.ui.charts import Column, Columns, Key, Parts
from annotator.ui.kit import Bar, Segments, column, empty, frame, label, line, row, scrolled, tool
from annotator.ui.label_picks import Swatch
from annotator.ui.overlay import Overlay
from annotator.ui.overview_articles import articles_list

_DAYS = 30
_WIDE = 1100
"""Below this width, in token pixels, the two halves stand one under the other."""


class _Counted(NamedTuple):
    """What the page shows, as it was when it opened."""

    counts: dict[str, int]
    report: Report
    days: list[Day]
    pace: Pace


def _count(store: Store) -> _Counted:
    return _Counted(store.counts(), store.report(), store.days(_DAYS), store.pace())


class OverviewCard(Overlay):
    """Counts, not decoration; nothing is decided here. A click on an article opens it."""

    def __init__(self, window: QWidget, session: Session, open_article: Callable[[int], object]) -> None:
        super().__init__(window, 1240, 800)
        self._labels = session.labels()
        self._open_article = open_article
        self._articles = articles_list(session, self._go)
        self._articles.setParent(self.card)
        self._articles.hide()
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        head = row(label(self.tr("Overview"), "head"), None, close, margins=(24, 0, 12, 0))
        self._inner = column(label(self.tr("Counting…"), "second"), None, gap=12, margins=(24, 16, 24, 24))
        body = QWidget()
        body.setLayout(self._inner)
        box = column(frame(head, height=56), line(), gap=0)
        box.addWidget(scrolled(body), 1)
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Overview"))
        self._aside = Aside(session.store.path, _count)
        self._aside.answered.connect(self._show)
        self._aside.failed.connect(lambda error: self._put(label(wording.said(error), wrap=True)))
        self._aside.start()
        self.open(close)

    def close_card(self) -> None:
        self._aside.stop()
        super().close_card()

    def is_counted(self) -> bool:
        """Whether the numbers are there."""
        return self._articles.isVisible()

    def _go(self, document: int) -> None:
        self.close_card()
        self._open_article(document)

    def _put(self, *items: QWidget | int) -> None:
        empty(self._inner)
        for item in items:
            if isinstance(item, int):
                self._inner.addSpacing(theme.current().px(item))
            else:
                self._inner.addWidget(item)
        self._inner.addStretch(1)

    def _show(self, found: _Counted) -> None:
        wide = self.card.width() >= theme.current().px(_WIDE)
        sides: QBoxLayout = row(gap=32) if wide else column(gap=24)
        sides.addLayout(self._left(found), 3)
        sides.addLayout(self._right(found), 2)
        self._put(self._figures(found), 8, line(), 4, frame(sides))

    # Figures

    def _figures(self, found: _Counted) -> QWidget:
        counts = found.counts
        decided = counts["accepted"] + counts["rejected"]
        shown = row(gap=24)
        for number, total, words in (
            (counts["done"], counts["documents"], self.tr("articles done")),
            (decided, decided + counts["suggested"], self.tr("spans decided")),
            (counts["links"], counts["accepted"], self.tr("accepted spans linked")),
        ):
            bar = Bar(6)
            share = self.tr("{number} of {total}").format(number=f"{number:n}", total=f"{total:n}")
            bar.set_part(number / total if total else 0.0, f"{share} {words}")
            shown.addWidget(frame(column(label(share, "number"), label(words, "second"), bar, gap=6)), 1)
        for face, words in self._pace_figures(found.pace, counts["suggested"]):
            shown.addWidget(frame(column(label(face, "number"), label(words, "second"), None, gap=6)), 1)
        return frame(shown)

    def _pace_figures(self, pace: Pace, left: int) -> list[tuple[str, str]]:
        if not pace.seconds:
            return [("–", self.tr("pace: too few decisions yet"))]
        each = pace.seconds / pace.decisions
        minutes = round(left * each / 60)
        rest = (
            self.tr("{n} h").format(n=f"{minutes / 60:.1f}")
            if minutes >= 100
            else self.tr("{n} min").format(n=minutes)
        )
        words = self.tr("{seconds} s for a decision, breaks left out").format(seconds=f"{each:.1f}")
        return [
            (self.tr("{n} a minute").format(n=f"{60 / each:.0f}"), words),
            (rest, self.tr("left at this pace")),
        ]

    # The model

    def _left(self, found: _Counted) -> QBoxLayout:
        names = self._names()
        keys = row(gap=6)
        for number, words in enumerate((*names, self.tr("not decided"))):
            keys.addWidget(Key(number))
            keys.addWidget(label(words, "small"))
            keys.addSpacing(theme.current().px(8))
        keys.addStretch(1)
        return column(
            label(self.tr("By label"), "title"),
            self._progress(found.report.outcomes),
            frame(keys),
            16,
            label(self.tr("Where the model errs"), "title"),
            self._errors(found.report.outcomes),
            label(self._legend(), "small", wrap=True),
            16,
            *self._over_time(found.report),
            None,
        )

    def _names(self) -> tuple[str, str, str, str]:
        return self.tr("as suggested"), self.tr("refitted"), self.tr("relabelled"), self.tr("rejected")

    def _progress(self, outcomes: Sequence[Outcome]) -> QWidget:
        """Decided and undecided suggestions of each label, the bars as long as they are many."""
        grid = _grid()
        most = max((one.decided + one.undecided for one in outcomes), default=0)
        for number, (one, outcome) in enumerate(zip(self._labels, outcomes, strict=True)):
            total = outcome.decided + outcome.undecided
            share = f"{outcome.decided:n} / {total:n}"
            parts = (*outcome[1:5], outcome.undecided)
            grid.addWidget(_label_name(one), number, 0)
            grid.addWidget(Parts(one.hue, parts, f"{one.name}: {share}", most), number, 1)
            grid.addWidget(label(share, "second"), number, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        return _holding(grid)

    def _errors(self, outcomes: Sequence[Outcome]) -> QWidget:
        """Of what was suggested and decided: what became of it; and what was missed."""
        grid = _grid()
        heads = ("", *self._names(), self.tr("missed"), self.tr("right"), self.tr("found"), "")
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "small"), 0, place, Qt.AlignmentFlag.AlignRight)
        every = Outcome(0, *map(sum, zip(*(one[1:] for one in outcomes), strict=True))) if outcomes else None
        rows = [*zip(self._labels, outcomes, strict=True), *([(None, every)] if every is not None else [])]
        for number, (one, outcome) in enumerate(rows, 1):
            grid.addWidget(
                _label_name(one) if one is not None else label(self.tr("All"), "strong"), number, 0
            )
            cells = [f"{part:n}" for part in outcome[1:6]]
            hits = outcome.as_suggested
            there = hits + outcome.refitted + outcome.relabelled + outcome.missed
            cells += [_share(hits, outcome.decided), _share(hits, there)]
            for place, words in enumerate(cells, 1):
                kind = "strong" if place > 5 else "body"
                grid.addWidget(label(words, kind), number, place, Qt.AlignmentFlag.AlignRight)
            said = ", ".join(
                f"{words} {part}" for words, part in zip(self._names(), outcome[1:5], strict=True)
            )
            name = one.name if one is not None else self.tr("All")
            bar = Parts(one.hue if one is not None else None, outcome[1:5], f"{name}: {said}")
            grid.addWidget(bar, number, len(heads) - 1)
        grid.setColumnStretch(len(heads) - 1, 1)
        return _holding(grid)

    def _legend(self) -> str:
        return self.tr(
            "Right: of the suggestions that were decided, those accepted as they were. Found: of the spans that "
            "should be there, those suggested as they are; missed ones are known where somebody has read the "
            "article, for good where it is done."
        )

    def _over_time(self, report: Report) -> list[QWidget]:
        """What became of the suggestions decided on each day, as shares, of all labels or of one."""
        names = [self.tr("All"), *map(wording.label_name, self._labels)]
        choice = Segments(names[:8])
        holder = column(gap=0)

        def show(number: int) -> None:
            empty(holder)
            holder.addWidget(self._day_chart(report, number - 1 if number else None))

        choice.chosen.connect(show)
        show(0)
        heading = row(label(self.tr("Day by day"), "section"), choice, None)
        return [frame(heading), frame(holder)]

    def _day_chart(self, report: Report, label_at: int | None) -> QWidget:
        columns, said = [], []
        for day, outcomes in report.by_day:
            ones = outcomes if label_at is None else [outcomes[label_at]]
            parts = [sum(one[place] for one in ones) for place in range(1, 5)]
            total = sum(parts)
            if total:
                shares = [part / total for part in parts]
                columns.append(Column(shares, f"{100 * shares[0]:.0f} %", _short(day)))
                said.append(
                    f"{wording.day(day)}: "
                    + ", ".join(f"{words} {part}" for words, part in zip(self._names(), parts, strict=True))
                )
        if not columns:
            return label(
                self.tr("Nothing was decided yet. Accept or reject a suggestion, then look again."), "second"
            )
        return Columns(columns, 1.0, "; ".join(said))

    # Articles and days

    def _right(self, found: _Counted) -> QBoxLayout:
        days = found.days
        most = max((one.decisions for one in days), default=0)
        columns = [Column((one.decisions,), f"{one.decisions:n}", _short(one.day)) for one in days]
        said = ", ".join(f"{wording.day(one.day)}: {one.decisions}" for one in days)
        pace = (
            Columns(columns, most, said)
            if days
            else label(
                self.tr("Nothing was decided yet. Accept or reject a suggestion, then look again."), "second"
            )
        )
        right = column(label(self.tr("Decisions a day"), "title"), pace, 16, gap=8)
        right.addLayout(
            row(label(self.tr("By article"), "title"), None, label(self.tr("a click opens it"), "small"))
        )
        self._articles.setMinimumHeight(theme.current().px(260))
        self._articles.show()
        right.addWidget(self._articles, 1)
        return right


def _holding(grid: QGridLayout) -> QWidget:
    made = QWidget()
    made.setLayout(grid)
    return made


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(theme.current().px(14))
    made.setVerticalSpacing(theme.current().px(8))
    return made


def _label_name(one: Label) -> QWidget:
    return frame(row(Swatch(one.hue), label(wording.label_name(one), "strong"), None))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _short(day: str) -> str:
    return wording.day(day).rpartition(" ")[0]
