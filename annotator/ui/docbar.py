"""The bar above the text: which article, how it is shown, and done."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from annotator.domain.models import DONE, IN_PROGRESS, Document
from annotator.ui import theme, wording
from annotator.ui.bindings import Bindings
from annotator.ui.ground import Ground
from annotator.ui.kit import Cut, label, line, row

_NARROW = 720
"""Below this width, in token pixels, the source would be cut."""


class DocumentBar(Ground):
    """Position, source, date and status at the left; flag, find, rejected, compact, size, done at the right."""

    def __init__(self, bindings: Bindings) -> None:
        super().__init__("page")
        self.setFixedHeight(theme.current().px(48))
        self._place = label("", "second")
        self._source = Cut("", "strong")
        self._source.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._date = Cut("", "second")
        self._date.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._status = label("", "pill")
        self._status.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        names = ("flag.article", "find", "view.rejected", "view.compact", "zoom.in")
        tools = [bindings.button(name, "tool") for name in names]
        self._done = bindings.button("done", face=self.tr("Done, next"))
        before, after = (bindings.button(f"article.{name}", "tool") for name in ("previous", "next"))
        self.setLayout(
            row(
                *(before, self._place, after, line(vertical=True, length=20)),
                *(self._source, self._date, self._status, None, *tools, self._done),
                margins=(12, 0, 12, 0),
            )
        )

    def show_document(self, document: Document | None, place: int = 0, count: int = 0) -> None:
        """Say which article this is; `place` counts from 1 and is 0 for one that is not in the list."""
        self._place.setText(
            self.tr("{place} of {count}").format(place=place or "–", count=count) if document else ""
        )
        self._source.setText((document.source if document else None) or "")
        self._date.setText(wording.day(document.date if document else None))
        for part in (self._source, self._date):
            part.setVisible(bool(part.text()))
        self._status.setVisible(document is not None)
        if document is not None:
            names = {DONE: self.tr("Done"), IN_PROGRESS: self.tr("In progress")}
            self._status.setText(names.get(document.status, self.tr("New")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave date and status to the list where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_NARROW)
        for widget in (self._date, self._status):
            widget.setMaximumWidth(0 if narrow else 16777215)
