"""The card that says which program this is and where it keeps what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator import __version__, paths
from annotator.ui import theme
from annotator.ui.kit import Button, column, frame, label, line, row
from annotator.ui.overlay import Overlay


class About(Overlay):
    """Version, licence, folders."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, 520, 300)
        close = Button(self.tr("Close"), key="Esc")
        close.clicked.connect(self.close_card)
        facts = (
            (self.tr("Settings"), str(paths.user_config())),
            (self.tr("Sample project"), str(paths.user_data())),
            (self.tr("Log"), str(paths.log_file())),
        )
        rows = column(gap=8)
        for name, value in facts:
            what, where = label(name, "second"), label(value, wrap=True)
            what.setFixedWidth(theme.current().px(112))
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addLayout(row(what, where))
        about = self.tr("Everything stays on this computer: no account, no server, no network.")
        body = column(
            *(label(f"Annotator {__version__}", "head"), label(about, wrap=True)),
            *(label(self.tr("Free software under the MIT licence."), "second"), 8, frame(rows), None),
            margins=(24, 20, 24, 16),
        )
        box = column(gap=0)
        box.addLayout(body, 1)
        box.addWidget(line())
        box.addWidget(frame(row(None, close, margins=(24, 0, 24, 0)), height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("About Annotator"))
        self.open(close)
