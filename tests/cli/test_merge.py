"""Merging, agreement, history, compaction, a second pass and redacted exports by command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.edits import document_edits, span_edits
from tests.cli.conftest import Run


@pytest.fixture
def lees(project: Path) -> Path:
    """A copy of the project in which lee did the first article, as ann does in the project itself."""
    other = Path(shutil.copy(project, project.with_name("lee.db")))
    for path, who in ((project, "ann"), (other, "lee")):
        with store.open_project(path) as opened:
            article = opened.article(1)
            author = Author(who, "2026-11-24T01:02:03Z")
            spans = sorted(article.spans)
            opened.apply(span_edits.accept(article, spans[: 6 if who == "ann" else 5], author), who)
            opened.apply(document_edits.set_status(opened.document(1), "done"), who)
    return other


def test_a_merge_tells_what_came_in_and_what_is_to_be_settled(run: Run, project: Path, lees: Path) -> None:
    result = run("merge", project, lees, "--reviewer", "ann")
    assert result.exit_code == 0
    assert "5 decisions of lee came in from lee.db" in result.stderr
    assert "One article has differences to settle" in result.stderr
    assert len(run("restore", project).stdout.splitlines()) == 1
    again = run("merge", project, lees, "--reviewer", "ann")
    assert "0 decisions of lee" in again.stderr
    itself = run("merge", project, project)
    assert itself.exit_code == 1
    assert "is the project itself" in itself.stderr


def test_agreement_as_text_and_data_and_on_the_card_of_an_export(run: Run, project: Path, lees: Path) -> None:
    run("merge", project, lees, "--reviewer", "ann")
    assert run("agreement", project).stdout.split() == ["lee", "1"]
    text = run("agreement", project, "lee")
    assert "kappa" in text.stdout
    data = json.loads(run("agreement", project, "lee", "--json").stdout)
    assert data["articles"] == 1
    assert 0 < data["f1"] < 1
    assert run("agreement", project, "nobody").exit_code == 1
    out = project.with_name("out.jsonl")
    assert run("export", project, out, "--card").exit_code == 0
    card = out.with_name("out.jsonl.card.md").read_text(encoding="utf-8")
    assert "## Agreement between reviewers\n\n### With lee\n\n1 article. " in card
    (label, figures), *_ = data["spans"].items()
    assert f"| {label} | {figures['one']} | {figures['other']} |" in card
    assert "| Links | mentions | MUC |" in card


def test_history_and_compaction(run: Run, project: Path, lees: Path) -> None:
    log = run("history", project, "--reviewer", "ann")
    assert "Accepted 6 spans" in log.stdout
    assert "state: suggested -> accepted" in log.stdout
    assert run("history", project, "--reviewer", "lee").stdout == ""
    lines = [json.loads(line) for line in run("history", project, "--json").stdout.splitlines()]
    assert len(lines) == 2
    assert run("compact", project, "--before", "yesterday").exit_code == 1
    assert "yesterday is no day" in run("history", project, "--day", "yesterday").stderr
    assert "2 decisions were compacted" in run("compact", project, "--before", "2999-01-01").stderr
    assert "Accepted 6 spans" in run("history", project).stdout
    assert "->" not in run("history", project).stdout
    assert len(run("restore", project).stdout.splitlines()) == 1


def test_who_was_merged_in_where_nobody_was(run: Run, project: Path) -> None:
    done = run("agreement", project)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No reviewer was merged in yet" in done.stderr
    assert run("agreement", project, "lee").exit_code == 1


def test_a_second_pass(run: Run, project: Path, lees: Path) -> None:
    out = project.with_name("second.db")
    assert "One article waits" in run("second-pass", project, out).stderr
    assert json.loads(run("stats", out, "--json").stdout)["accepted"] == 0


def test_a_redacted_export(run: Run, project: Path, lees: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("export", project, out, "--redact", "PERSON", "--spans", "all", "--documents", "all")
    assert result.exit_code == 0
    assert "Redacted: " in result.stderr
    assert "PERSON 1" in out.read_text(encoding="utf-8")
    assert run("export", project, out, "--redact", "NOBODY", "--documents", "all").exit_code == 1
