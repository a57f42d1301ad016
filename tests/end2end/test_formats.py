"""Other programs' formats in the window: losses counted before an export, labels chosen before an import."""

from __future__ import annotations

import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.session.importing import import_paths
from annotator.store import create
from annotator.ui.export_card import ExportCard
from annotator.ui.import_card import ImportCard
from tests.end2end.desk import Desk, desk, wait_until

GOLD = Path(__file__).parent.parent / "gold" / "dev.jsonl"
TEXT = "Ann Lee sued Acme on Monday in Paris."


def test_the_card_counts_what_a_format_cannot_carry(qtbot: QtBot, tmp_path: Path) -> None:
    with create(tmp_path / "gold.db") as opened:
        import_paths(opened, [GOLD], mode="gold")
    with desk(qtbot, tmp_path / "gold.db") as there:
        card = _export_card(there)
        assert "carries all" in card._lost_head.text()
        card._format.setCurrentIndex(card._format.findData("doccano"))
        wait_until(lambda: card._counting is None)
        counted = card._lost.text().replace("•  ", "").splitlines()
        card._target.setText(str(tmp_path / "out.jsonl"))
        there.push(card._go)
        there.wait_for_work()
        told = (tmp_path / "out.jsonl.losses.md").read_text(encoding="utf-8").splitlines()[2:]
        assert [f"- {line}" for line in counted] == told
        assert any("links from spans to entities" in line for line in told)


def test_spacy_has_parts_and_a_folder(qtbot: QtBot, tmp_path: Path) -> None:
    with create(tmp_path / "gold.db") as opened:
        import_paths(opened, [GOLD], mode="gold")
    with desk(qtbot, tmp_path / "gold.db") as there:
        card = _export_card(there)
        card._target.setText(str(tmp_path / "out.jsonl"))
        card._format.setCurrentIndex(card._format.findData("spacy"))
        assert card._target.text() == str(tmp_path / "out")
        assert card._parts.on() == 1
        card._format.setCurrentIndex(card._format.findData("prodigy"))
        assert card._target.text() == str(tmp_path / "out.jsonl")
        assert card._parts.on() == 0
        there.press("Esc")


def test_labels_of_a_file_are_chosen_before_it_comes_in(qtbot: QtBot, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.jsonl"
    spans = [[0, 7, "PER"], [13, 17, "ORG"], [31, 36, "LOC"]]
    theirs.write_text(json.dumps({"text": TEXT, "label": spans}), encoding="utf-8")
    with create(tmp_path / "p.db"):
        pass
    with desk(qtbot, tmp_path / "p.db") as there:
        there.window.files.ask_about([theirs])
        card = there.window.findChild(ImportCard)
        assert card is not None
        wait_until(lambda: card._counting is None)
        assert {name: drop.currentData() for name, drop in card._drops.items()} == {
            "PER": "PERSON",
            "ORG": "ORG",
            "LOC": "LOC",
        }
        card._drops["LOC"].setCurrentIndex(card._drops["LOC"].findData(""))
        card._as.set_on(1)
        there.push(card._go)
        there.wait_for_work()
        spans_of = there.session.store.article(1).spans.values()
        labels = there.session.store.article(1).labels
        found = [(span.start, labels[span.label].name, span.state) for span in spans_of]
        assert found == [(0, "PERSON", "accepted"), (13, "ORG", "accepted")]


def _export_card(there: Desk) -> ExportCard:
    there.press("Ctrl+E")
    card = there.window.findChild(ExportCard)
    assert card is not None
    return card
