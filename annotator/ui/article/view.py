"""The widget: an article, its spans, the focus, a selection. Offsets in and out are code points.

Nothing is ever read back from Qt's document: selections are positions that `OffsetMap` turns
into code points, copying slices the model's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from annotator.domain import words
from annotator.domain.models import REJECTED
from annotator.domain.offsets import OffsetMap
from annotator.domain.text import whole_characters
from annotator.ui.article import speech
from annotator.ui.article.arcs import Arc, Arcs
from annotator.ui.article.heights import Parts
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.look import ArticleTheme
from annotator.ui.article.margin import WIDTH as MARGIN
from annotator.ui.article.margin import OverviewMargin
from annotator.ui.article.metrics import Metrics, Sizes
from annotator.ui.article.page import Page
from annotator.ui.article.painter import Painter
from annotator.ui.article.pointer import Pointer
from annotator.ui.article.qt_text import qt_text
from annotator.ui.article.scrolling import Scrolling
from annotator.ui.article.spans import Placed, SpanIndex, ViewSpan


class ArticleView(QTextEdit):
    """Reads, selects and shows; what a key means is the window's.

    Signals: `span_clicked` (id), `selection_changed` ((start, end) or None once a drag has
    ended, and whether the mouse did it), `boundary_moved` (id, start, end), `spans_tied` (from id, to
    id: dragged together with Ctrl), `context_requested`
    (id or None, global point), `scrolled`, `zoom_requested` (1 or -1), `paint_failed` (sentence).
    """

    span_clicked = Signal(int)
    selection_changed = Signal(object, bool)
    boundary_moved = Signal(int, int, int)
    spans_tied = Signal(int, int)
    context_requested = Signal(object, QPoint)
    scrolled = Signal()
    zoom_requested = Signal(int)
    paint_failed = Signal(str)

    _document: QTextDocument | None = None  # Qt sends events before __init__ has ended

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setAccessibleName(self.tr("Article text"))
        self.viewport().setMouseTracking(True)
        self._theme = ArticleTheme()
        self._sizes = Sizes()
        self._hidden = frozenset({REJECTED})
        self._told: tuple[int, int] | None = None
        self._arcs = Arcs(self)
        self._pointer = Pointer(self)
        self._margin = OverviewMargin(self, self._marks)
        self._scrolling = Scrolling(self, self._margin.refresh_soon)
        self._margin.went.connect(self._scrolling.go_to_part)
        self.setViewportMargins(0, 0, MARGIN, 0)
        self.selectionChanged.connect(self.tell_selection)
        self.cursorPositionChanged.connect(self._say_entered)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        self._apply_palette()
        self._painter = self._new_painter()
        self.set_article("", [])

    # The article

    def set_article(self, text: str, spans: Iterable[ViewSpan]) -> None:
        """Show another text with its spans; the view goes to the top, nothing is in focus."""
        self._pointer.drop()
        self.text = text
        self.offsets = OffsetMap(text)
        self._layout = ArticleLayout(
            QTextDocument(self), self.offsets, SpanIndex(spans, self.offsets), self._painter
        )
        self._layout.failed = self._paint_failed
        self._layout.hidden_states = self._hidden
        self._layout.fill()
        self.page = Page(self._layout, self.offsets, self.viewport(), self.verticalScrollBar())
        self._entering = speech.Entering()
        old, self._document = self._document, self._layout.document()
        self.setDocument(self._document)
        self.viewport().update()  # Qt draws only what its own layout would tell of
        if old is not None:
            old.deleteLater()
        self._scrolling.set_layout(self._layout)
        self._margin.refresh_soon()
        self.tell_selection()

    def put_spans(self, changed: Iterable[ViewSpan], removed: Iterable[int] = ()) -> None:
        """Draw changed spans anew and drop removed ones; nothing else on the page moves."""
        self._scrolling.wait()
        index = self._layout.spans
        places: list[Placed | None] = []
        for span_id in removed:
            self._pointer.drop_boundary_of(span_id)
            places.append(index.remove(span_id))
            if span_id == self._layout.focus:
                self._layout.focus = None
        for span in changed:
            self._pointer.drop_boundary_of(span.id)
            places += index.remove(span.id), index.put(span)
        self._repaint(places, moved=True)
        self._margin.refresh_soon()

    def _repaint(self, places: Iterable[Placed | None], *, moved: bool) -> None:
        there = [one for one in places if one is not None]
        for rect in self._layout.changed(there, moved=moved):
            self.viewport().update(rect.translated(0, -self.verticalScrollBar().value()).toAlignedRect())

    # Focus

    @property
    def focus_span(self) -> int | None:
        """The span in focus."""
        return self._layout.focus

    def set_focus_span(self, span_id: int | None, *, scroll: bool = True) -> None:
        """Put the focus on a span; the view scrolls only where its line is near an edge or away."""
        self._scrolling.wait()
        old = self._layout.focused()
        self._layout.focus = span_id if span_id in self._layout.spans.by_id else None
        new = self._layout.focused()
        # One that is hidden is seen while it has the focus, and makes room for itself.
        moved = any(one is not None and one.state in self._hidden for one in (old, new))
        self._repaint((old, new), moved=moved)
        if new is not None:
            if scroll:
                self._scrolling.bring(new.start)
            speech.announce(self, self.describe_focus())

    def describe_focus(self) -> str:
        """What a screen reader hears of the span in focus: "PERSON, suggested, inside ALLEGATION"."""
        focused = self._layout.focused()
        return "" if focused is None else self._describe(focused)

    def _describe(self, placed: Placed) -> str:
        span = self._layout.spans.by_id[placed.id]
        around = self._layout.spans.between(placed.start, placed.end)
        return speech.describe(self._theme, placed, around, self.text[span.start : span.end])

    def _say_entered(self) -> None:
        """Tell of the span that the caret went into, by its keys or by a screen reader's."""
        position = self.textCursor().position()
        here = self._entering.entered(self._layout.shown(position, position + 1), position)
        if here is not None:
            speech.announce(self, self._describe(here))

    # Selection

    def selection(self) -> tuple[int, int] | None:
        """What is selected, None where nothing is."""
        cursor = self.textCursor()
        start = self.offsets.to_cp(cursor.selectionStart())
        end = self.offsets.to_cp(cursor.selectionEnd())
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select a range and bring it into sight."""
        self.show_selection(start, end)
        self._scrolling.bring(self.offsets.to_qt(start))

    def show_place(self, place: int) -> None:
        """Bring a place into sight and put the caret there."""
        self.put_caret(place)
        self._scrolling.bring(self.offsets.to_qt(place))

    def clear_selection(self) -> None:
        """Nothing is selected; the caret stays where it is."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def show_selection(self, anchor: int, caret: int) -> None:
        """Select a range without scrolling; the caret goes to its second place."""
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(anchor))
        cursor.setPosition(self.offsets.to_qt(caret), QTextCursor.MoveMode.KeepAnchor)
        self._put_cursor(cursor)

    def put_caret(self, place: int) -> None:
        """Put the caret somewhere without scrolling; nothing is selected."""
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(place))
        self._put_cursor(cursor)

    def anchor(self) -> int:
        """Where the selection was begun; the caret's place where nothing is selected."""
        return self.offsets.to_cp(self.textCursor().anchor())

    def tell_selection(self, *, by_mouse: bool = False) -> None:
        """Tell what is selected, unless it is a preview or known."""
        found = self.selection()
        if not self._pointer.drags and (by_mouse or found != self._told):
            self._told = found
            self.selection_changed.emit(found, by_mouse)

    def _put_cursor(self, cursor: QTextCursor) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    def copy(self) -> None:
        """What is selected goes to the clipboard."""
        found = self.selection()
        if found is not None:
            # A QMimeData made here would be the clipboard's until after Python has ended, and break its end.
            QGuiApplication.clipboard().setText(qt_text(whole_characters(self.text[slice(*found)])))

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        found = self.selection()
        data.setText(qt_text(whole_characters(self.text[slice(*found)])) if found else "")
        return data

    # Relations

    def set_arcs(self, arcs: Sequence[Arc]) -> None:
        """Draw these relations over the text."""
        self._arcs.put(arcs)

    def show_tie(self, span: int | None, to: QPointF | None = None) -> None:
        """A line from a span to the pointer, while one is dragged to another."""
        found = self._layout.spans.by_id.get(span) if span is not None else None
        self._arcs.drag((found.start, found.end) if found is not None else None, to)

    # Places

    def visible_range(self) -> tuple[int, int]:
        """The code points that are on the screen, whole lines."""
        return self.page.visible_range()

    def top(self) -> int:
        """The code point at the beginning of what is in sight; a resize does not change it."""
        position = self._scrolling.top()
        return self.visible_range()[0] if position is None else self.offsets.to_cp(position)

    def put_on_top(self, place: int) -> None:
        """Make the line of a code point the first one in sight."""
        self._scrolling.put_on_top(self.offsets.to_qt(min(place, len(self.text))))

    def rect_of(self, start: int, end: int) -> QRect:
        """The rectangle around the last line of a range, in coordinates of the viewport."""
        return self.page.rect_of(start, end)

    def spans_at(self, point: QPointF) -> list[int]:
        """The spans under a point of the viewport, the innermost first; a tag counts as its span."""
        return self.page.spans_at(point)

    def grip_points(self) -> tuple[QPoint, QPoint] | None:
        """Where the grips of the focused span are in the viewport."""
        return self.page.grip_points()

    # Look

    def set_theme(self, theme: ArticleTheme) -> None:
        """Other colours; no glyph moves."""
        self._theme = theme
        self._apply_palette()
        self._restyle(same_size=True)

    def set_zoom(self, zoom: float) -> None:
        """Another size of everything in the article; what is at the top stays there."""
        self.set_sizes(self._sizes._replace(zoom=zoom))

    def set_compact(self, compact: bool) -> None:
        """Lines without the row for tags."""
        self.set_sizes(self._sizes._replace(compact=compact))

    def set_column(self, column: int) -> None:
        """The width of the text at zoom 1."""
        self.set_sizes(self._sizes._replace(column=column))

    def set_body_font(self, family: str, size: int) -> None:
        """The face of the text, and its size in pixels at zoom 1."""
        self.set_sizes(self._sizes._replace(family=family, size=size))

    def set_show_rejected(self, show: bool) -> None:
        """Show rejected suggestions struck through, or hide them."""
        self._hidden = frozenset() if show else frozenset({REJECTED})
        self._layout.hidden_states = self._hidden
        self._layout.forget_geometry()
        self.viewport().update()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark search hits in the text and in the margin."""
        starts, ends = (self.offsets.many_to_qt([hit[side] for hit in sorted(hits)]) for side in (0, 1))
        self._layout.hits = list(zip(starts.tolist(), ends.tolist(), strict=True))
        self.viewport().update()
        self._margin.refresh_soon()

    def set_sizes(self, sizes: Sizes) -> None:
        """Other sizes; what is at the top stays there."""
        if sizes == self._sizes:
            return
        first = self.top()
        self._sizes = sizes
        self._restyle(same_size=False)
        self.document().setDefaultFont(self._painter.metrics.body)
        self.put_on_top(first)

    def _restyle(self, *, same_size: bool) -> None:
        self._painter = self._new_painter()
        self._layout.restyle(self._painter, same_size=same_size)
        self.viewport().update()

    def _new_painter(self) -> Painter:
        return Painter(self._theme, Metrics(self._sizes), self.devicePixelRatioF())

    def _apply_palette(self) -> None:
        self.setPalette(self._theme.palette(self.palette()))
        faint = QColor(self._theme.muted)
        faint.setAlpha(150)
        self._margin.set_colors(self._theme.page, faint, self._theme.ink)

    def _marks(self) -> tuple[Parts, Parts]:
        return self._layout.marks()

    def _paint_failed(self, error: BaseException) -> None:
        self.paint_failed.emit(f"{type(error).__name__}: {error}")

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.release(event)

    def may_grow(self) -> bool:
        """Whether a third click may still make a sentence of the word that is selected."""
        return self._pointer.clicked_twice

    def drop_drag(self) -> bool:
        """End a drag and leave everything as it was; whether there was one."""
        return self._pointer.drop()

    def event(self, event: QEvent) -> bool:
        keys = QKeySequence.StandardKey
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in (keys.Undo, keys.Redo, keys.Cut, keys.Paste, keys.Delete))
        ):
            event.ignore()  # Qt's text control claims them even where nothing can be edited
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drop_drag():
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectNextWord):
            self._reach_word(lambda here: words.grow_end(self.text, here, here)[1])
        elif event.matches(QKeySequence.StandardKey.SelectPreviousWord):
            self._reach_word(lambda here: words.grow_start(self.text, here, here)[0])
        else:
            super().keyPressEvent(event)

    def _reach_word(self, reach: Callable[[int], int]) -> None:
        """To the far edge of a word: a selection made so has no white space at its end, as Qt's has."""
        cursor = self.textCursor()
        there = reach(self.offsets.to_cp(cursor.position()))
        cursor.setPosition(self.offsets.to_qt(there), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        there = self.spans_at(QPointF(event.pos()))
        focus = self.focus_span
        self.context_requested.emit(
            focus if focus in there else there[0] if there else None, event.globalPos()
        )

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self._layout.exposed = event.region()
            painted = super().viewportEvent(event)
            self._layout.exposed = None
            return painted
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            there = self.spans_at(QPointF(event.pos()))
            tip = self._layout.spans.by_id[there[0]].tip if there else ""
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scrolling.settle()
        super().scrollContentsBy(dx, dy)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time Qt would scroll to the caret; the view stays where it was put."""
        value = self.verticalScrollBar().value()
        super().showEvent(event)
        self._scrolling.set_value(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.top()
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self._margin.setGeometry(area.right() + 1, area.top(), MARGIN, area.height())
        if first:
            self.put_on_top(first)
        self._arcs.setGeometry(self.viewport().rect())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            self.zoom_requested.emit((turned > 0) - (turned < 0))
            event.accept()
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._document is None:
            return
        if event.type() == QEvent.Type.FontChange:
            # Qt has given the document the font of the program.
            self._document.setDefaultFont(self._painter.metrics.body)
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle(same_size=True)
