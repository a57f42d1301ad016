"""The theme as Qt takes it: one style sheet, one palette, Fusion, and the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontDatabase, QPainter, QPen
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from annotator import paths
from annotator.ui import theme
from annotator.ui.theme import Theme

_RING_MARGIN = 4

_SHEET = """
QMainWindow {{ background: {chrome}; }}
QFrame#line {{ background: {line}; border: 0; }}
QLabel {{ background: transparent; }}
QLabel[kind="caption"] {{ font-size: {p11}px; font-weight: 500; color: {ink3}; }}
QLabel[kind="small"] {{ font-size: {p12}px; color: {ink3}; }}
QLabel[kind="second"] {{ font-size: {p12}px; color: {ink2}; }}
QLabel[kind="section"] {{ font-size: {p12}px; font-weight: 600; color: {ink2}; }}
QLabel[kind="strong"] {{ font-weight: 600; }}
QLabel[kind="title"] {{ font-size: {p15}px; font-weight: 600; }}
QLabel[kind="head"] {{ font-size: {p20}px; font-weight: 600; }}
QLabel[kind="number"] {{ font-size: {p24}px; font-weight: 600; }}
QLabel[kind="hero"] {{ font-size: {p28}px; font-weight: 600; }}
QLabel[kind="pill"] {{ font-size: {p12}px; color: {ink2}; background: {sunken};
    border-radius: {p4}px; padding: {p2}px {p8}px; }}
QLineEdit, QPlainTextEdit#field, QComboBox {{ background: {raised}; color: {ink};
    border: 1px solid {edge}; border-radius: {p6}px; padding: 0 {p8}px;
    selection-background-color: {pick}; selection-color: {ink}; placeholder-text-color: {ink3}; }}
QLineEdit, QComboBox {{ min-height: {p30}px; max-height: {p30}px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit#field:focus {{ border: 2px solid {ink};
    padding: 0 {p7}px; }}
QLineEdit:focus, QComboBox:focus {{ min-height: {p28}px; max-height: {p28}px; }}
QLineEdit#bare, QLineEdit#bare:focus {{ border: 0; background: transparent; padding: 0 {p8}px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {edge}; border-color: {line2}; }}
QComboBox::drop-down {{ border: 0; width: {p24}px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {line2};
    selection-background-color: {pick}; selection-color: {ink}; outline: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QListView, QTableView {{ background: transparent; border: 0; outline: 0; }}
QHeaderView, QTableView QTableCornerButton::section {{ background: {page}; border: 0; }}
QHeaderView::section {{ background: {page}; color: {ink2}; border: 0; border-bottom: 1px solid {line};
    padding: {p8}px {p12}px; font-weight: 600; }}
QHeaderView::section:vertical {{ padding: {p8}px {p8}px {p8}px {p20}px; }}
QTextEdit {{ border: 0; background: {page}; }}
QScrollArea, QWidget#scrolled {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {p12}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p12}px; margin: 0; }}
QScrollBar::handle {{ background: {line2}; border-radius: {p3}px; }}
QScrollBar::handle:vertical {{ min-height: {p32}px; margin: {p2}px {p3}px; }}
QScrollBar::handle:horizontal {{ min-width: {p32}px; margin: {p3}px {p2}px; }}
QScrollBar::handle:hover {{ background: {edge}; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: 0; width: 0; height: 0; }}
QSplitter::handle {{ background: {line}; }}
QMenuBar {{ background: {chrome}; color: {ink}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: {p4}px {p8}px; background: transparent; border-radius: {p4}px; }}
QMenuBar::item:selected {{ background: {pick}; }}
QMenu {{ background: {raised}; color: {ink}; border: 1px solid {line2}; padding: {p4}px; }}
QMenu::item {{ padding: {p6}px {p24}px {p6}px {p8}px; border-radius: {p4}px; }}
QMenu::icon {{ padding-left: {p8}px; }}
QMenu::item:selected {{ background: {pick}; }}
QMenu::item:disabled {{ color: {edge}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {p4}px {p8}px; }}
QMenu::indicator {{ width: {p12}px; height: {p12}px; left: {p8}px; margin-right: {p6}px; }}
QToolTip {{ background: {ink}; color: {page}; border: 0; padding: {p4}px {p8}px; }}
QFrame#card {{ background: {raised}; border: 1px solid {line}; border-radius: {p8}px; }}
QFrame#floating {{ background: {raised}; border: 1px solid {edge}; border-radius: {p8}px; }}
QFrame#dialog {{ background: {panel}; border: 1px solid {line2}; border-radius: {p12}px; }}
QDialog {{ background: {panel}; }}
"""

_SIZES = (2, 3, 4, 6, 7, 8, 11, 12, 15, 20, 24, 28, 30, 32)


class RingStyle(QProxyStyle):
    """Draws the focus ring. Only the ring wears it: a style in Python is too slow for all the rest."""

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element != QStyle.ControlElement.CE_FocusFrame:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("ink"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 9, 9)
        painter.restore()

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return _RING_MARGIN
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1  # on the window: what is close around the control would cut the ring
        return super().styleHint(hint, option, widget, returned)


def sheet(made: Theme) -> str:
    """The style sheet of a theme."""
    sizes = {f"p{size}": str(made.px(size)) for size in _SIZES}
    colors = theme.DARK if made.dark else theme.LIGHT
    return _SHEET.format(**sizes, **colors)


def load_fonts() -> None:
    """Make the faces that the program ships known to Qt. They are read once, at the start."""
    for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, made: Theme) -> None:
    """Take a theme: what painting asks for, the palette, the font."""
    theme.set_current(made)
    app.setFont(made.font())
    app.setPalette(made.palette())


def dress(window: QWidget, made: Theme) -> None:
    """Put the style sheet on a window, which holds for all in it, its dialogs too.

    Not on the application: a widget that is built would be polished again with all it holds
    at each step outward, which takes half the time that a window takes to open.
    """
    wanted = sheet(made)
    if window.styleSheet() != wanted:  # Qt would polish every widget again
        window.setStyleSheet(wanted)
