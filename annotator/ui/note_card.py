"""The note of an article that was flagged just now: why somebody is to come back to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.domain.models import Document
from annotator.ui.field import Field
from annotator.ui.kit import Icon, column, frame, label, row, tool
from annotator.ui.overlay import Overlay


class NoteCard(Overlay):
    """Enter stores the note; Esc leaves the flag without a new one."""

    def __init__(self, window: QWidget, document: Document, store: Callable[[str | None], object]) -> None:
        super().__init__(window, 520, 120, 96)
        self._store = store
        self._note = Field(
            self.tr("Why come back? Enter keeps the note, Esc the flag alone"), "sticky-note", "↵"
        )
        self._note.setText(document.note or "")
        self._note.returnPressed.connect(self._done)
        head = row(
            Icon("flag"),
            label(self.tr("Article flagged"), "strong"),
            None,
            tool("x", self.tr("Close"), "Esc", self.close_card),
        )
        self.card.setLayout(column(frame(head, height=32), self._note, None, margins=(16, 12, 12, 16)))
        self.card.setAccessibleName(self.tr("Note on the article"))
        self.open(self._note)

    def _done(self) -> None:
        note = self._note.text().strip() or None
        self.close_card()
        self._store(note)
