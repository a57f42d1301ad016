"""What became of suggestions: each way counts once, for the label that was suggested."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

from annotator import store
from annotator.domain.changes import Author
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
        outcomes = {one.label: one[1:] for one in opened.report().outcomes}
        assert outcomes[labels["PERSON"]] == (1, 0, 0, 0, 0, 0)
        assert outcomes[labels["ORG"]] == (0, 1, 1, 1, 0, 0)
        assert outcomes[labels["DATE"]] == (0, 0, 0, 0, 1, 1)
        assert outcomes[labels["ALLEGATION"]] == (0, 0, 0, 0, 0, 0)
        session.undo()
        (day,) = opened.days()
        assert day.decisions == 5


def _at(at: str) -> Author:
    return Author("Ada", at)


def test_days_and_pace_are_those_of_the_decisions(tmp_path: Path) -> None:
    """Two days; a gap of a night and one of five minutes are no work."""
    path = tmp_path / "in.jsonl"
    spans = [{"start": at, "end": at + 3, "label": "PERSON"} for at in range(0, 40, 4)]
    path.write_text(json.dumps({"id": "a", "text": TEXT, "spans": spans}), encoding="utf-8")
    with store.create(tmp_path / "p.db") as opened:
        import_paths(opened, [path], mode="suggestions", origin="model")
        assert opened.pace() == (0, 0.0)
        assert opened.report().by_day == []
        article = opened.article(1)
        moments = ("2026-03-01T10:00:00Z", "2026-03-01T10:00:04Z", "2026-03-01T10:00:10Z", "2026-03-01T10:05:10Z",
                   "2026-03-02T09:00:00Z", "2026-03-02T09:00:02Z")  # fmt: skip
        for number, (span, at) in enumerate(zip(list(article.spans), moments, strict=False)):
            edit = span_edits.reject if number == 1 else span_edits.accept
            with patch("annotator.store.store.now", return_value=at):
                changed = opened.apply(edit(article, [span], _at(at)), "Ada")
            article.apply(changed.rows)
        assert opened.pace() == (3, 12.0)
        report = opened.report()
        person = [(day, outcomes[0][1:]) for day, outcomes in report.by_day]
        assert person == [("2026-03-01", (3, 0, 0, 1, 0, 0)), ("2026-03-02", (2, 0, 0, 0, 0, 0))]
        assert report.outcomes[0][1:] == (5, 0, 0, 1, 0, 4)
