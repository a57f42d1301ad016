"""Every format that goes out and comes in: equal up to what it says that it cannot carry, and told from others."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.splitting import PARTS
from annotator.formats import About, Format, registry, write
from annotator.formats.losses import Losses, carried
from annotator.formats.readback import comparable
from tests.formats.golden import ALL, FOLDER, files_of, write_golden
from tests.formats.records import records
from tests.store.effort import repeats

FORMATS: Final = [name for name in registry.writers() if name in registry.readers() and name != "jsonl"]


def as_in_a_project(record: Any) -> Any:
    """No two spans with one label at one place, and no relation of a span to its double."""
    spans = list({(span["start"], span["end"], span["label"]): span for span in record["spans"]}.values())
    ids = {span["id"] for span in spans}
    relations = [one for one in record.get("relations", ()) if {one["from"], one["to"]} <= ids]
    return record | {"spans": spans} | ({"relations": relations} if "relations" in record else {})


several = st.lists(
    records().map(as_in_a_project), min_size=1, max_size=3, unique_by=lambda record: record["id"]
)


def target(folder: Path, format: Format) -> Path:
    """A new place for each example."""
    name = "out" if format.folder else f"out{format.suffixes[0]}"
    return Path(tempfile.mkdtemp(dir=folder), name)


@pytest.mark.parametrize("name", FORMATS)
@settings(
    max_examples=repeats(suite=3, portion=30, soak=1000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(several, st.integers(0, 2))
def test_what_is_written_is_read_and_told_from_other_formats(
    name: str, tmp_path: Path, items: list[Any], turn: int
) -> None:
    format = registry.writer(name)
    path = target(tmp_path, format)
    parts = {item["id"]: PARTS[(number + turn) % 3] for number, item in enumerate(items)}
    write(path, items, name, About(part=lambda key: parts[key]))
    assert format.read is not None
    found = list(format.read(path, []))
    expected = (
        items if format.carries is None else [carried(item, format.carries, Losses()) for item in items]
    )
    order = (lambda one: one.get("id", "")) if format.folder else (lambda one: "")
    assert sorted((comparable(one, format.carries) for one in found), key=order) == sorted(
        (comparable(one, format.carries) for one in expected), key=order
    )
    assert registry.guess(path).read is format.read


@pytest.mark.parametrize("name", FORMATS)
def test_odd_names_and_control_characters_come_back_or_are_counted(name: str, tmp_path: Path) -> None:
    entity = {"label": "ORG", "name": "N", "aliases": ["", " c ", "a\r\nb"], "note": "\n x\ty "}
    span = {"id": "s", "start": 0, "end": 3, "label": "ORG", "state": "accepted", "entity": "k\x0b"}
    item: Any = {
        "id": "a\x0b",
        "text": "Ann\x0b \r\n\x85 Lee",
        "spans": [span],
        "entities": {"k\x0b": entity},
    }
    assert write(target(tmp_path, registry.writer(name)), [item], name).spans == 1


@pytest.mark.parametrize("name", ALL)
def test_the_written_bytes_are_those_of_the_golden_files(name: str, tmp_path: Path) -> None:
    write_golden(tmp_path, name)
    assert files_of(tmp_path / name) == files_of(FOLDER / name)
