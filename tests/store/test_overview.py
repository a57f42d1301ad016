"""What became of suggestions: each way counts once, for the label that was suggested."""

from __future__ import annotations

import json
from pathlib import Path

from annotator import store
from annotator.domain.edits import span_edits
from annotator.session import Session
from annotator.session.importing import import_paths

TEXT = "Ada Brenn of Halden Bank met Ola Lie on Monday and again on Friday."


def test_outcomes_by_label(tmp_path: Path) -> None:
    words = [
        ("Ada Brenn", "PERSON"),
        ("Halden", "ORG"),
        ("Ola Lie", "ORG"),
        ("Monday", "DATE"),
        ("met", "ORG"),
    ]
    spans = [
        {"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "label": label}
        for text, label in words
    ]
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "spans": spans}), encoding="utf-8")
    with store.create(tmp_path / "p.db") as opened:
        import_paths(opened, [path], mode="suggestions", origin="model")
        session = Session(opened, "Ada")
        article = session.open(1)
        found = {span.text: span for span in article.spans.values()}
        labels = {label.name: label.id for label in session.labels()}
        bank = TEXT.index("Halden")
        for edit in (
            lambda a, by: span_edits.accept(a, [found["Ada Brenn"].id], by),
            lambda a, by: span_edits.resize(a, found["Halden"].id, bank, bank + len("Halden Bank"), by),
            lambda a, by: span_edits.relabel(a, [found["Ola Lie"].id], labels["PERSON"], by),
            lambda a, by: span_edits.reject(a, [found["met"].id], by),
            lambda a, by: span_edits.add(a, TEXT.index("Friday"), TEXT.index("."), labels["DATE"], by),
        ):
            session.run(edit)
        outcomes = {one.label: one[1:] for one in opened.outcomes()}
        assert outcomes[labels["PERSON"]] == (1, 0, 0, 0, 0, 0)
        assert outcomes[labels["ORG"]] == (0, 1, 1, 1, 0, 0)
        assert outcomes[labels["DATE"]] == (0, 0, 0, 0, 1, 1)
        assert outcomes[labels["ALLEGATION"]] == (0, 0, 0, 0, 0, 0)
        session.undo()
        (day,) = opened.days()
        assert day.decisions == 5
