"""Who is accused, who accuses and when, in the panel of an allegation; a key opens the list of who may be it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.domain.article import Article
from annotator.domain.models import ACCEPTED, SUGGESTED, RoleType, Span
from annotator.session.roles import Offer, offers, roles
from annotator.ui import icons, paint, theme
from annotator.ui.bindings import Bindings
from annotator.ui.kit import column, empty, frame, label, row
from annotator.ui.palette import Entry, Source

_HEAD = 84
"""The room of a role's name, in token pixels."""


class _Row(QAbstractButton):
    """One role: its name, who it is, whether that is only proposed. A click sets it, or takes it away."""

    def __init__(self, offer: Offer, hue: int) -> None:
        super().__init__()
        self._offer, self._hue = offer, hue
        state = _tr("proposed") if offer.state == SUGGESTED else _tr("set")
        self.setText(f"{role_name(offer.type)}: {offer.entity.name}")
        self.setAccessibleName(f"{self.text()}, {state}")
        self.setToolTip(_tr("Click to set it") if offer.state == SUGGESTED else _tr("Click to take it away"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40, theme.current().px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse():
            paint.rounded(painter, rect, now.px(6), now.color("hover"))
        head = QRectF(now.px(4), 0, now.px(_HEAD - 8), rect.height())
        paint.text(painter, head, role_name(self._offer.type), now.font("small"), "ink3")
        side, left = now.px(10), now.px(_HEAD)
        spot = QRectF(left, rect.center().y() - side / 2, side, side)
        colors = now.label(self._hue)
        if self._offer.state == ACCEPTED:
            paint.swatch(painter, spot, colors.strong)
        else:
            paint.dashed(painter, spot, colors.strong)
        icon = now.px(14)
        name = QRectF(
            left + side + now.px(8), 0, rect.width() - left - side - icon - now.px(20), rect.height()
        )
        paint.text(painter, name, self._offer.entity.name, now.font("medium"))
        drawn = "check" if self._offer.state == ACCEPTED else "circle-dashed"
        pixmap = icons.pixmap(drawn, 14, "ink2", self.devicePixelRatioF())
        mark = QRectF(rect.right() - icon - now.px(6), rect.center().y() - icon / 2, icon, icon)
        painter.drawPixmap(mark, pixmap, QRectF(pixmap.rect()))


class RolesBlock(QWidget):
    """The roles of the allegation in focus; nothing for other spans."""

    chosen = Signal(object)

    def __init__(self, bindings: Bindings) -> None:
        super().__init__()
        self._rows = column(gap=0)
        self._none = label(self.tr("Nobody is named yet as accused or accuser."), "small", wrap=True)
        self._accept = bindings.button("roles.accept", "ghost", self.tr("Accept"), 28)
        change = bindings.button("roles", "ghost", self.tr("Change…"), 28)
        head = frame(row(label(self.tr("In it"), "section"), None, self._accept, change, gap=4), height=28)
        box = column(head, gap=2)
        box.addLayout(self._rows)
        box.addWidget(self._none)
        self.setLayout(box)
        self._shown: list[Offer] = []

    def show_roles(self, article: Article, span: Span, types: Sequence[RoleType]) -> None:
        found = roles(article, span, list(types))
        self._none.setVisible(not found)
        self._accept.setVisible(any(one.state == SUGGESTED for one in found))
        if found == self._shown:
            return
        self._shown = found
        empty(self._rows)
        for one in found:
            made = _Row(one, article.labels[one.entity.label].hue)
            made.clicked.connect(partial(self.chosen.emit, one))
            self._rows.addWidget(made)


def source(
    article: Article, span: Span, types: Sequence[RoleType], take: Callable[[Offer], object]
) -> Source:
    """What the list behind the key finds: by the role's name, the entity's, or both."""
    found = offers(article, span, list(types))

    def find(asked: str) -> list[Entry]:
        words = asked.casefold().split()
        return [
            Entry(
                f"{role_name(one.type)}: {one.entity.name}",
                _note(one),
                hue=article.labels[one.entity.label].hue,
                call=partial(take, one),
            )
            for one in found
            if all(word in f"{role_name(one.type)} {one.entity.name}".casefold() for word in words)
        ]

    return Source("", _tr("Roles in this allegation"), find)


def role_name(type_: RoleType) -> str:
    """The four of a new project in the language of the window; others as they are called."""
    known = {
        "accused": _tr("Accused"),
        "accuser": _tr("Accuser"),
        "date": _tr("When"),
        "organisation": _tr("Organisation"),
    }
    return known.get(type_.name, type_.name.capitalize())


def _note(offer: Offer) -> str:
    if offer.state == ACCEPTED:
        return _tr("set; Enter takes it away")
    if offer.state == SUGGESTED:
        score = offer.role.score if offer.role is not None else None
        return _tr("proposed") + (f" {score:.2f}" if score is not None else "")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Roles", text)
