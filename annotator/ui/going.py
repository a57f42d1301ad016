"""Going between the articles: each opens where it was left, and there is a way back from a mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.store.finding import Spot
from annotator.ui.place import Place

if TYPE_CHECKING:
    from annotator.ui.review import Review


class Going:
    """Where somebody was in each article of one review."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._session = review.session
        self._left: dict[int, Place] = {}
        self._came_from: list[Place] = []

    def open_document(self, document: int, span: int | None = None) -> None:
        """Open an article, at a span or where it was left, and go there."""
        self._review.wanted.emit()
        if self._session.article is None or self._session.article.document.id != document:
            self._remember()
            self._session.open(document)
        if span is not None:
            self._review.set_focus(span)
        self._review.columns.close_list()
        self._review.to_text()

    def open_spot(self, spot: Spot) -> None:
        """Open a place that was found: its span in focus, else its words selected."""
        self._came_from.append(self._here())
        self.open_document(spot.document, spot.span)
        if spot.span is None:
            self._review.set_focus(None)
            self._review.view.select(spot.start, spot.end)

    def open_mention(self, document: int, span: int) -> None:
        """Open a mention elsewhere; `go_back` returns."""
        self._came_from.append(self._here())
        self.open_document(document, span)

    def open_neighbour(self, step: int) -> bool:
        """Open the next (1) or the previous (-1) article of the list; False where there is none."""
        self._remember()
        return self._session.open_neighbour(step) is not None

    def came_from(self) -> bool:
        """Whether there is a way back."""
        return bool(self._came_from)

    def go_back(self) -> None:
        """Back to where a mention was opened from."""
        place = self._came_from.pop()
        self.open_document(place.document, place.span)
        self._review.view.put_on_top(place.top)

    def left(self, document: int) -> Place | None:
        """Where an article was left, None where it was not open yet."""
        return self._left.get(document)

    def places(self) -> list[Place]:
        """Where the person was in each article, in the present one last."""
        self._remember()
        return list(self._left.values())

    def go_to(self, places: Sequence[Place]) -> None:
        """Open the last of these articles where it was left; the others will open so, too."""
        self._left = {place.document: place for place in places}
        self._session.open(places[-1].document)
        self._review.to_text()

    def _here(self) -> Place:
        view = self._review.view
        return Place(self._review.article().document.id, view.focus_span, view.top())

    def _remember(self) -> None:
        if self._session.article is not None:
            place = self._here()
            self._left.pop(place.document, None)
            self._left[place.document] = place
