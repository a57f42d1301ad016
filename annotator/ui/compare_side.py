"""One reviewer's version of a difference, in the panel: the words as they have them, and what they are."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.article import Article
from annotator.domain.conflicts import Opinion, place_of
from annotator.domain.models import ACCEPTED, BAND, Label, Span
from annotator.session import Session
from annotator.ui import paint, theme, wording
from annotator.ui.kit import Button, Cut, column, frame, label, row
from annotator.ui.quote import Passage, Quote, cut
from annotator.ui.span_panel import CONTEXT

_LINES = 2


class _Chip(QWidget):
    """A label as it stands in lists, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._label: Label | None = None
        self._hollow = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, found: Label | None, *, hollow: bool = False) -> None:
        self._label, self._hollow = found, hollow
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
            paint.chip(painter, QRectF(self.rect()), self._label.name, self._label.hue, hollow=self._hollow)


class Side(QWidget):
    """`button` lets this version stand."""

    def __init__(self, button: Button) -> None:
        super().__init__()
        self._who, self._when = Cut("", "strong"), Cut("", "small")
        self._quote, self._chip, self._facts = Quote(14, _LINES), _Chip(), Cut("", "body")
        self._more = label("", "second", wrap=True)
        self.button = button
        head = row(gap=8)
        head.addWidget(self._who, 1)
        head.addWidget(self._when, 1)
        self._when.setAlignment(Qt.AlignmentFlag.AlignRight)
        facts = row(self._chip, gap=8)
        facts.addWidget(self._facts, 1)
        inside = column(
            frame(head),
            self._quote,
            frame(facts, height=24),
            self._more,
            button,
            gap=4,
            margins=(12, 8, 12, 12),
        )
        self.setLayout(column(frame(inside, "card"), gap=0))

    def show_opinion(
        self, who: str, opinion: Opinion | None, place: Span, session: Session, article: Article
    ) -> None:
        """What they say, or that they have nothing at the place of the other one's span."""
        self._who.setText(who)
        self._quote.show_passage(_passage(opinion, place, article), _LINES)
        if opinion is None:
            self._when.setText("")
            self._chip.show_label(None)
            self._facts.setText(_tr("no span here"))
            self._more.hide()
            return
        span, found = opinion.span, article.labels[opinion.span.label]
        by = span.by if span.by != who else None
        when = " · ".join(part for part in (by, wording.day(span.at)) if part)
        self._when.setText(when or _tr("came in with a file"))
        self._chip.show_label(found, hollow=span.state != ACCEPTED)
        name = _name(session, opinion.entity)
        linked = _tr("linked to {name}").format(name=name) if name else ""
        self._facts.setText(
            " · ".join(part for part in (wording.state(span.state), linked, span.mod or "") if part)
        )
        self._more.setText("\n".join(_more(opinion, session, article)))
        self._more.setVisible(bool(self._more.text()))


def _passage(opinion: Opinion | None, place: Span, article: Article) -> Passage:
    """The words with some of what stands around them, marked where they are accepted."""
    span = opinion.span if opinion is not None else place
    before, after = cut(article.text, span.start, span.end, CONTEXT)
    marked, found = article.text[span.start : span.end], article.labels[span.label]
    if opinion is None or span.state != ACCEPTED:
        return Passage(before + marked + after, "", "")
    return Passage(before, marked, after, found.hue, found.style == BAND)


def _more(opinion: Opinion, session: Session, article: Article) -> Iterator[str]:
    """Roles, relations that begin here, the note."""
    types = {one.id: one.name for one in session.store.role_types()}
    for type_, entity in sorted(opinion.roles):
        yield f"{types[type_]}: {_name(session, entity)}"
    kinds = {one.id: one.name for one in session.store.relation_types()}
    for bond in sorted(opinion.bonds):
        if bond.start == place_of(opinion.span):
            yield f"{kinds[bond.type]} → {wording.plain(article.text[bond.end[0] : bond.end[1]], 40)}"
    if opinion.span.note:
        yield _tr("note: {words}").format(words=wording.plain(opinion.span.note, 80))


def _name(session: Session, entity: int | None) -> str:
    found = session.entity(entity) if entity is not None else None
    return (found.value or found.name) if found is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
