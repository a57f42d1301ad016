"""The theme as the article view takes it."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.models import BAND, Label
from annotator.ui.article import ArticleTheme, LabelStyle
from annotator.ui.theme import Theme


def article_theme(theme: Theme, labels: Iterable[Label]) -> ArticleTheme:
    """Page, ink, selection, and the project's labels."""
    return ArticleTheme(
        dark=theme.dark,
        page=theme.color("page"),
        ink=theme.color("ink"),
        muted=theme.color("ink3"),
        selection=theme.color("selection"),
        labels={
            label.id: LabelStyle(label.name, label.style == BAND, theme.label(label.hue)) for label in labels
        },
    )
