"""Formats by command: out with what is lost, in parts, with a card; in with labels by a table, onto articles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from annotator import store
from tests.cli.conftest import Run

GOLD = Path(__file__).resolve().parents[1] / "gold" / "dev.jsonl"


@pytest.fixture
def gold(run: Run, tmp_path: Path) -> Path:
    project = tmp_path / "gold.db"
    assert run("import", project, GOLD, "--as", "gold").exit_code == 0
    return project


def spans_of(project: Path) -> list[tuple[str, str, str]]:
    with store.open_project(project) as opened:
        return sorted(
            (record["text"][span["start"] : span["end"]], span["label"], span["state"])
            for record in opened.records(spans="all", documents="all")
            for span in record["spans"]
        )


def test_losses_are_counted_and_strict_refuses_them(run: Run, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "set.conll"
    refused = run("export", gold, out, "--format", "conll2003", "--strict")
    assert refused.exit_code == 1
    assert "links from spans to entities" in refused.stderr
    assert not out.exists()
    done = run("export", gold, out, "--format", "conll2003")
    assert done.exit_code == 0
    told = (tmp_path / "set.conll.losses.md").read_text(encoding="utf-8")
    assert "links from spans to entities" in told
    assert told.replace("\n\n- ", "\n").replace("\n- ", "\n") in done.stderr
    assert run("export", gold, tmp_path / "set.jsonl", "--strict", "--verify").exit_code == 0


def test_parts_keep_stories_together_and_a_card_tells_of_them(run: Run, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    assert run("export", gold, out, "--split", "60,20,20").exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "README.md",
        "dev.jsonl",
        "test.jsonl",
        "train.jsonl",
    ]
    claims: dict[str, set[str]] = {}
    for part in ("train", "dev", "test"):
        for line in (out / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            for span in json.loads(line)["spans"]:
                if span["label"] == "ALLEGATION" and "entity" in span:
                    claims.setdefault(span["entity"], set()).add(part)
    assert claims
    assert all(len(parts) == 1 for parts in claims.values())
    card = (out / "README.md").read_text(encoding="utf-8")
    for said in (
        "| PERSON |",
        "## Parts",
        "| train |",
        "## Where suggestions come from",
        "| import | dev.jsonl |",
    ):
        assert said in card


def test_a_bad_split_is_a_usage_error(run: Run, gold: Path, tmp_path: Path) -> None:
    for shares in ("80,20", "a,b,c", "-1,2,3", "0,50,50"):
        assert run("export", gold, tmp_path / "out", "--split", shares).exit_code == 2


@pytest.mark.parametrize("name", ["prodigy", "label-studio", "doccano", "labelbuddy", "brat"])
def test_an_export_comes_in_again_as_gold(run: Run, gold: Path, tmp_path: Path, name: str) -> None:
    out, again = tmp_path / "out.json", tmp_path / "again.db"
    if name == "brat":
        out = tmp_path / "folder"
    assert run("export", gold, out, "--format", name).exit_code == 0
    assert run("import", again, out, "--as", "gold").exit_code == 0
    assert spans_of(again) == spans_of(gold)


def test_labels_come_in_by_a_table(run: Run, gold: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out.jsonl", tmp_path / "again.db"
    run("export", gold, out, "--format", "doccano")
    done = run("import", again, out, "--label", "PERSON=HUMAN", "--label", "DATE=", "--as", "gold")
    assert done.exit_code == 0
    assert "label stands for nothing" in done.stderr
    wanted = [
        (words, {"PERSON": "HUMAN"}.get(label, label), state)
        for words, label, state in spans_of(gold)
        if label != "DATE"
    ]
    assert spans_of(again) == sorted(wanted)
    assert run("import", again, out, "--label", "PERSON").exit_code == 2


def test_conll_goes_onto_the_articles_that_are_there(run: Run, gold: Path, tmp_path: Path) -> None:
    out, bare = tmp_path / "set.conll", tmp_path / "bare.db"
    run("export", gold, out, "--format", "conll2003")
    texts = tmp_path / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as file:
        for line in GOLD.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            file.write(json.dumps({"id": record["id"], "text": record["text"]}) + "\n")
    run("import", bare, texts)
    done = run("import", bare, out, "--onto", "--as", "gold")
    assert done.exit_code == 0
    assert "found again" in done.stderr
    assert "could not be placed" not in done.stderr
    came = Counter(spans_of(bare))
    assert came <= Counter(spans_of(gold))
    assert came.total() > 0.8 * len(spans_of(gold))
    with store.open_project(bare) as opened:
        assert opened.document_count() == len(GOLD.read_text(encoding="utf-8").splitlines())


def test_what_cannot_be_placed_is_told(run: Run, gold: Path, tmp_path: Path) -> None:
    with store.open_project(gold) as opened:
        record = next(opened.records())
    other = tmp_path / "other.jsonl"
    text = "Another text altogether, about Nobody Knows."
    span = {"start": text.index("Nobody"), "end": text.index("."), "label": "PERSON"}
    other.write_text(json.dumps({"id": record["id"], "text": text, "spans": [span]}), encoding="utf-8")
    before = spans_of(gold)
    done = run("import", gold, other, "--onto")
    assert "“Nobody Knows”" in done.stderr
    assert spans_of(gold) == before


def test_formats_are_listed(run: Run) -> None:
    listed = run("formats").stdout
    assert "in out  brat standoff" in listed
