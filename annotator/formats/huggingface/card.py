"""The card of a dataset: what it holds, by whom and how it came about, for people and for the Hub's tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from annotator.domain.models import ACCEPTED, SUGGESTED, Label
from annotator.domain.record import Record
from annotator.formats.about import DEV, PARTS, About

NAMES: Final = {DEV: "validation"}
"""What parts are called there, where not as here."""
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))


def part_name(part: str) -> str:
    return NAMES.get(part, part)


@dataclass
class Tally:
    """Counts of what was written."""

    documents: Counter[str] = field(default_factory=Counter)
    spans: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    origins: Counter[tuple[str, bool]] = field(default_factory=Counter)
    reviewers: Counter[str] = field(default_factory=Counter)
    days: tuple[str, str] = ("", "")
    linked: int = 0
    entities: set[str] = field(default_factory=set)
    relations: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record, part: str) -> None:
        self.documents[part] += 1
        self.relations.update(relation["type"] for relation in record.get("relations", ()))
        for span in record["spans"]:
            self.spans[span["label"], part] += 1
            self.states[span.get("state", SUGGESTED)] += 1
            if "origin" in span:
                self.origins[span["origin"], "suggested" in span] += 1
            if span.get("by"):
                self.reviewers[span["by"]] += 1
            if day := span.get("at", "")[:10]:
                self.days = min(self.days[0] or day, day), max(self.days[1], day)
            if "entity" in span:
                self.linked += 1
                self.entities.add(span["entity"])


def card(about: About, tally: Tally) -> str:
    """README.md: a head of YAML for the Hub, then what a person reads."""
    parts = [part for part in PARTS if tally.documents[part]]
    sections = [
        _head(about, tally, parts),
        f"# {about.name}\n\nNews articles with marked spans, linked across articles. Offsets are half-open, in Unicode code points of `text`.",
        _table(["split", "articles"], [[part_name(part), tally.documents[part]] for part in parts]),
        "## Labels\n\n" + _labels(about, tally, parts),
        "## How it came about\n\n" + _history(tally),
        '## Use\n\n```python\nfrom datasets import load_dataset\n\ndata = load_dataset("path/to/this/folder")\n```',
    ]
    return "\n\n".join(sections) + "\n"


def _head(about: About, tally: Tally, parts: Sequence[str]) -> str:
    total = tally.documents.total()
    size = next((name for limit, name in _SIZES if total < limit), "100K<n<1M")
    files = "".join(
        f"  - split: {part_name(part)}\n    path: data/{part_name(part)}.parquet\n" for part in parts
    )
    return (
        f"---\npretty_name: {orjson.dumps(about.name).decode()}\ntask_categories:\n- token-classification\n"
        f"size_categories:\n- {size}\nconfigs:\n- config_name: default\n  data_files:\n{files}---"
    )


def _labels(about: About, tally: Tally, parts: Sequence[str]) -> str:
    met = {label for label, _ in tally.spans}
    known = about.with_labels(met).labels
    rows = [
        [label.name, *(tally.spans[label.name, part] for part in parts), _one_line(label)]
        for label in known
        if label.name in met
    ]
    return _table(["label", *map(part_name, parts), "guideline"], rows)


def _one_line(label: Label) -> str:
    return " ".join(label.description.split()).replace("|", "\\|")


def _history(tally: Tally) -> str:
    said = [f"{count} spans are {state}." for state, count in tally.states.most_common()]
    if tally.states[ACCEPTED] == tally.states.total():
        said = ["All spans were accepted by a reviewer."]
    for (origin, changed), count in tally.origins.most_common():
        how = "were proposed by {} and changed" if changed else "come from {}"
        said.append(f"{count} spans {how.format(origin)}.")
    if tally.reviewers:
        by = ", ".join(f"{name} ({count})" for name, count in tally.reviewers.most_common())
        said.append(f"Decided by {by}, from {tally.days[0]} to {tally.days[1]}.")
    said.append(f"{tally.linked} spans are linked to {len(tally.entities)} entities.")
    said += [f"{count} relations are of the type {name}." for name, count in tally.relations.most_common()]
    return "\n".join(f"- {one}" for one in said)


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
