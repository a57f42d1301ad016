"""Writes docs/pictures again: the real window on the sample project, driven by keys. `make pictures`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDE, SMALL = (1440, 900), (1024, 700)


def main() -> None:
    """Make the sample, let the model suggest, take the pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANNOTATOR_HOME"] = os.environ["HOME"] = home
        FOLDER.mkdir(exist_ok=True)
        _take_all()


def _take_all() -> None:
    from annotator.ui import app
    from annotator.ui.window import Window

    qt = app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, None, [])
    window.show()
    window.activateWindow()
    _let_it_work(window)
    _review_some(window)
    taken: list[tuple[str, str, tuple[int, int], Callable[[Window], None]]] = [
        ("review_light", "light", WIDE, lambda _: None),
        ("review_dark", "dark", WIDE, lambda _: None),
        ("review_small", "dark", SMALL, lambda _: None),
        ("selection", "light", WIDE, _select),
        ("candidates", "light", WIDE, lambda w: _press(w, "Shift+L")),
        ("palette", "light", WIDE, lambda w: _press(w, "Ctrl+K", "'bran")),
        ("keys", "dark", WIDE, lambda w: _press(w, "F1")),
        ("export", "light", WIDE, lambda w: _press(w, "Ctrl+E")),
        ("same", "light", WIDE, lambda w: _press(w, "Shift+Space", "E")),
        ("links", "dark", WIDE, _open_entity),
        ("claims", "light", WIDE, lambda w: _press(w, "Ctrl+3")),
        ("labels", "light", WIDE, lambda w: _press(w, "Ctrl+Shift+L")),
        ("overview", "dark", WIDE, _overview),
        ("undecided", "light", WIDE, lambda w: _press(w, "Ctrl+Return")),
        ("compare", "light", WIDE, _compare),
        ("agreement", "dark", WIDE, lambda w: w.keeping.agreement()),
        ("history", "light", WIDE, lambda w: w.cards.log()),
        ("welcome", "light", WIDE, lambda w: _press(w, "Ctrl+W")),
    ]
    for name, colours, size, act in taken:
        window.appearance.set("theme", colours)
        window.resize(*size)
        qt.processEvents()
        act(window)
        _let_it_work(window)
        qt.processEvents()
        window.grab().save(str(FOLDER / f"{name}.png"))
        sys.stdout.write(f"{name}\n")
        _press(window, "Esc", "Esc", "Ctrl+1")
    window.close()


def _let_it_work(window: object) -> None:
    from PySide6.QtTest import QTest

    from annotator.ui.window import Window

    QTest.qWait(100)
    while cast(Window, window).work.jobs:
        QTest.qWait(50)


def _review_some(window: object) -> None:
    """Some decisions in the first article and an entity that the second one names as well."""
    _press(window, "Ctrl+PgDown")  # past the article for practice
    _press(window, "A", "A", "X", "N", "A", "A", "A", "Tab")
    _press(window, "N", "Ctrl+PgDown", "A", "A", "2", "Ctrl+PgUp")
    from annotator.ui.window import Window

    cast(Window, window).bindings["links.propose"].trigger()
    _let_it_work(window)


def _open_entity(window: object) -> None:
    from annotator.ui.window import Window

    shown = cast(Window, window)
    person = shown.review.labels[0].id
    most, *_ = shown.review.session.store.entity_rows(person, "", by="mentions", limit=1, offset=0)
    shown.open_entity(most.id)
    _let_it_work(window)


def _overview(window: object) -> None:
    from PySide6.QtTest import QTest

    from annotator.ui.overview import OverviewCard
    from annotator.ui.window import Window

    _press(window, "Ctrl+Shift+O")
    card = cast(Window, window).findChild(OverviewCard)
    while card is not None and not card.is_counted():
        QTest.qWait(50)


def _select(window: object) -> None:
    from annotator.ui.window import Window

    view = cast(Window, window).review.view
    start = view.text.index("share prices")
    view.select(start, start + len("share prices"))
    view.selection_changed.emit((start, start + len("share prices")), True)  # noqa: FBT003  as Qt has it
    from PySide6.QtTest import QTest

    QTest.qWait(300)


def _compare(window: object) -> None:
    """Merge what a second reviewer did in a copy: the same suggestions, decided a little otherwise."""
    from annotator.domain import words
    from annotator.domain.changes import Author
    from annotator.domain.edits import document_edits, span_edits
    from annotator.store import open_project
    from annotator.ui.window import Window

    shown = cast(Window, window)
    session, article = shown.review.session, shown.review.article()
    number, other = article.document.id, session.store.path.with_name("ben.annot")
    session.store.save_copy(other)
    suggested = [span.id for span in article.in_order(("suggested",))]
    with open_project(other) as copy:
        author = Author("Ben", "2026-11-24T10:00:00Z")
        for edit, spans in ((span_edits.reject, suggested[::7]), (span_edits.accept, suggested)):
            its = copy.article(number)
            left = [span for span in spans if its.spans[span].state == "suggested"]
            copy.apply(edit(its, left, author), author.name)
        for place, span in enumerate(suggested[1::3]):
            its = copy.article(number)
            one = its.spans[span]
            wider = words.grow_start(its.text, one.start, one.end)
            label = 2 if one.label != 2 else 1
            moved = span_edits.resize(its, span, *wider, author)
            change = moved or span_edits.relabel(its, [span], label, author)
            if place % 2:
                change = span_edits.relabel(its, [span], label, author)
            copy.apply(change, author.name)
        copy.apply(document_edits.set_status(copy.document(number), "done"), author.name)
    session.run(lambda its, who: span_edits.reject(its, suggested[::5], who))
    session.run(
        lambda its, who: span_edits.accept(
            its, [one for one in suggested if its.spans[one].state == "suggested"], who
        )
    )
    session.run(lambda its, _: document_edits.set_status(its.document, "done"))
    shown.keeping.merge_paths([other])
    _let_it_work(window)
    _press(window, "Ctrl+Shift+D", "Down", "Down")


def _press(window: object, *keys: str) -> None:
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    for key in keys:
        target = QApplication.focusWidget() or cast(QWidget, window)
        if key.startswith("'"):
            QTest.keyClicks(target, key[1:])
        else:
            pressed = QKeySequence(key)[0]
            QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())


if __name__ == "__main__":
    main()
