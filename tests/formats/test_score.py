"""Our scores against those of the reference scorer, on gold that was perturbed in many ways."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import matching
from annotator.domain.matching import Place
from annotator.errors import UserError
from annotator.formats.score import LABELS, score
from annotator.formats.scoreboard import as_data, as_text
from tests.formats import reference_score

Json = dict[str, Any]

GOLD = Path(__file__).parent.parent / "gold"
SETS = ("dev", "dev_us", "dev_world")


def load(name: str) -> list[Json]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def perturbed(records: list[Json], seed: int) -> list[Json]:
    """Predictions that are wrong in every way that is counted."""
    chance = random.Random(seed)
    found = []
    for record in records:
        if chance.random() < 0.05:
            continue
        spans = [
            moved(span, len(record["text"]), chance) for span in record["spans"] if chance.random() > 0.1
        ]
        spans += [
            moved(span, len(record["text"]), chance) for span in record["optional"] if chance.random() > 0.3
        ]
        spans += [dict(span) for span in spans if chance.random() < 0.1]
        chance.shuffle(spans)
        found.append({"id": record["id"], "text": record["text"], "spans": spans, "entities": {}})
        by_entity(found[-1], chance)
    return found


def moved(span: Json, size: int, chance: random.Random) -> Json:
    start, end, label = span["start"], span["end"], span["label"]
    if chance.random() < 0.3:
        start = max(0, start + chance.randint(-12, 12))
        end = min(size, max(start + 1, end + chance.randint(-12, 12)))
    if chance.random() < 0.1:
        label = chance.choice((*LABELS, "OTHER"))
    found: Json = {"start": start, "end": end, "label": label}
    if chance.random() < 0.8:
        found["entity"] = chance.choice((span.get("entity", "x"), "x", "y"))
    if label == "DATE" and chance.random() < 0.8:
        found["value"] = chance.choice((span.get("value"), "2018"))
    if chance.random() < 0.1:
        found["state"] = chance.choice(("rejected", "suggested"))
    return found


def by_entity(record: Json, chance: random.Random) -> None:
    """Some dates have their value at the entity."""
    for span in record["spans"]:
        if span.get("value") and chance.random() < 0.5:
            span["entity"] = f"d:{span['value']}"
            record["entities"][span["entity"]] = {"label": "DATE", "name": "d", "value": span.pop("value")}


def reference(gold: Path, predictions: list[Json], tmp_path: Path) -> Json:
    path = tmp_path / "predictions.jsonl"
    path.write_text("\n".join(map(json.dumps, predictions)), encoding="utf-8")
    report: Json = reference_score.report(reference_score.load(gold), reference_score.load(path))
    return json.loads(json.dumps(report))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_scores_are_those_of_the_reference(name: str, seed: int | None, tmp_path: Path) -> None:
    gold = GOLD / f"{name}.jsonl"
    predictions = load(name) if seed is None else perturbed(load(name), seed)
    expected = reference(gold, predictions, tmp_path)
    assert as_data(score(gold, predictions)) == expected  # type: ignore[arg-type]


def test_gold_against_itself_is_perfect() -> None:
    scores = score(GOLD / "dev.jsonl", load("dev"))  # type: ignore[arg-type]
    assert all(spans.strictly() == (1, 1, 1) for spans in scores.spans.values())
    assert all(links.cross_pairs == (1, 1, 1) for links in scores.links.values())
    assert (scores.value_accuracy, scores.effort.per_gold) == (1, 1)


def test_nothing_predicted_costs_three_actions_a_span(tmp_path: Path) -> None:
    scores = score(GOLD / "dev.jsonl", [])
    assert as_data(scores) == reference(GOLD / "dev.jsonl", [], tmp_path)
    assert scores.effort.per_gold == 3


def test_the_table_names_every_label_and_the_effort() -> None:
    text = as_text(score(GOLD / "dev.jsonl", perturbed(load("dev"), 1)))  # type: ignore[arg-type]
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[1:5]] == list(LABELS)
    assert [line.split()[0] for line in lines[7:11]] == list(LABELS)
    assert lines[-1].startswith("Effort: ")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "read.bad_json"),
        ('{"id": "a"}', "read.no_articles"),
        ('{"id": "a", "text": "a", "spans": [{"start": 0}]}', "read.offsets"),
        ('{"id": "a", "text": "a", "optional": [5]}', "score.bad_optional"),
        ('{"id": "a", "text": "a", "optional": [{"start": 0}]}', "score.bad_optional"),
    ],
)
def test_a_bad_gold_file_is_named(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"gold\.jsonl") as caught:
        score(path, [])
    assert caught.value.code == code


places = st.builds(
    lambda start, length, label: Place(start, start + length, label),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(["A", "B"]),
)


@given(st.lists(places, max_size=12), st.lists(places, max_size=12))
def test_pairs_are_those_of_comparing_each_with_each(gold: list[Place], predicted: list[Place]) -> None:
    expected = reference_score.pair_up(
        [place._asdict() for place in gold],
        [place._asdict() for place in predicted],
        lambda one, other: one["label"] == other["label"],
    )
    assert matching.pair_up(gold, predicted, lambda one, other: one.label == other.label) == dict(expected)
