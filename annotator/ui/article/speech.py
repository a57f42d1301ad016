"""What a screen reader hears of the spans: Qt tells it the text, the caret and the selection only."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.ui.article.look import ArticleTheme
from annotator.ui.article.spans import Placed


def describe(theme: ArticleTheme, span: Placed, around: Iterable[Placed], words: str) -> str:
    """A span as it is said: "PERSON, suggested, Ivar Brandvik, inside ALLEGATION"."""
    states = {SUGGESTED: _tr("suggested"), ACCEPTED: _tr("accepted"), REJECTED: _tr("rejected")}
    state = states[span.state]
    if span.by:
        state = _tr("{state} by {name}").format(state=state, name=span.by)
    parts = [theme.label(span.label).name, state, words]
    if span.linked:
        parts.insert(2, _tr("linked"))
    outside = sorted(
        (one for one in around if _holds(one, span) and one.state != REJECTED),
        key=lambda one: one.end - one.start,
    )
    inside = _tr("inside {label}")
    return ", ".join(parts + [inside.format(label=theme.label(one.label).name) for one in outside])


class Entering:
    """Which span the caret is in: entering one is told, moving inside it is not."""

    def __init__(self) -> None:
        self._inside: int | None = None

    def entered(self, spans: Iterable[Placed], position: int) -> Placed | None:
        """The innermost span at a position, if the caret was not in it before."""
        here = _innermost(spans, position)
        before, self._inside = self._inside, here.id if here is not None else None
        return here if here is not None and here.id != before else None


def _innermost(spans: Iterable[Placed], position: int) -> Placed | None:
    """The shortest span that covers a position."""
    covering = [one for one in spans if one.start <= position < one.end]
    return min(covering, key=lambda one: (one.end - one.start, one.id), default=None)


def announce(widget: QWidget, sentence: str) -> None:
    """Say a sentence after what is being said, where anybody listens."""
    if sentence and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def _holds(outer: Placed, inner: Placed) -> bool:
    return outer.id != inner.id and outer.start <= inner.start and outer.end >= inner.end


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArticleView", text)
