"""From a file to a selection on the screen to an export: every offset means the same words."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotator import formats, store
from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths
from tests.end2end.desk import Desk, desk

PIECES = (
    "word", "Brandvik", " ", "\n", "\r\n", "\r", "\t", "\u00a0", "\u2028", "\u2029", "\ufeff", "\ufdd0",
    "😀", "👩\u200d👩\u200d👧\u200d👦", "🇳🇴", "e\u0301", "Å", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627",
    "\u200f", "ﬁ", "\U0001d4d0", ".", "’s", "\u0085", "\u000b", "\u000c",
)  # fmt: skip
numbers = count(1)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text with a place in it."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))) + "x"
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def test_offsets_hold_from_file_to_screen_to_export(qtbot: QtBot, tmp_path: Path) -> None:
    project = tmp_path / "p.db"
    made: dict[str, tuple[int, int, str]] = {}
    with store.create(project) as opened:
        import_paths(opened, [_article(tmp_path, "first", "A first article.", status="done")])
    with desk(qtbot, project) as there:

        @given(marked_texts())
        @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
        def round_trip(marked: tuple[str, int, int]) -> None:
            text, *place = marked
            name = f"article {next(numbers)}"
            path = _article(tmp_path, name, f"{text} {name}")  # the same text again would be the same article
            made[name] = _mark_on_screen(there, path, name, *place)

        round_trip()
        out = tmp_path / "out.jsonl"
        export(there.session.store, out, ExportChoice(documents="all"))
    read = {record["id"]: record for record in formats.read(out).records if "text" in record}
    for name, (start, end, words) in made.items():
        record = read[name]
        assert record["text"][start:end] == words
        assert [(s["start"], s["end"], s["text"]) for s in record["spans"]] == [(start, end, words)]


def _article(folder: Path, name: str, text: str, status: str = "new") -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps({"id": name, "text": text, "status": status}), encoding="utf-8")
    return path


def _mark_on_screen(there: Desk, path: Path, name: str, start: int, end: int) -> tuple[int, int, str]:
    """Import, open, select on the screen, press a label's key: the span is what was selected."""
    import_paths(there.session.store, [path])
    row = there.session.documents()[-1]
    assert row.name == name
    there.review.going.open_document(row.id)
    there.review.view.select(start, end)
    assert there.review.view.selection() == (start, end)
    there.press("1")
    words = there.article.text[start:end]
    if words.strip():  # white space at the ends is no part of a span
        start += words.index(words.strip())
        end = start + len(words.strip())
    (span,) = there.article.spans.values()
    assert (span.start, span.end, span.text) == (start, end, there.article.text[start:end])
    return start, end, span.text
