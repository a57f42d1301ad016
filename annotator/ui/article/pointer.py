"""The mouse over the article: clicks on spans, selections, boundaries on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.domain import words
from annotator.ui.article.gestures import BoundaryDrag, Drag, sentence_at

if TYPE_CHECKING:
    from annotator.ui.article.view import ArticleView

_SCROLL_EVERY = 40


class Pointer(QObject):
    """What the left button does, from going down to going up. Alt means characters, else words."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._drag: Drag | None = None
        self._boundary: BoundaryDrag | None = None
        self._pressed = QPointF()
        self._tied: int | None = None
        self._twice: tuple[QPointF, int] | None = None
        self._last = (QPointF(), False)
        self._edge = QTimer(self, interval=_SCROLL_EVERY)
        self._edge.timeout.connect(self._scroll_at_edge)

    @property
    def drags(self) -> bool:
        """Whether a drag is on its way: what is selected then is a preview."""
        return self._drag is not None or self._boundary is not None

    @property
    def clicked_twice(self) -> bool:
        """Whether the last thing was a double click on a word."""
        return self._twice is not None

    def press(self, event: QMouseEvent) -> None:
        """The button went down."""
        view, point = self._view, event.position()
        self._pressed = point
        grip = view.page.grip_at(point)
        if grip is not None:
            view.clear_selection()
            span = grip.span
            self._boundary = BoundaryDrag(span.id, grip.fixed, span.start, span.end, grip.at - point)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and view.spans_at(point):
            self._tied = view.spans_at(point)[0]
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend(view.page.place_at(point), exact=_exact(event))
        elif self._is_third(event):
            self._take(sentence_at(view.text, view.page.place_at(point)))
        else:
            self._drag = Drag(view.page.place_at(point))

    def press_twice(self, event: QMouseEvent) -> None:
        """The button went down for the second time."""
        self._drag = None
        if self._view.page.grip_at(event.position()) is None:
            self._twice = (event.position(), event.timestamp())
            self._take(words.word_at(self._view.text, self._view.page.place_at(event.position())))

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved."""
        self._last = (event.position(), _exact(event))
        if self._tied is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if self._is_far(event.position()):
                self._view.show_tie(self._tied, event.position())
        elif self.drags and event.buttons() & Qt.MouseButton.LeftButton:
            self._reach()
            outside = not 0 <= event.position().y() <= self._view.viewport().height()
            if outside and not self._edge.isActive():
                self._scroll_at_edge()
                self._edge.start()
            elif not outside:
                self._edge.stop()
        else:
            self._show_shape(event.position())

    def release(self, event: QMouseEvent) -> None:
        """The button went up: what was previewed is made."""
        view = self._view
        self._edge.stop()
        boundary, self._boundary = self._boundary, None
        drag, self._drag = self._drag, None
        tied, self._tied = self._tied, None
        if tied is not None:
            self._tie(tied, event.position())
        elif boundary is not None:
            view.clear_selection()
            if boundary.moved:
                view.boundary_moved.emit(boundary.span, boundary.start, boundary.end)
        elif drag is not None:
            if self._is_far(event.position()) and view.selection() is not None:
                view.tell_selection(by_mouse=True)
            else:
                view.clear_selection()
                self._click(event.position())

    def drop(self) -> bool:
        """End a drag and leave everything as it was; whether there was one."""
        dragged = self.drags or self._tied is not None
        self._drag = self._boundary = self._tied = None
        self._view.show_tie(None)
        self._edge.stop()
        if dragged:
            self._view.clear_selection()
        return dragged

    def drop_boundary_of(self, span: int) -> None:
        """The span changed while a boundary of it is on its way."""
        if self._boundary is not None and self._boundary.span == span:
            self.drop()

    def _tie(self, start: int, point: QPointF) -> None:
        """Dropped on another span the two are tied; without a drag it was a click."""
        self._view.show_tie(None)
        there = [one for one in self._view.spans_at(point) if one != start]
        if not self._is_far(point):
            self._click(point)
        elif there:
            self._view.spans_tied.emit(start, there[0])

    def _reach(self) -> None:
        """Show what would be made if the button went up now."""
        view, (point, exact) = self._view, self._last
        if self._boundary is not None:
            place = view.page.place_at(point + self._boundary.offset)
            view.show_selection(*self._boundary.reach(view.text, place, exact=exact))
        elif self._drag is not None and (self._is_far(point) or view.selection() is not None):
            place = view.page.place_at(point)
            self._show(self._drag.reach(view.text, place, exact=exact), backwards=place < self._drag.anchor)

    def _show(self, reached: tuple[int, int] | None, *, backwards: bool) -> None:
        if reached is None:
            self._view.clear_selection()
        else:
            anchor, caret = reversed(reached) if backwards else reached
            self._view.show_selection(anchor, caret)

    def _extend(self, place: int, *, exact: bool) -> None:
        anchor = self._view.anchor()
        reached = Drag(anchor).reach(self._view.text, place, exact=exact)
        if reached is not None:
            self._show(reached, backwards=place < anchor)
            self._view.tell_selection(by_mouse=True)

    def _take(self, found: tuple[int, int] | None) -> None:
        if found is not None:
            self._view.show_selection(*found)
            self._view.tell_selection(by_mouse=True)

    def _click(self, point: QPointF) -> None:
        """The innermost span under the pointer; a click on the one in focus goes to the one outside."""
        view = self._view
        there = view.spans_at(point)
        if not there:
            view.put_caret(view.page.place_at(point))
            return
        focus = view.focus_span
        index = (there.index(focus) + 1) % len(there) if focus in there else 0
        view.span_clicked.emit(there[index])

    def _is_third(self, event: QMouseEvent) -> bool:
        if self._twice is None:
            return False
        point, when = self._twice
        self._twice = None
        near = (event.position() - point).manhattanLength() < QApplication.startDragDistance()
        return near and event.timestamp() - when < QApplication.doubleClickInterval()

    def _is_far(self, point: QPointF) -> bool:
        return (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def _scroll_at_edge(self) -> None:
        """Held above or below the page, the mouse scrolls; further away, faster."""
        bar, height, y = self._view.verticalScrollBar(), self._view.viewport().height(), self._last[0].y()
        beyond = y if y < 0 else y - height
        bar.setValue(bar.value() + round(beyond / 2) + (1 if beyond > 0 else -1))
        self._reach()

    def _show_shape(self, point: QPointF) -> None:
        shapes, page = Qt.CursorShape, self._view.page
        shape = shapes.IBeamCursor
        if page.grip_at(point) is not None:
            shape = shapes.SizeHorCursor
        elif page.tag_at(point) is not None:
            shape = shapes.PointingHandCursor
        port = self._view.viewport()
        if port.cursor().shape() != shape:
            port.setCursor(shape)


def _exact(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
