"""Proposed links on the gold sets, by the way of the command line: import, link, export, score.

usage: python -m tests.benchmarks.bench_links
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator import store
from annotator.formats.score import Record, score
from annotator.session.exporting import ALL, ExportChoice, export
from annotator.session.importing import import_paths
from annotator.session.linking import SURE, propose_links

GOLD = Path(__file__).parent.parent / "gold"
TRAINING = Path(__file__).parent.parent.parent / "training" / "gold" / "train.jsonl"
_LINKS = ("entity", "value", "mod", "link", "accused", "accuser", "marker", "also", "roles")


def main() -> None:
    """Score every gold set, all proposals and those above the bulk threshold."""
    for name, records in sets():
        with tempfile.TemporaryDirectory() as folder:
            gold = Path(folder) / "gold.jsonl"
            gold.write_bytes(b"\n".join(map(orjson.dumps, records)))
            found = linked(gold, Path(folder))
            everything = score(gold, found)
            sure = score(gold, [_without_unsure(record) for record in found])
        print(f"{name}: pairs in different articles; right of those from {SURE} on, in any article")
        is_dated = any("value" in span for record in records for span in record["spans"])
        for label, links in everything.links.items():
            if label == "DATE" and not is_dated:
                continue
            cross = links.cross_pairs
            line = f"  {label:<11} F1 {cross.f1:6.1%}  precision {cross.precision:6.1%}  recall {cross.recall:6.1%}"
            if label != "ALLEGATION":
                line += f"   sure: precision {sure.links[label].pairs.precision:6.1%}"
                line += f"  recall {sure.links[label].pairs.recall:6.1%}"
            print(line)
        if is_dated:
            print(f"  right values of dates {everything.value_accuracy:.1%}")


def sets() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The gold sets, and the stories among the articles for training, every other one; those have no dates."""
    for file in sorted(GOLD.glob("*.jsonl")):
        yield file.stem, _lines(file)
    told = [record for record in _lines(TRAINING) if "story" in record]
    stories = sorted({record["story"] for record in told})
    for name, some in (("odd stories", stories[::2]), ("even stories", stories[1::2])):
        yield name, [record for record in told if record["story"] in some]


def _lines(file: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in file.read_bytes().splitlines() if line]


def linked(gold: Path, folder: Path) -> list[Any]:
    """The records of a gold set whose links were taken off and proposed anew."""
    bare, out = folder / "mentions.jsonl", folder / "out.jsonl"
    bare.write_bytes(b"\n".join(orjson.dumps(_bare(line)) for line in gold.read_bytes().splitlines() if line))
    with store.create(folder / "project.db") as project:
        assert not import_paths(project, [bare], mode="gold").refused
        propose_links(project)
        assert project.check() == []
        export(project, out, ExportChoice(spans=ALL, documents=ALL))
    return [orjson.loads(line) for line in out.read_bytes().splitlines()]


def _bare(line: bytes) -> dict[str, Any]:
    """What a linker gets to see of a gold article: spans without links, values and roles."""
    record: dict[str, Any] = orjson.loads(line)
    spans = [{name: value for name, value in span.items() if name not in _LINKS} for span in record["spans"]]
    kept = {name: record[name] for name in ("id", "title", "date", "source", "text") if name in record}
    return kept | {"spans": spans}


def _without_unsure(record: Record) -> Record:
    sure = [
        span
        if span.get("link", {}).get("score", 1.0) >= SURE
        else {name: value for name, value in span.items() if name not in _LINKS}
        for span in record["spans"]
    ]
    return record | {"spans": sure}


if __name__ == "__main__":
    main()
