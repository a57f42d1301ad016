"""Who is accused by whom of what: accusers at the left, conducts in the middle, the accused at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import mean
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.models import Label
from annotator.session.graph import Graph
from annotator.ui import paint, theme, wording

_HIGH, _GAP, _MARGIN, _LEAST = 40, 12, 24, 720
_COLUMNS: Final = ("accuser", "conduct", "accused")


class Box(NamedTuple):
    """A node as it is drawn: an entity in one of the three columns."""

    column: str
    entity: int
    label: str
    name: str
    rect: QRectF


def spaced(wanted: Mapping[int, float], count: int) -> list[tuple[int, float]]:
    """Rows near the wanted ones for all, none on another and none beyond so many, from top to bottom."""
    order = sorted(wanted, key=lambda one: wanted[one])
    asked = [wanted[one] for one in order]
    down = list(accumulate(asked, lambda above, own: max(own, above + 1)))
    up = list(accumulate(reversed(asked), lambda below, own: min(own, below - 1)))[::-1]
    between = [(one + other) / 2 for one, other in zip(down, up, strict=True)]
    rows = [max(row, number) for number, row in enumerate(between)]
    return [
        (one, min(row, count - len(order) + number))
        for number, (one, row) in enumerate(zip(order, rows, strict=True))
    ]


class GraphView(QWidget):
    """A click, or Enter on the box that the arrow keys chose, is told as `chosen`."""

    chosen = Signal(int)

    def __init__(self, labels: Sequence[Label]) -> None:
        super().__init__()
        self._labels = {one.name: one for one in labels}
        self._graph = Graph([], [])
        self._boxes: list[Box] = []
        self._edges: list[tuple[int, int]] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def put(self, graph: Graph) -> None:
        self._graph = graph
        self._at = 0
        self._place()
        said = wording.counted(
            len(graph.nodes), self.tr("Graph of 1 entity"), self.tr("Graph of {n} entities")
        )
        self.setAccessibleName(said if self._boxes else self._nobody())
        self.updateGeometry()
        self.update()

    def boxes(self) -> Sequence[Box]:
        """What is drawn, from top to bottom and left to right."""
        return self._boxes

    def sizeHint(self) -> QSize:
        bottom = max((box.rect.bottom() for box in self._boxes), default=0.0)
        return QSize(theme.current().px(_LEAST), round(bottom) + theme.current().px(_MARGIN))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(420), self.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        self._place()

    def _place(self) -> None:
        """Conducts in the order given; accusers and accused as near to theirs as there is room."""
        now = theme.current()
        nodes = {node.entity: node for node in self._graph.nodes}
        columns: dict[str, list[int]] = {name: [] for name in _COLUMNS}
        pairs: set[tuple[tuple[str, int], tuple[str, int]]] = set()
        for edge in self._graph.edges:
            if edge.conduct is None or edge.role not in ("accused", "accuser"):
                continue
            for column, entity in (("conduct", edge.conduct), (edge.role, edge.entity)):
                if entity not in columns[column]:
                    columns[column].append(entity)
            pairs.add(((edge.role, edge.entity), ("conduct", edge.conduct)))
        wide = max(self.width(), now.px(420)) - 2 * now.px(_MARGIN)
        room = wide * 0.28, wide * 0.30, wide * 0.28
        lefts = now.px(_MARGIN), now.px(_MARGIN) + wide * 0.35, now.px(_MARGIN) + wide * 0.72
        step = now.px(_HIGH + _GAP)
        tallest = max((len(found) for found in columns.values()), default=0)
        self._boxes = []
        spread = (tallest - len(columns["conduct"])) / 2
        middle = {entity: spread + number for number, entity in enumerate(columns["conduct"])}
        for name, left, width in zip(_COLUMNS, lefts, room, strict=True):
            wanted = middle
            if name != "conduct":
                joined = [(side[1], middle[other[1]]) for side, other in pairs if side[0] == name]
                wanted = {one: mean(at for who, at in joined if who == one) for one in columns[name]}
            for entity, row in spaced(wanted, tallest):
                node = nodes[entity]
                top = now.px(_MARGIN) + now.px(28) + row * step
                rect = QRectF(left, top, width, now.px(_HIGH))
                self._boxes.append(Box(name, entity, node.label, node.value or node.name, rect))
        numbers = {(box.column, box.entity): number for number, box in enumerate(self._boxes)}
        self._edges = sorted((numbers[one], numbers[other]) for one, other in pairs)

    def _nobody(self) -> str:
        return self.tr("Say in the articles who accuses and who is accused: nobody is named yet.")

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = (self.tr("Who accuses"), self.tr("Of what"), self.tr("Who is accused"))
        if not self._boxes:
            room = QRectF(now.px(_MARGIN), now.px(_MARGIN), self.width() - 2 * now.px(_MARGIN), now.px(20))
            paint.text(painter, room, self._nobody(), now.font("body"), "ink2")
        for name, words in zip(_COLUMNS, names, strict=True):
            first = next((box for box in self._boxes if box.column == name), None)
            if first is not None:
                head = QRectF(first.rect.x(), now.px(_MARGIN) - now.px(6), first.rect.width(), now.px(20))
                paint.text(painter, head, words, now.font("section"), "ink2")
        for one, other in self._edges:
            self._paint_edge(painter, one, other)
        for number, box in enumerate(self._boxes):
            self._paint_box(painter, box, focused=number == self._at and self.hasFocus())

    def _paint_edge(self, painter: QPainter, one: int, other: int) -> None:
        """A curve between an accuser or an accused and a conduct, strong where the box in focus has to do with it."""
        side, middle = self._boxes[one].rect, self._boxes[other].rect
        if side.x() < middle.x():
            start, end = QPointF(side.right(), side.center().y()), QPointF(middle.left(), middle.center().y())
        else:
            start, end = QPointF(middle.right(), middle.center().y()), QPointF(side.left(), side.center().y())
        bend = (end.x() - start.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
        now = theme.current()
        near = self._at in (one, other)
        painter.setPen(QPen(now.color("ink2" if near else "line2"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        tip = QPainterPath(end)
        tip.lineTo(end + QPointF(-7, -4))
        tip.lineTo(end + QPointF(-7, 4))
        tip.closeSubpath()
        painter.fillPath(tip, now.color("ink2" if near else "edge"))

    def _paint_box(self, painter: QPainter, box: Box, *, focused: bool) -> None:
        now = theme.current()
        colors = now.label(self._labels[box.label].hue)
        ring = now.color("ink") if focused else now.color("line2")
        paint.rounded(painter, box.rect, now.px(6), now.color("raised"), ring, line=2 if focused else 1)
        side = now.px(10)
        left = box.rect.x() + now.px(10)
        paint.swatch(painter, QRectF(left, box.rect.center().y() - side / 2, side, side), colors.strong)
        words = box.rect.adjusted(now.px(28), 0, -now.px(8), 0)
        paint.text(painter, words, wording.plain(box.name, 120), now.font("medium"))

    # Choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._box_at(event.position())
        if found is not None:
            self._at = found
            self.update()
            self.chosen.emit(self._boxes[found].entity)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._box_at(event.position())
        pointing = Qt.CursorShape.PointingHandCursor
        self.setCursor(pointing if found is not None else Qt.CursorShape.ArrowCursor)
        self.setToolTip(wording.plain(self._boxes[found].name, 300) if found is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._boxes:
            self._at = (self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._boxes)
            self.update()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._boxes:
            self._go_along(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._boxes:
            self.chosen.emit(self._boxes[self._at].entity)
        else:
            super().keyPressEvent(event)

    def _go_along(self, step: int) -> None:
        """To the first box that hangs together with this one in the next column."""
        here = self._boxes[self._at].rect.x()
        joined = [other if one == self._at else one for one, other in self._edges if self._at in (one, other)]
        found = [one for one in joined if (self._boxes[one].rect.x() - here) * step > 0]
        if found:
            self._at = min(found)
            self.update()

    def _box_at(self, place: QPointF) -> int | None:
        return next((number for number, box in enumerate(self._boxes) if box.rect.contains(place)), None)
