"""Who a span is, as the panel shows it: candidates from the project, mentions elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from annotator.domain.article import Article
from annotator.domain.models import ACCEPTED, BAND, KIND_DATE, Entity, Span
from annotator.link.candidates import Candidate
from annotator.session import Session
from annotator.ui import wording
from annotator.ui.candidates import Card
from annotator.ui.mentions import Mention
from annotator.ui.quote import Passage
from annotator.ui.span_panel import SpanPanel

MOST = 9
"""Candidates that have a key."""
ELSEWHERE = 20
"""Mentions in other articles that the panel lists."""
_SIDE = 30


class Who:
    """Fills the lower half of the span panel."""

    def __init__(self, session: Session, panel: SpanPanel) -> None:
        self._session = session
        self._panel = panel
        self.candidates: Sequence[Candidate] = ()

    def show(self, article: Article, span: Span) -> None:
        """Look up who it may be. The accepted entity stands alone: its row is closed."""
        link = article.link_of(span.id)
        linked = link is not None and link.state == ACCEPTED
        found = self._session.candidates(span)[:MOST]
        if linked and link is not None:
            own = article.entities[link.entity]
            self.candidates = [one for one in found if one.entity.id == own.id] or [Candidate(own, 1.0, [])]
        else:
            self.candidates = found
        moment = self._session.moment(span)
        self._panel.show_candidates(
            [self._card(article, one, linked=linked) for one in self.candidates],
            linked=linked,
            value=moment.value if moment is not None else None,
            undated=article.labels[span.label].kind == KIND_DATE
            and moment is None
            and not article.document.date,
        )
        best = self.candidates[0].entity if self.candidates else None
        self._show_elsewhere(article, best)

    def _card(self, article: Article, candidate: Candidate, *, linked: bool) -> Card:
        entity = candidate.entity
        label = article.labels[entity.label]
        mentions, articles = self._session.mention_counts([entity.id])[entity.id]
        where = wording.spread(mentions, articles)
        why = " · ".join(wording.said(reason) for reason in candidate.reasons)
        if linked:
            why = _tr("linked by you")
        return Card(
            entity.name, label.name, label.hue, why, where, None if linked else candidate.score, linked
        )

    def _show_elsewhere(self, article: Article, entity: Entity | None) -> None:
        if entity is None:
            self._panel.show_mentions("", [])
            return
        label = article.labels[entity.label]
        found = self._session.mentions(entity.id, ELSEWHERE)
        rows = [
            Mention(
                mention.span.document,
                mention.span.id,
                mention.source or mention.title or mention.document,
                wording.day(mention.date),
                Passage(
                    wording.tail(mention.before, _SIDE),
                    mention.span.text,
                    wording.head(mention.after),
                    label.hue,
                    label.style == BAND,
                ),
            )
            for mention in found
            if mention.span.document != article.document.id
        ]
        self._panel.show_mentions(entity.name, rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Who", text)
