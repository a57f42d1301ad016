"""What stands beside the text follows it: the panel of the span in focus, and the relations over the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.article import Article
from annotator.domain.changes import RowChange
from annotator.domain.models import Span
from annotator.session.past import past
from annotator.ui import queue_rows, wording
from annotator.ui.relating import arcs

if TYPE_CHECKING:
    from annotator.ui.review import Review

Rows = Sequence[RowChange] | None
"""What was changed since it was shown last; None where that is not known."""


class Beside:
    """The panel of one review."""

    def __init__(self, review: Review) -> None:
        self._review, self._session = review, review.session

    def show(self, rows: Rows, *, suggesting: bool, every_relation: bool) -> None:
        """Let it follow the selection, the focus, or neither."""
        review, article = self._review, self._session.article
        selection, span = review.view.selection(), review.focused()
        relations = (
            arcs(article, review.relation_types, span, every=every_relation) if article is not None else ()
        )
        review.view.set_arcs(relations)
        panel = review.inspector
        if article is None:
            panel.show_panel(panel.rest)
            panel.rest.show_nothing()
        elif selection is not None:
            panel.selection.show_selection(article.text, *selection)
            panel.show_panel(panel.selection)
        elif span is not None:
            self._show_span(article, span)
        else:
            panel.rest.show_rest(article, self._next_article(article), suggesting=suggesting)
            panel.show_panel(panel.rest)
        if article is not None:
            self._show_instead(article, span, rows)

    def _show_span(self, article: Article, span: Span) -> None:
        panel = self._review.inspector
        panel.span.show_span(article, span)
        panel.span.show_reason(self._session.reason(span))
        panel.span.show_roles(article, span, self._review.role_types)
        self._review.who.show(article, span)
        panel.show_panel(panel.span)

    def _show_instead(self, article: Article, span: Span | None, rows: Rows) -> None:
        """What is in sight in place of the panel that decides."""
        panel = self._review.inspector
        if panel.shows(panel.past):
            found = past(self._session, article, span) if span is not None else None
            panel.past.show_past(article, span, found)
        elif panel.shows(panel.spans):
            panel.spans.follow(article, span, rows)

    def _next_article(self, article: Article) -> tuple[str, str] | None:
        """Title and particulars of the article behind this one."""
        number, listed = self._review.queue.model.number_of(article.document.id), self._session.listed
        if number is None or number + 1 >= len(listed):
            return None
        row = self._session.document_row(listed[number + 1])  # the list follows later, a removed one stays
        if row is None:
            return None
        about = (row.source, wording.day(row.date), queue_rows.progress(row))
        return queue_rows.title(row), ", ".join(part for part in about if part)
