"""The article with its spans: the widget that a reviewer looks at for hours.

`look` says how it looks, `metrics` how large, `spans` what lies where in the text. `paragraphs`
breaks lines, `heights` adds them up, `layout` is what Qt asks for both; `geometry` places boxes
and tags, `painter` draws them. `page` knows what is under a point, `pointer` what the mouse
means, `scrolling` holds the page still, `speech` tells a screen reader. `view` is the widget.
"""

from annotator.ui.article.look import ArticleTheme, LabelStyle
from annotator.ui.article.metrics import Sizes
from annotator.ui.article.spans import ViewSpan
from annotator.ui.article.view import ArticleView

__all__ = ["ArticleTheme", "ArticleView", "LabelStyle", "Sizes", "ViewSpan"]
