"""Spans as rows, and datasets: what pandas and `datasets` find in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas
import pytest

from annotator.formats import About, read, registry, write
from annotator.formats.losses import Losses, carried
from annotator.formats.readback import comparable

GOLDEN = Path(__file__).parent.parent / "golden" / "interchange.jsonl"
TEXT = "Ann 👩‍🚀 Lee sued Bolt AG.\r\n=Nobody= knows."
RECORD: Any = {
    "id": "a",
    "title": "=HYPERLINK(1)",
    "date": "2018-03-19",
    "text": TEXT,
    "spans": [
        {"id": "s1", "start": 0, "end": 11, "label": "PERSON", "state": "accepted", "entity": "lee"},
        {"id": "s2", "start": 0, "end": 24, "label": "ALLEGATION", "state": "accepted", "note": "'+1"},
        {"id": "s3", "start": 17, "end": 24, "label": "ORG", "state": "accepted", "score": 1},
        {"id": "s4", "start": 27, "end": 35, "label": "ORG", "state": "suggested", "score": 0.25},
    ],
    "entities": {"lee": {"label": "PERSON", "name": "Ann Lee", "aliases": ["A. Lee"]}},
}
NAMES = ("csv", "parquet", "huggingface")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read(name: str, tmp_path: Path) -> None:
    items: list[Any] = [*read(GOLDEN).records, RECORD, {"id": "b", "text": "-No spans.", "spans": []}]
    carries = registry.writer(name).carries
    assert carries is not None
    write(tmp_path / "out", items, name)
    found = read(tmp_path / "out", name).records
    expected = [comparable(carried(item, carries, Losses()), carries) for item in items]
    assert [comparable(item, carries) for item in found] == expected


def frame(name: str, tmp_path: Path) -> pandas.DataFrame:
    path = tmp_path / f"out.{name}"
    write(path, [RECORD], name)
    return pandas.read_csv(path) if name == "csv" else pandas.read_parquet(path)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_pandas_reads_a_row_for_each_span_with_what_is_around_it(name: str, tmp_path: Path) -> None:
    table = frame(name, tmp_path)
    whole = table["article_text"][0]
    assert len(table) == 4
    for _, row in table.iterrows():
        assert whole[row["start"] : row["end"]] == row["text"].removeprefix("'")
        assert f"{row['before'] or ''}".replace("nan", "") == whole[max(row["start"] - 60, 0) : row["start"]]
    assert list(table["entity_name"].dropna()) == ["Ann Lee"]
    assert table["article_text"].notna().sum() == 1


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    table = frame("csv", tmp_path)
    cells = [cell for _, row in table.iterrows() for cell in row if isinstance(cell, str)]
    assert "'=HYPERLINK(1)" in cells
    assert "''+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_datasets_loads_the_folder_with_its_parts(tmp_path: Path) -> None:
    """In a process of its own: its import alone warns of what is not ours."""
    items: list[Any] = [RECORD | {"id": str(number)} for number in range(5)]
    parts = {"3": "dev", "4": "test"}
    write(
        tmp_path / "out", items, "huggingface", About("A set: “x”", part=lambda key: parts.get(key, "train"))
    )
    script = """
import sys, datasets
data = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2])
print({name: part.num_rows for name, part in data.items()})
article = data["train"][0]
print([article["text"][span["start"]:span["end"]] for span in article["spans"]] == [span["text"] for span in article["spans"]])
print(article["entities"][0]["aliases"])
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "out"), str(tmp_path / "cache")],
        env={"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.splitlines() == ["{'train': 3, 'validation': 1, 'test': 1}", "True", "['A. Lee']"], (
        ended.stderr
    )
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "| ALLEGATION | 3 | 1 | 1 |" in card
    assert "15 spans are accepted." in card
