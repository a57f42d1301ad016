"""The article with its spans: the widget that a reviewer looks at for hours.

`look` says how it looks, `metrics` how large, `spans` what lies where, `layout` breaks lines,
`geometry` places boxes and tags, `painter` draws them, `view` is the widget.
"""

from annotator.ui.article.look import ArticleTheme, LabelStyle
from annotator.ui.article.spans import ViewSpan
from annotator.ui.article.view import ArticleView

__all__ = ["ArticleTheme", "ArticleView", "LabelStyle", "ViewSpan"]
