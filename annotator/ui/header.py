"""The bar at the top: menu, project, running work, commands, export."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy

from annotator.ui import paint, theme
from annotator.ui.bindings import Bindings
from annotator.ui.ground import Ground
from annotator.ui.kit import Button, Cut, Icon, line, name_tool, row, tool
from annotator.ui.pages import PAGES
from annotator.ui.work import WorkChip


class CommandField(Button):
    """Looks like a field and opens the palette, which has the field."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = now.color("hover" if self.underMouse() else "raised")
        rect = QRectF(self.rect())
        paint.rounded(painter, rect, now.px(6), ground, now.color("edge"))
        self._paint_words(painter, rect, now.color("ink3"))


class Header(Ground):
    """48 px of chrome. Narrow windows get shorter words; nothing goes away."""

    def __init__(self, bindings: Bindings, bar: QMenuBar, chip: WorkChip) -> None:
        super().__init__("chrome")
        self.setFixedHeight(theme.current().px(48))
        self._menu = self._menu_of(bar)
        self._menu_button = tool("menu", self.tr("Menu"), bindings.key("menu"), self.show_menu)
        self._menu_button.setFixedSize(theme.current().px(32), theme.current().px(32))
        self._mark = Icon("database")
        self._project = Cut("", "strong")
        self._project.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._divider = line(vertical=True, length=20)
        self._tabs = [bindings.button(f"page.{name}", "tab") for name in PAGES]
        for tab in self._tabs:
            tab.set_key("")
        self._names = [tab.text() for tab in self._tabs]
        self.chip = chip
        self._command = CommandField("", "search", "normal", bindings.key("palette"))
        bindings.connect_button(self._command, "palette")
        self._export = bindings.button("export", face=self.tr("Export"))
        self._export.set_key("")
        self.setLayout(
            row(
                *(self._menu_button, self._mark, self._project),
                *(self._divider, *self._tabs, None, chip, self._command, self._export),
                margins=(8, 0, 12, 0),
            )
        )
        self.set_narrow(narrow=False)
        self.show_project("")

    def show_project(self, name: str, note: str = "") -> None:
        """Name the open project; an empty name means that none is open."""
        there = bool(name)
        self._project.setText(f"{name}  {note}".rstrip() if there else self.tr("No project open"))
        self._mark.show_icon("lock" if note else "database")
        for widget in (self._mark, self._export, self._divider, *self._tabs):
            widget.setVisible(there)

    def set_narrow(self, *, narrow: bool) -> None:
        for tab, name in zip(self._tabs, self._names, strict=True):
            tab.setText("" if narrow else name)
            name_tool(tab, name, tab.accessibleDescription())
        words = self.tr("Search") if narrow else self.tr("Search or run a command")
        self._command.setText(words)
        self._command.setAccessibleName(self.tr("Search or run a command"))
        self._command.setFixedWidth(theme.current().px(148 if narrow else 264))

    def show_menu(self) -> None:
        """Open the menu below its button."""
        self._menu.popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height() + 4)))

    def _menu_of(self, bar: QMenuBar) -> QMenu:
        menu = QMenu(self)
        for action in bar.actions():
            menu.addAction(action)
        return menu
