"""Proposed links on the gold sets, by the way of the command line: import, link, export, score.

usage: python -m tests.benchmarks.bench_links
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson

from annotator import store
from annotator.formats.score import score
from annotator.session.exporting import ALL, ExportChoice, export
from annotator.session.importing import import_paths
from annotator.session.linking import SURE, propose_links

GOLD = Path(__file__).parent.parent / "gold"
_LINKS = ("entity", "value", "mod", "link", "accused", "accuser", "marker", "also", "roles")


def main() -> None:
    """Score every gold set, all proposals and those above the bulk threshold."""
    for gold in sorted(GOLD.glob("*.jsonl")):
        with tempfile.TemporaryDirectory() as folder:
            records = linked(gold, Path(folder))
        everything = score(gold, records)
        sure = score(gold, [_without_unsure(record) for record in records])
        print(f"{gold.stem}: pairs in different articles; right of those from {SURE} on, in any article")
        for label, links in everything.links.items():
            cross = links.cross_pairs
            line = f"  {label:<11} F1 {cross.f1:6.1%}  precision {cross.precision:6.1%}  recall {cross.recall:6.1%}"
            if label != "ALLEGATION":
                line += f"   sure: precision {sure.links[label].pairs.precision:6.1%}"
                line += f"  recall {sure.links[label].pairs.recall:6.1%}"
            print(line)
        print(f"  right values of dates {everything.value_accuracy:.1%}")


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


def _without_unsure(record: dict[str, Any]) -> dict[str, Any]:
    sure = [
        span
        if span.get("link", {}).get("score", 1.0) >= SURE
        else {name: value for name, value in span.items() if name not in _LINKS}
        for span in record["spans"]
    ]
    return record | {"spans": sure}


if __name__ == "__main__":
    main()
