"""How far two reviewers agree: a sentence, figures by label, what was taken for what, where to look."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.session.agreement import Agreement
from annotator.store.comparing import LayerRow
from annotator.ui import paint, theme, wording
from annotator.ui.kit import Button, Cut, Segments, column, frame, label, line, row, scrolled, tool
from annotator.ui.overlay import Overlay

_WORST = 6
_REVIEWERS = 4
"""Reviewers that have a button; who was merged in first."""
_NAMES, _FIGURES = 120, 56
"""Least widths of the columns, in token pixels: figures stand under each other from table to table."""


class AgreementCard(Overlay):
    """`measure` holds a reviewer against the project; it may raise a UserError, which is shown here."""

    def __init__(
        self,
        window: QWidget,
        reviewers: Sequence[LayerRow],
        measure: Callable[[int], Agreement | str],
        open_article: Callable[[int], object],
    ) -> None:
        super().__init__(window, 960, 680)
        self._measure, self._open_article = measure, open_article
        self._reviewers = reviewers[:_REVIEWERS]
        self._found: Agreement | None = None
        self._copy = Button(self.tr("Copy as JSON"), "copy", "ghost")
        self._copy.clicked.connect(lambda _=False: self._copy_json())
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        head = row(*self._heading(), self._copy, close, gap=12, margins=(24, 0, 12, 0))
        if len(self._reviewers) == 1:
            head.setStretch(0, 1)
        self._body = QWidget()
        self._area = scrolled(self._body)
        box = column(frame(head, height=56), line(), gap=0)
        box.addWidget(self._area, 1)
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Agreement"))
        self._show(0)
        self.open(close)

    def _heading(self) -> list[QWidget | None]:
        """With whom: a button each where there are several."""
        names = [one.name for one in self._reviewers]
        if len(names) == 1:
            return [Cut(self.tr("Agreement with {name}").format(name=names[0]), "head")]
        who = Segments(names)
        who.chosen.connect(self._show)
        who.setFixedHeight(theme.current().px(34))
        return [label(self.tr("Agreement with"), "head"), who, None]

    def _show(self, number: int) -> None:
        found = self._measure(self._reviewers[number].id)
        self._found = found if isinstance(found, Agreement) else None
        self._copy.setEnabled(self._found is not None)
        body = QWidget()
        body.setLayout(
            self._page(self._found)
            if self._found is not None
            else column(label(str(found), "body", wrap=True), None, margins=(24, 20, 24, 20))
        )
        body.setObjectName("scrolled")
        self._area.setWidget(body)

    def _page(self, found: Agreement):  # type: ignore[no-untyped-def]  # a layout of Qt's
        over = wording.counted(
            len(found.articles),
            self.tr("Over the one article that both did, each by themselves."),
            self.tr("Over the {n} articles that both did, each by themselves."),
        )
        parts: list[QWidget | int | None] = [
            label(wording.said(found.sentence()), "body", wrap=True),
            label(over, "small"),
            14,
            label(self.tr("Spans"), "section"),
            self._spans(found),
            label(self._legend(), "small", wrap=True),
            14,
        ]
        if found.links:
            parts += [
                label(self.tr("Links, over the mentions that both marked (F1)"), "section"),
                self._links(found),
                14,
            ]
        parts += [label(self.tr("What was taken for what"), "section"), self._confusion(found), 14]
        parts += [label(self.tr("The articles that differ most"), "section"), self._worst(found), None]
        return column(*parts, margins=(24, 16, 24, 20))

    def _spans(self, found: Agreement) -> QWidget:
        heads = (
            "",
            found.one,
            found.other,
            self.tr("F1"),
            self.tr("F1, overlap"),
            self.tr("kappa"),
            self.tr("alpha"),
        )
        return _grid(heads, [(name, *map(_figure, each)) for name, each in found.spans.items()])

    def _links(self, found: Agreement) -> QWidget:
        heads = ("", self.tr("mentions"), "MUC", "B³", "CEAF", "LEA")
        return _grid(
            heads,
            [
                (
                    name,
                    str(each.mentions),
                    *(
                        _figure(one.f1 if one is not None else None)
                        for one in (each.muc, each.b_cubed, each.ceaf, each.lea)
                    ),
                )
                for name, each in found.links.items()
            ],
        )

    def _confusion(self, found: Agreement) -> QWidget:
        names: list[str | None] = [*found.spans, None]
        none = self.tr("none")
        heads = (f"{found.one} ↓   {found.other} →", *(name or none for name in names))
        return _grid(
            heads,
            [
                (one or none, *(str(found.confusion[one, other]) if one or other else "" for other in names))
                for one in names
            ],
        )

    def _worst(self, found: Agreement) -> QWidget:
        box = column(gap=2)
        for one in found.articles[:_WORST]:
            words = f"{one.f1:.2f}   {wording.plain(one.title, 90)}"
            button = Button(words, "", "text", height=28)
            button.clicked.connect(lambda _=False, number=one.document: self._go_to(number))
            box.addWidget(button)
        return frame(box)

    def _go_to(self, document: int) -> None:
        self.close_card()
        self._open_article(document)

    def _copy_json(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(
                json.dumps(self._found.as_data(), ensure_ascii=False, indent=1)
            )

    def _legend(self) -> str:
        return self.tr(
            "F1: same place and label; overlap: a shared character. Kappa (Cohen): tokens, corrected for chance. "
            "Alpha (Krippendorff): characters, so that a boundary weighs by how far it is off; 0.80 and more is "
            "reliable, from 0.67 tentative."
        )


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    now = theme.current()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(now.px(16))
    grid.setVerticalSpacing(now.px(6))
    grid.setColumnMinimumWidth(0, now.px(_NAMES))
    for number, cells in enumerate((heads, *rows)):
        for place, words in enumerate(cells):
            kind = "small" if not number else "body" if place else "strong"
            grid.addWidget(label(words, kind), number, place, paint.RIGHT if place else paint.LEFT)
            if place:
                grid.setColumnMinimumWidth(place, now.px(_FIGURES))
    grid.setColumnStretch(len(heads), 1)
    return made


def _figure(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.2f}"
