"""The card for what is known of an article: title, date, source, tags, note; and taking it out."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.domain.models import Document
from annotator.ui import theme
from annotator.ui.field import Field
from annotator.ui.kit import Button, column, frame, label, line, row, tool
from annotator.ui.overlay import Overlay

Save = Callable[[dict[str, str | None]], object]


class DetailsCard(Overlay):
    """Enter stores, Esc leaves everything as it was."""

    def __init__(self, window: QWidget, document: Document, save: Save, remove: Callable[[], object]) -> None:
        super().__init__(window, 560, 424)
        self._save, self._remove = save, remove
        self._tags = document.tags
        self._fields: dict[str, Field] = {}
        rows = column(gap=12, margins=(24, 20, 24, 12))
        for name, words, hint in (
            ("title", self.tr("Title"), ""),
            ("date", self.tr("Date"), self.tr("year-month-day: days in the text are reckoned from it")),
            ("source", self.tr("Source"), ""),
            ("tags", self.tr("Tags"), self.tr("words with commas between them")),
            ("note", self.tr("Note"), ""),
        ):
            field = Field(hint)
            field.setAccessibleName(words)
            value = getattr(document, name) or ""
            field.setText(", ".join(json.loads(value)) if name == "tags" else value)
            field.setCursorPosition(0)
            field.returnPressed.connect(self._done)
            self._fields[name] = field
            what = label(words, "second")
            what.setFixedWidth(theme.current().px(104))
            rows.addLayout(row(what, field))
        rows.addStretch(1)
        out = Button(self.tr("Remove the article"), "x", "ghost")
        out.clicked.connect(self._take_out)
        store = Button(self.tr("Store"), "check", "primary", "↵")
        store.clicked.connect(self._done)
        head = row(
            label(self.tr("Article details"), "head"),
            None,
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        box = column(frame(head, height=56), line(), gap=0)
        box.addLayout(rows, 1)
        box.addWidget(line())
        box.addWidget(frame(row(out, None, store, margins=(16, 0, 24, 0)), height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Article details"))
        self.open(self._fields["title"])

    def _done(self) -> None:
        values = {name: field.text().strip() or None for name, field in self._fields.items()}
        tags = [tag.strip() for tag in (values["tags"] or "").split(",")]
        found = list(dict.fromkeys(filter(None, tags)))
        same = found == json.loads(self._tags)
        values["tags"] = self._tags if same else json.dumps(found, ensure_ascii=False)
        self.close_card()
        self._save(values)

    def _take_out(self) -> None:
        self.close_card()
        self._remove()
