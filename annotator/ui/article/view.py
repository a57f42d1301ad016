"""The widget: an article, its spans, the focus, a selection. Offsets in and out are code points.

Nothing is ever read back from Qt's document: selections are positions that `OffsetMap` turns
into code points, copying slices the model's text.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from annotator.domain import words
from annotator.domain.models import REJECTED, SUGGESTED
from annotator.domain.offsets import OffsetMap
from annotator.ui.article.geometry import Fragment, x_of
from annotator.ui.article.gestures import BoundaryDrag, Drag, sentence_at
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.look import ArticleTheme
from annotator.ui.article.margin import WIDTH as MARGIN
from annotator.ui.article.margin import OverviewMargin
from annotator.ui.article.metrics import Metrics
from annotator.ui.article.painter import Painter
from annotator.ui.article.spans import Placed, SpanIndex, ViewSpan

_GRIP_AREA = (20, 24)
_CALM = (0.20, 0.70)
"""A focus inside this part of the height does not scroll the view; others go to _GOES_TO."""
_GOES_TO = 0.42
_IDLE_AFTER = 400
_IDLE_SLICE = 0.004


class ArticleView(QTextEdit):
    """Reads, selects and shows; what a key means is the window's.

    Signals: `span_clicked` (id), `selection_changed` ((start, end) or None once a drag has
    ended, whether by mouse), `boundary_moved` (id, start, end), `context_requested` (id or None, global point),
    `scrolled`, `paint_failed` (sentence).
    """

    span_clicked = Signal(int)
    selection_changed = Signal(object, bool)
    boundary_moved = Signal(int, int, int)
    context_requested = Signal(object, QPoint)
    scrolled = Signal()
    paint_failed = Signal(str)

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
        self._zoom = 1.0
        self._compact = False
        self._column = 688
        self._show_rejected = False
        self._painter = Painter(self._theme, Metrics(), 1.0)
        self._hits: list[tuple[int, int]] = []
        self._drag: Drag | None = None
        self._boundary: BoundaryDrag | None = None
        self._pressed: QPointF | None = None
        self._clicks = (QPoint(), 0.0, 0)
        self._settling = False
        self._document: QTextDocument | None = None
        self._margin = OverviewMargin(self, self._marks)
        self._margin.went.connect(self._go_to_part)
        self.setViewportMargins(0, 0, MARGIN, 0)
        self._idle = QTimer(self, interval=_IDLE_AFTER, singleShot=True)
        self._idle.timeout.connect(self._refine)
        self._overview = QTimer(self, interval=120, singleShot=True)
        self._overview.timeout.connect(self._margin.refresh)
        self.selectionChanged.connect(self._tell_selection)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        self._apply_palette()
        self.set_article("", [])

    # The article

    def set_article(self, text: str, spans: Iterable[ViewSpan]) -> None:
        """Show another text with its spans; the view goes to the top, nothing is in focus."""
        self.text = text
        self.offsets = OffsetMap(text)
        self._painter = self._new_painter()
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._painter.metrics.body)
        # The layout has to be in place, and to know the blocks, before the text comes in.
        self._layout = ArticleLayout(
            document, self.offsets.block_lengths, SpanIndex(spans, self.offsets), self._painter
        )
        self._layout.failed = self._paint_failed
        self._layout.hidden_states = frozenset() if self._show_rejected else frozenset({REJECTED})
        document.setDocumentLayout(self._layout)
        document.setPlainText(self.offsets.display)
        if document.characterCount() - 1 != self.offsets.qt_length:
            raise AssertionError("Qt holds another text than the one it was given")
        old, self._document = self._document, document
        self.setDocument(document)
        if old is not None:
            old.deleteLater()
        self._hits = []
        self._drag = self._boundary = None
        self._overview.start()
        self._idle.start()

    def put_spans(self, changed: Iterable[ViewSpan], removed: Iterable[int] = ()) -> None:
        """Draw changed spans anew and drop removed ones; nothing else on the page moves."""
        index = self._layout.spans
        for span_id in removed:
            self._repaint(index.remove(span_id))
        for span in changed:
            self._repaint(index.remove(span.id))
            self._repaint(index.put(span))
        self._overview.start()

    def _repaint(self, placed: Placed | None) -> None:
        if placed is not None:
            rect = self._layout.changed(placed.start, placed.end)
            self.viewport().update(rect.translated(0, -self.verticalScrollBar().value()).toAlignedRect())

    # Focus

    @property
    def focus_span(self) -> int | None:
        """The span in focus."""
        return self._layout.focus

    def set_focus_span(self, span_id: int | None, *, scroll: bool = True) -> None:
        """Put the focus on a span; the view scrolls only where its line is near an edge or away."""
        old = self._layout.focused()
        self._layout.focus = span_id if span_id in self._layout.spans.by_id else None
        new = self._layout.focused()
        for one in (old, new):
            self._repaint(one)
        if new is not None:
            if scroll:
                self._bring(new.start)
            self._announce()

    def _bring(self, position: int) -> None:
        block = self.document().findBlock(position)
        y = self._line_y(block, position)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if not _CALM[0] * height <= y - bar.value() <= _CALM[1] * height:
            self._set_scroll(y - height * _GOES_TO)
            # Lines above may just have got their height: the place is found again.
            self._set_scroll(self._line_y(block, position) - height * _GOES_TO)

    def _line_y(self, block: QTextBlock, position: int) -> float:
        line = self._layout.lines(block).lineForTextPosition(position - block.position())
        return self._layout.top_of(block.blockNumber()) + line.y()

    def _set_scroll(self, value: float) -> None:
        self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self.verticalScrollBar().setValue(round(value))

    def _announce(self) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.describe_focus()))

    def describe_focus(self) -> str:
        """What a screen reader hears of the span in focus: "PERSON, suggested, inside ALLEGATION"."""
        span = self._layout.spans.by_id.get(self._layout.focus or 0)
        if span is None:
            return ""
        placed = self._layout.spans.placed(span)
        around = [
            self._theme.label(one.label).name
            for one in self._layout.spans.between(placed.start, placed.end)
            if one.id != span.id
            and one.start <= placed.start
            and one.end >= placed.end
            and one.state != REJECTED
        ]
        words_ = self.text[span.start : span.end]
        parts = [self._theme.label(span.label).name, self.tr(span.state), words_]
        parts += [self.tr("inside {label}").format(label=label) for label in around]
        return ", ".join(parts)

    # Selection

    def selection(self) -> tuple[int, int] | None:
        """What is selected, None where nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self.offsets.to_cp(cursor.selectionStart())
        end = self.offsets.to_cp(cursor.selectionEnd())
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select a range and bring it into sight."""
        self._select(start, end)
        self._bring(self.offsets.to_qt(start))

    def clear_selection(self) -> None:
        """Nothing is selected; the caret stays where it is."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def _select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(start))
        cursor.setPosition(self.offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    def _tell_selection(self) -> None:
        if self._drag is None:
            self.selection_changed.emit(self.selection(), False)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        found = self.selection()
        data.setText(self.text[slice(*found)] if found else "")
        return data

    # Places

    def visible_range(self) -> tuple[int, int]:
        """The code points that are on the screen, whole lines."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        first = self._layout.hitTest(QPointF(0, top + 1), None)
        last = self._layout.hitTest(QPointF(self._layout.width, bottom - 1), None)
        return self.offsets.to_cp(first), self.offsets.to_cp(last)

    def rect_of(self, start: int, end: int) -> QRect:
        """The rectangle around the last line of a range, in coordinates of the viewport."""
        first, last = self.offsets.to_qt(start), self.offsets.to_qt(end)
        block = self.document().findBlock(max(first, last - 1))
        layout = self._layout.lines(block)
        line = layout.lineForTextPosition(max(first, last - 1) - block.position())
        low = max(first - block.position(), line.textStart())
        left, right = (x_of(line, place) for place in (low, last - block.position()))
        y = self._layout.top_of(block.blockNumber()) + line.y() - self.verticalScrollBar().value()
        return QRectF(min(left, right), y, abs(right - left), line.height()).toAlignedRect()

    def spans_at(self, point: QPointF) -> list[int]:
        """The spans under a point of the viewport, the innermost first; a tag counts as its span."""
        block, top = self._block_at(point)
        x, y = point.x(), point.y() - top
        found = self._layout.geometry_of(block)
        height = self._painter.metrics.tag_height
        for tag in found.tags:
            if tag.x <= x <= tag.x + tag.width and tag.y <= y <= tag.y + height + 1:
                return [tag.span.id]
        below = self._painter.metrics.below
        hit = [
            one.span
            for one in found.fragments
            if one.x - 1 <= x <= one.x + one.width + 1
            and one.y <= y <= one.y + one.height + (below if one.band else 0)
        ]
        return [span.id for span in sorted(set(hit), key=lambda span: (span.end - span.start, span.start))]

    def _block_at(self, point: QPointF) -> tuple[QTextBlock, float]:
        """The block under a point of the viewport, and where it begins there."""
        scroll = self.verticalScrollBar().value()
        number = self._layout.block_at(point.y() + scroll)
        block = self.document().findBlockByNumber(number)
        self._layout.lines(block)
        return block, self._layout.top_of(number) - scroll

    def _place_at(self, point: QPointF) -> int:
        scrolled = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        return self.offsets.to_cp(self._layout.hitTest(scrolled, None))

    # Look

    def set_theme(self, theme: ArticleTheme) -> None:
        """Other colours; no glyph moves."""
        self._theme = theme
        self._apply_palette()
        self._restyle(same_size=True)

    def set_zoom(self, zoom: float) -> None:
        """Another size of everything in the article; what is at the top stays there."""
        self._zoom = zoom
        self._resize()

    def set_compact(self, compact: bool) -> None:
        """Lines without the row for tags."""
        self._compact = compact
        self._resize()

    def set_column(self, column: int) -> None:
        """The width of the text at zoom 1."""
        self._column = column
        self._resize()

    def set_show_rejected(self, show: bool) -> None:
        """Show rejected suggestions struck through, or hide them."""
        self._show_rejected = show
        self._layout.hidden_states = frozenset() if show else frozenset({REJECTED})
        self._layout.forget_geometry()
        self.viewport().update()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark search hits in the margin."""
        self._hits = list(hits)
        self._overview.start()

    def _resize(self) -> None:
        first, _ = self.visible_range()
        self._restyle(same_size=False)
        self.document().setDefaultFont(self._painter.metrics.body)
        position = self.offsets.to_qt(first)
        self._set_scroll(
            self._line_y(self.document().findBlock(position), position) - self._painter.metrics.above
        )

    def _restyle(self, *, same_size: bool) -> None:
        self._painter = self._new_painter()
        self._layout.restyle(self._painter, same_size=same_size)
        self.viewport().update()

    def _new_painter(self) -> Painter:
        metrics = Metrics(self._zoom, compact=self._compact, column=self._column)
        return Painter(self._theme, metrics, self.devicePixelRatioF())

    def _apply_palette(self) -> None:
        palette = self.palette()
        for role, color in (
            (QPalette.ColorRole.Base, self._theme.page),
            (QPalette.ColorRole.Text, self._theme.ink),
            (QPalette.ColorRole.Highlight, self._theme.selection),
            (QPalette.ColorRole.HighlightedText, self._theme.ink),
        ):
            palette.setColor(role, color)
        self.setPalette(palette)
        faint = QColor(self._theme.muted)
        faint.setAlpha(150)
        self._margin.set_colors(self._theme.page, faint, self._theme.ink)

    def _paint_failed(self, error: BaseException) -> None:
        self.paint_failed.emit(f"{type(error).__name__}: {error}")

    # Scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._settling:
            self._settle()
        super().scrollContentsBy(dx, dy)
        self._idle.start()

    def _settle(self) -> None:
        """Break what comes into sight before it is painted, and hold still what was there."""
        bar = self.verticalScrollBar()
        top = bar.value()
        shift = self._layout.settle(top, top + self.viewport().height())
        if abs(shift) >= 0.5:
            self._settling = True
            try:
                self._set_scroll(top + shift)
            finally:
                self._settling = False
            self.viewport().update()

    def _refine(self) -> None:
        """Make heights exact while nobody does anything, a few milliseconds at a time."""
        if not self.isVisible():
            return
        until = time.perf_counter() + _IDLE_SLICE
        bar = self.verticalScrollBar()
        shift, finished = self._layout.make_exact(bar.value(), lambda: time.perf_counter() < until)
        if shift:
            self._settling = True
            try:
                self._set_scroll(bar.value() + shift)
            finally:
                self._settling = False
        if not finished:
            self._idle.start(20)
        else:
            self._overview.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.visible_range()[0] if self._layout.width else 0
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self._margin.setGeometry(area.right() + 1, area.top(), MARGIN, area.height())
        if first:
            position = self.offsets.to_qt(first)
            self._set_scroll(
                self._line_y(self.document().findBlock(position), position) - self._painter.metrics.above
            )

    def _marks(self) -> tuple[list[float], list[float]]:
        """Where undecided spans and hits are, as parts of the document's height."""
        undecided = [one.start for one in self._layout.spans.all_placed() if one.state == SUGGESTED]
        hits = self.offsets.many_to_qt([start for start, _ in self._hits]).tolist()
        return self._parts(undecided), self._parts(hits)

    def _parts(self, positions: list[int]) -> list[float]:
        if not positions:
            return []
        starts = np.concatenate([[0], np.cumsum(self.offsets.block_lengths + 1)[:-1]])
        blocks = np.unique(np.searchsorted(starts, positions, side="right") - 1)
        height = max(1.0, self._layout.documentSize().height())
        return [self._layout.top_of(int(block)) / height for block in blocks]

    def _go_to_part(self, part: float) -> None:
        self._set_scroll(part * self._layout.documentSize().height() - self.viewport().height() / 2)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()
            return
        point = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = point
        grip = self._grip_at(point)
        if grip is not None:
            self._boundary = grip
            return
        place = self._place_at(point)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend(place, exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        count = self._count_click(event)
        if count == 2:
            self._select_around(words.word_at(self.text, place))
        elif count == 3:
            self._select_around(sentence_at(self.text, place))
        else:
            self._drag = Drag(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _count_click(self, event: QMouseEvent) -> int:
        """1, 2 or 3 clicks at one place."""
        point, when, count = self._clicks
        here, now = event.position().toPoint(), time.monotonic()
        near = (here - point).manhattanLength() < QApplication.startDragDistance()
        again = near and now - when < QApplication.doubleClickInterval() / 1000
        count = count % 3 + 1 if again else 1
        self._clicks = (here, now, count)
        return count

    def _select_around(self, found: tuple[int, int] | None) -> None:
        self._drag = None
        if found is not None:
            self._select(*found)
            self.selection_changed.emit(found, True)

    def _extend(self, place: int, *, exact: bool) -> None:
        found = self.selection()
        anchor = (
            found[0]
            if found and place >= found[0]
            else found[1]
            if found
            else self.offsets.to_cp(self.textCursor().position())
        )
        reached = Drag(anchor, exact).reach(self.text, place)
        if reached is not None:
            self._select(*reached)
            self.selection_changed.emit(reached, True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._boundary is not None:
            reached = self._boundary.reach(self.text, self._place_at(point), exact=exact)
            self._select(*reached)
        elif self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(point, exact=exact)
        else:
            self._show_pointer(point)

    def _drag_to(self, point: QPointF, *, exact: bool) -> None:
        drag = self._drag
        if drag is None or self._pressed is None:
            return
        if (
            point - self._pressed
        ).manhattanLength() < QApplication.startDragDistance() and not self.textCursor().hasSelection():
            return
        drag.exact = exact
        reached = drag.reach(self.text, self._place_at(point))
        if reached is None:
            self.clear_selection()
        else:
            self._select(*reached)
        self._scroll_at_edge(point)

    def _scroll_at_edge(self, point: QPointF) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if point.y() < 0:
            bar.setValue(bar.value() - self._painter.metrics.pitch)
        elif point.y() > height:
            bar.setValue(bar.value() + self._painter.metrics.pitch)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._boundary is not None:
            done, self._boundary = self._boundary, None
            self.clear_selection()
            self.boundary_moved.emit(done.span, done.start, done.end)
            return
        if self._drag is None:
            return
        self._drag = None
        found = self.selection()
        moved = (
            self._pressed is not None
            and (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        )
        if found is not None and moved:
            self.selection_changed.emit(found, True)
            return
        self.clear_selection()
        self.selection_changed.emit(None, True)
        self._click(event.position())

    def _click(self, point: QPointF) -> None:
        """The innermost span under the pointer; a click on the one in focus goes to the one outside."""
        there = self.spans_at(point)
        if not there:
            self._put_caret(point)
            return
        focus = self.focus_span
        index = (there.index(focus) + 1) % len(there) if focus in there else 0
        self.span_clicked.emit(there[index])

    def _put_caret(self, point: QPointF) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(self._place_at(point)))
        self.setTextCursor(cursor)

    def _grip_at(self, point: QPointF) -> BoundaryDrag | None:
        """The boundary of the focused span under the pointer."""
        span = self._layout.spans.by_id.get(self._layout.focus or 0)
        if span is None:
            return None
        for one, top in self._focus_fragments(span):
            for grip, fixed in zip(self._painter.grips(one, top), (span.end, span.start), strict=True):
                if (
                    grip is not None
                    and abs(point.x() - grip.x()) <= _GRIP_AREA[0] / 2
                    and abs(point.y() - grip.y()) <= _GRIP_AREA[1] / 2
                ):
                    return BoundaryDrag(span.id, fixed, span.start, span.end)
        return None

    def _focus_fragments(self, span: ViewSpan) -> list[tuple[Fragment, float]]:
        """The fragments of a span that are broken, each with its paragraph's top in the viewport."""
        placed = self._layout.spans.placed(span)
        block = self.document().findBlock(placed.start)
        scroll = self.verticalScrollBar().value()
        found = []
        while block.isValid() and block.position() < placed.end:
            top = self._layout.top_of(block.blockNumber()) - scroll
            found += [
                (one, top) for one in self._layout.geometry_of(block).fragments if one.span.id == span.id
            ]
            block = block.next()
        return found

    def grip_points(self) -> tuple[QPoint, QPoint] | None:
        """Where the grips of the focused span are in the viewport."""
        span = self._layout.spans.by_id.get(self._layout.focus or 0)
        points: list[QPointF] = []
        for one, top in self._focus_fragments(span) if span else []:
            points += [grip for grip in self._painter.grips(one, top) if grip is not None]
        return (points[0].toPoint(), points[-1].toPoint()) if len(points) >= 2 else None

    def drop_drag(self) -> bool:
        """End a drag and leave everything as it was; whether there was one."""
        if self._boundary is None and self._drag is None:
            return False
        self._boundary = self._drag = None
        self.clear_selection()
        return True

    def _show_pointer(self, point: QPointF) -> None:
        over_grip = self._grip_at(point) is not None
        over_tag = not over_grip and any(True for _ in self._tags_at(point))
        shape = (
            Qt.CursorShape.SizeHorCursor
            if over_grip
            else Qt.CursorShape.PointingHandCursor
            if over_tag
            else Qt.CursorShape.IBeamCursor
        )
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _tags_at(self, point: QPointF) -> Iterable[int]:
        block, top = self._block_at(point)
        y = point.y() - top
        height = self._painter.metrics.tag_height
        return (
            tag.span.id
            for tag in self._layout.geometry_of(block).tags
            if tag.x <= point.x() <= tag.x + tag.width and tag.y <= y <= tag.y + height
        )

    # Other events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drop_drag():
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        there = self.spans_at(QPointF(event.pos()))
        focus = self.focus_span
        self.context_requested.emit(
            focus if focus in there else there[0] if there else None, event.globalPos()
        )

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            there = self.spans_at(QPointF(event.pos()))
            tip = self._layout.spans.by_id[there[0]].tip if there else ""
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle(same_size=True)
