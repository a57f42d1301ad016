"""Formats of tables, documents and corpora: written, read back, told by content, and the same bytes as ever.

`write` itself compares what it reads back and raises where anything differs. The golden files are
made again by `python -m tests.formats.test_more_round_trips`; look at the difference.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.models import Label
from annotator.formats import About, read, registry, write
from tests.formats.records import records
from tests.store.effort import repeats

GOLDEN: Final = Path(__file__).parents[1] / "golden"
NAMES: Final = ("corefud", "csv", "uima-json", "uima-xmi", "web-annotation", "webanno-tsv")
BINARY: Final = ("huggingface", "parquet")
LABELS: Final = (
    Label(1, "PERSON", "1", 258, "fill", "name", "The name of a person.", 1),
    Label(2, "ORG", "2", 165, "fill", "name", "A named organisation.", 2),
    Label(3, "DATE", "3", 75, "fill", "date", "A date.", 3),
    Label(4, "ALLEGATION", "4", 25, "band", "claim", "A clause that says who did wrong.", 4),
)


def as_in_a_project(record: Any) -> Any:
    """No two spans with one label at one place."""
    spans = {(span["start"], span["end"], span["label"]): span for span in record["spans"]}
    ids = {span["id"] for span in spans.values()}
    relations = [one for one in record.pop("relations", ()) if {one["from"], one["to"]} <= ids]
    return record | {"spans": list(spans.values()), "relations": relations}


several = st.lists(
    records().map(as_in_a_project), min_size=1, max_size=3, unique_by=lambda record: record["id"]
)


@pytest.mark.parametrize("name", [*NAMES, *BINARY])
@settings(
    max_examples=repeats(suite=3, portion=20, soak=1000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(several)
def test_what_is_written_is_read_and_told_from_other_formats(
    name: str, tmp_path: Path, items: list[Any]
) -> None:
    path = Path(tempfile.mkdtemp(dir=tmp_path), "out")
    written = write(path, items, name)
    assert written.documents == len(items)
    assert registry.guess(path).read is registry.writer(name).read


@pytest.mark.parametrize("name", [*NAMES, *BINARY])
def test_odd_names_and_control_characters_come_back_or_are_counted(name: str, tmp_path: Path) -> None:
    entity = {"label": "ORG", "name": "N", "aliases": ["", " c ", "a\r\nb"], "note": "\n x\ty "}
    span = {"id": "s", "start": 0, "end": 3, "label": "ORG", "state": "accepted", "entity": "k\x0b"}
    item: Any = {
        "id": "a\x0b",
        "text": "Ann\x0b \r\n\x85 Lee",
        "spans": [span],
        "entities": {"k\x0b": entity},
    }
    assert write(tmp_path / "out", [item], name).spans == 1


def make(folder: Path, name: str) -> dict[str, bytes]:
    """The export of tests/golden/interchange.jsonl: each file by its name."""
    format = registry.writer(name)
    target = folder / name if format.folder else folder / name / f"set{format.suffixes[0]}"
    target.parent.mkdir(parents=True, exist_ok=True)
    items = list(read(GOLDEN / "interchange.jsonl").records)
    write(target, items, name, About("golden", LABELS, ("same",), ("accused", "accuser")))
    return files(folder / name)


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("name", [*NAMES, "html-report"])
def test_the_written_bytes_are_those_of_the_golden_files(name: str, tmp_path: Path) -> None:
    assert make(tmp_path, name) == files(GOLDEN / "exports" / name)


if __name__ == "__main__":
    for format in (*NAMES, "html-report"):
        shutil.rmtree(GOLDEN / "exports" / format, ignore_errors=True)
        make(GOLDEN / "exports", format)
