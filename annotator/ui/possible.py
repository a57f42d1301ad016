"""What is possible now: which actions are enabled or ticked, and which keys the status bar names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.ui.actions import Needs, Zone

if TYPE_CHECKING:
    from annotator.ui.pages import Pages
    from annotator.ui.window import Window


class Possible:
    """Follows one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._waits = False

    @contextmanager
    def once(self) -> Iterator[None]:
        """Whatever asks for it meanwhile, `show` has its effect once, at the end."""
        outer, self._waits = self._waits, True
        try:
            yield
        finally:
            self._waits = outer
            self.show()

    def show(self) -> None:
        """Enable what is possible now, and say the keys that go with it."""
        window, pages = self._window, self._window.open_pages
        if self._waits:
            return
        held = {Needs.NOTHING}
        if pages is not None:
            held |= {Needs.PROJECT} | pages.held()
            self._show_keys(pages)
            comparing = pages.name == "review" and window.review.comparing.on
            window.bindings.lay_over(Zone.COMPARE if comparing else None)
        window.bindings.refresh(held)

    def _show_keys(self, pages: Pages) -> None:
        """Say in the status bar the keys that work now."""
        review, status = self._window.review, self._window.status
        if pages.name != "review":
            status.show_plain(pages.keys())
        elif review.inspector.span.candidates.hasFocus():
            status.show_picks([one.entity.name for one in review.candidates()])
        elif review.selecting.armed is not None:
            status.show_armed(review.selecting.armed)
        elif review.comparing.on:
            status.show_compare()
        else:
            status.show_review(selecting=review.view.selection() is not None)
        panel, focused, article = review.inspector, review.focused(), review.session.article
        self._tick("compare", on=review.comparing.on)
        self._tick("view.relations", on=review.shows_relations())
        self._tick("flag", on=focused is not None and bool(focused.flag))
        self._tick("past", on=panel.shows(panel.past))
        self._tick("spans", on=panel.shows(panel.spans))
        self._tick("arm", on=review.selecting.armed is not None)
        self._tick("flag.article", on=article is not None and bool(article.document.flag))

    def _tick(self, action: str, *, on: bool) -> None:
        self._window.bindings[action].setChecked(on)
