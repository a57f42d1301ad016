"""The pages of an open project: the review, and those that are made on the first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.ui.actions import Needs, Zone

if TYPE_CHECKING:
    from annotator.domain.models import Entity
    from annotator.ui.claims.page import ClaimsPage
    from annotator.ui.links.page import LinksPage
    from annotator.ui.review import Review
    from annotator.ui.window import Window

REVIEW, LINKS, CLAIMS = "review", "links", "claims"
PAGES = (REVIEW, LINKS, CLAIMS)


class Page(Protocol):
    """What the window asks of a page beside the review."""

    keys: tuple[str, ...]

    def enter(self) -> None: ...
    def held(self) -> set[Needs]: ...
    def step_back(self) -> bool: ...
    def parts(self) -> list[QWidget]: ...
    def let_go(self) -> None: ...


class Pages:
    """Which page is in front, and what is possible there."""

    def __init__(self, window: Window, stack: QStackedWidget, review: Review) -> None:
        self._window, self._stack, self._review = window, stack, review
        self._made: dict[str, QWidget] = {REVIEW: review}
        self.name = REVIEW
        stack.addWidget(review)
        stack.setCurrentWidget(review)
        review.wanted.connect(lambda: None if self.name == REVIEW else self.go(REVIEW))

    @property
    def links(self) -> LinksPage:
        """The page of entities."""
        return cast("LinksPage", self._page(LINKS))

    @property
    def claims(self) -> ClaimsPage:
        """The page of allegations."""
        return cast("ClaimsPage", self._page(CLAIMS))

    def show_conduct(self) -> None:
        """The conduct of the page of allegations as an entity, with all its mentions."""
        if self.claims.conduct is not None:
            self._window.open_entity(self.claims.conduct)

    def go(self, name: str) -> None:
        """Bring a page to the front."""
        page = self._page(name)
        self.name = name
        self._review.in_front = name == REVIEW
        self._stack.setCurrentWidget(page)
        if name == REVIEW:
            self._review.to_text()
        else:
            cast(Page, page).enter()
        self._window.page_changed()

    def held(self) -> set[Needs]:
        """What is possible on the page in front."""
        return self._review.held() if self.name == REVIEW else self._front().held()

    def step_back(self) -> None:
        """One layer back; from another page, at its end, to the review."""
        if self.name == REVIEW:
            self._review.step_back()
        elif not self._front().step_back():
            self.go(REVIEW)

    def parts(self) -> list[QWidget]:
        """What F6 goes through on the page in front."""
        if self.name == REVIEW:
            return [self._review.queue.list, self._review.view, self._review.inspector]
        return self._front().parts()

    def let_go(self) -> None:
        """Take all pages away."""
        for page in self._made.values():
            cast(Page, page).let_go()
            self._stack.removeWidget(page)
            page.deleteLater()

    def keys(self) -> tuple[str, ...]:
        """The actions that the status bar names on the page in front."""
        return self._front().keys

    def entity(self) -> Entity | None:
        """The entity that the page in front shows whole, if it is one that does."""
        if self.name == CLAIMS:
            number = self.claims.conduct
            return self._review.session.entity(number) if number is not None else None
        return self.links.view.entity if self.name == LINKS else None

    def _front(self) -> Page:
        return cast(Page, self._made[self.name])

    def _page(self, name: str) -> QWidget:
        if name not in self._made:
            page = self._make_links() if name == LINKS else self._make_claims()
            self._made[name] = page
            self._stack.addWidget(page)
        return self._made[name]

    def _make_links(self) -> QWidget:
        from annotator.ui.links.page import LinksPage

        window = self._window
        page = LinksPage(
            self._review.session,
            window.bindings,
            window.attempt,
            window.cards.choose_entity,
            window.linking.ask_same,
        )
        window.bindings.bind(Zone.LINKS, *page.zone())
        page.opened.connect(self._review.going.open_mention)
        page.needs_changed.connect(window.refresh)
        return page

    def _make_claims(self) -> QWidget:
        from annotator.ui.claims.page import ClaimsPage

        window = self._window
        page = ClaimsPage(self._review.session, window.bindings, window.attempt)
        window.bindings.bind(Zone.CLAIMS, *page.zone())
        page.opened.connect(self._review.going.open_mention)
        page.entity_asked.connect(window.open_entity)
        page.needs_changed.connect(window.refresh)
        return page
