"""What holds on every page and card: names for those who hear, words that are translated, nothing cut."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFocusFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import messages, paths, store
from annotator.domain.record import Record
from annotator.session.importing import import_records
from annotator.settings import Settings
from annotator.ui import paint, translations
from annotator.ui.kit import Button, Cut
from annotator.ui.welcome import RecentRow
from tests.end2end.desk import Desk, desk
from tests.end2end.walking import cards, pages, shown, without_dialogs

CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractItemView, QTextEdit, QPlainTextEdit,
)  # fmt: skip
_ROWS = 60
Look = Callable[[str, QWidget], None]


TEXT = "Mira met Osric. Then Osric accused Mira of theft. Nobody met Brandt in 2004."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Suggestions to walk over, and an allegation with its roles for the pages of links."""
    path = tmp_path / "p.db"
    claim = {"accused": ["mira"], "accuser": ["osric"], "entity": "theft"}
    record: Record = {
        "id": "a",
        "text": TEXT,
        "title": "Osric met Mira",
        "date": "2004-05-01",
        "source": "Brandt",
    }
    record["spans"] = [
        _span("Mira", "PERSON"), _span("Osric", "PERSON"), _span("Brandt", "PERSON"), _span("2004", "DATE"),
        _span("Osric accused Mira of theft", "ALLEGATION", state="accepted", **claim),
    ]  # fmt: skip
    record["entities"] = {
        "mira": {"label": "PERSON", "name": "Mira"}, "osric": {"label": "PERSON", "name": "Osric"},
        "theft": {"label": "ALLEGATION", "name": "theft"},
    }  # fmt: skip
    with store.create(path) as opened:
        import_records(opened, [record], path)
    return path


def _span(words: str, label: str, **more: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "label": label, "text": words, **more}


@pytest.fixture
def walk(qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Look at every page, then at every card, in a window of a size."""

    def go(look: Look, width: int = 1440, height: int = 900) -> None:
        without_dialogs(monkeypatch)
        with desk(qtbot, project) as there:
            there.window.resize(width, height)
            QApplication.processEvents()
            for name, card in cards(there):
                look(name, card)
            while there.session.last_decision() is not None:
                there.press("Ctrl+Z")
            for name in pages(there):
                there.wait_for_work()
                QApplication.processEvents()  # what came of it is laid out
                look(name, there.window)

    return go


def _nameless(where: str, part: QWidget) -> Iterator[str]:
    """Controls and rows of which somebody who hears the window learns nothing."""
    for one in shown(part):
        if not isinstance(one, CONTROLS) or isinstance(one, QScrollBar | QHeaderView) or _is_inner(one):
            continue
        heard = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        if not heard.strip():
            yield f"{where}: {type(one).__name__} {one.objectName()}"
        if isinstance(one, QAbstractItemView):
            yield from (f"{where}: a row of {heard}" for row in _rows(one.model()) if not row.strip())


def _is_inner(one: QWidget) -> bool:
    """Parts that Qt makes itself: the list of a combo box, the field of a spin box."""
    parent = one.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QTableView) and not isinstance(one, QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), _ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        cells = [model.index(row, column) for column in range(columns)]
        head = (
            ""
            if isinstance(model, QAbstractListModel)
            else str(model.headerData(row, Qt.Orientation.Vertical) or "")
        )
        yield head + " ".join(
            str(one.data(Qt.ItemDataRole.AccessibleTextRole) or one.data() or "") for one in cells
        )


OURS = re.compile("‹[^›]*›")


class _Marked(translations.Catalogue):
    """Every text between marks, so that one without came past the catalogue."""

    def __init__(self) -> None:
        super().__init__({})

    def translate(self, context: str, text: str, _about: str | None = None, _n: int = -1) -> str | None:
        return text if context == "QShortcut" or text.startswith("d MMM") else f"‹{text}›"


def test_every_word_of_the_window_comes_from_the_catalogue(
    walk: Callable[..., None], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    painted: set[str] = set()
    draw = paint.text

    def follow(painter: object, rect: object, words: str, *more: object, **rest: object) -> None:
        painted.add(words)
        draw(painter, rect, words, *more, **rest)  # type: ignore[arg-type]

    def template(code: str, params: Mapping[str, object]) -> str:
        return f"‹{messages.ENGLISH[messages.key(code, params)]}›"

    monkeypatch.setattr(paint, "text", follow)
    monkeypatch.setattr(translations, "template", template)
    marked = _Marked()
    qapp.installTranslator(marked)
    found: set[tuple[str, str]] = set()

    def look(where: str, part: QWidget) -> None:
        part.grab()
        for one in shown(part):
            words = [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
            if isinstance(one, QLabel | QAbstractButton):
                words.append(one.text())
            if isinstance(one, QLineEdit):
                words.append(one.placeholderText())
            found.update((where, line) for text in words for line in text.splitlines())
        found.update((where, text) for text in painted)
        painted.clear()

    try:
        walk(look)
    finally:
        qapp.removeTranslator(marked)
    guidelines = {
        label["description"] for label in json.loads((paths.resources() / "labels.json").read_text())
    }
    bare = {f"{where}: {text}" for where, text in found if text not in guidelines and not _is_known(text)}
    assert not bare, "not from the catalogue:\n" + "\n".join(sorted(bare))


_DATA = (
    "Mira", "ira", "works for", "answers", "related to", "Osric", "Brandt", "Nobody", "met", "Then", "Person", "Org", "Date", "Allegation",
    "PERSON", "ORG", "DATE", "ALLEGATION", "Annotator", "Prodigy", "labelbuddy", "English", "Deutsch",
    "Noto Serif", "Noto Sans Mono", "Inter", "import", "Ada", "LABEL", "JSON",
)  # fmt: skip
"""Words of the project of this test, names of programs, faces and languages."""
_DAY = re.compile(r"\d+ \w{3} \d{4}")
_KEYS = re.compile(
    r"\b(Ctrl|Alt|Shift|Esc|Tab|Space|Del|Backspace|PgDn|PgUp|F\d+|[A-Z])\b|[↵←→↑↓…\[\]{}/?<>=+,.:;·×%–-]"
)


def _is_known(text: str) -> bool:
    """Whether what is no text of ours is a key, a number, a path or a word of the project."""
    if text.strip("…“”") in TEXT:
        return True
    rest = _DAY.sub(" ", OURS.sub(" ", text))
    if "/" in rest or "‹" in rest or "›" in rest:
        return True  # a path, or a text of ours that was cut
    for word in _DATA:
        cut = [word[:length] + "…" for length in range(len(word), 2, -1)]
        rest = re.sub("|".join(map(re.escape, [word, *cut])), " ", rest)
    return not re.search("[^\\W\\d_]{2,}", _KEYS.sub(" ", rest))


SMALL, LARGE = (1024, 700), (1440, 900)


@pytest.mark.parametrize(("language", "size", "window"), [("en", 1.0, SMALL), ("de", 1.5, LARGE)])
def test_every_control_is_heard_and_nothing_is_cut(
    walk: Callable[..., None], language: str, size: float, window: tuple[int, int]
) -> None:
    """Controls have names; the words of buttons and labels have the room that they ask for."""
    nameless: set[str] = set()
    cut: set[str] = set()

    def look(where: str, part: QWidget) -> None:
        nameless.update(_nameless(where, part))
        for one in shown(part):
            if isinstance(one, Cut | RecentRow):
                continue  # from data: it may be cut, its tooltip has the whole
            if isinstance(one, QLabel) and one.text() and not one.wordWrap():
                if not one.width():
                    continue  # it is folded away
                wide = max(
                    QFontMetrics(one.font()).horizontalAdvance(line) for line in one.text().splitlines()
                )
                if wide > one.contentsRect().width() + 1:
                    cut.add(f"{where}: {one.text()} ({one.width()} of {wide})")
            elif isinstance(one, Button) and not _is_known(one.text()) and _is_short(one):
                cut.add(f"{where}: {one.text()}")
            if part.isAncestorOf(one) and isinstance(one, CONTROLS) and _is_outside(one):
                cut.add(f"{where}: {type(one).__name__} {one.accessibleName()} is outside")

    settings = Settings.load()
    settings["language"], settings["size"] = language, size
    settings.save()
    try:
        walk(look, *window)
    finally:
        translations.use(translations.ENGLISH)
    assert not nameless, "\n".join(sorted(nameless))
    assert not cut, "\n".join(sorted(cut))


def _is_short(one: Button) -> bool:
    return one.sizeHint().width() > one.width() + 1


def _is_outside(one: QWidget) -> bool:
    """Whether a control stands beyond the right edge of what holds it."""
    parent = one.parentWidget()
    return parent is not None and one.geometry().right() > parent.width() + 1


def test_the_ring_around_what_has_the_focus_is_whole(qtbot: QtBot, project: Path) -> None:
    """Qt's own place for it, among the neighbours, is cut off where those are close."""
    with desk(qtbot, project) as there:
        rings = _rings(there)
        assert len(rings) > 20
        there.press("Ctrl+Shift+L")
        rings += _rings(there)
        assert [name for name, whole in rings if not whole] == []


def _rings(there: Desk) -> list[tuple[str, bool]]:
    """All buttons that the focus comes to: their names, and whether the whole ring is seen."""
    found = []
    for _ in range(60):
        there.window.focusNextChild()
        QApplication.processEvents()
        one, ring = QApplication.focusWidget(), there.window.findChild(QFocusFrame)
        if isinstance(one, QAbstractButton):
            assert ring is not None
            whole = ring.visibleRegion().boundingRect() == ring.rect()
            found.append((one.accessibleName() or one.text(), whole))
    return found
