"""JSON of any layout comes in object by object, whatever its size, and what is wrong is told where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.formats import json_items
from annotator.formats.json_items import items
from tests.formats.conftest import Make, all_of, refusal
from tests.formats.records import anything, storable

objects = st.lists(st.dictionaries(storable, anything, max_size=3), min_size=1, max_size=4)


def found(path: Path) -> list[Any]:
    return [item.value for item in items(path, [])]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    objects, st.sampled_from(["array", "lines", "pretty", "pretty array"]), st.integers(1, 30), st.booleans()
)
def test_every_layout_gives_the_same(
    tmp_path: Path, values: list[Any], layout: str, chunk: int, escaped: bool
) -> None:
    indent = 2 if layout.startswith("pretty") else None
    if layout.endswith("array"):
        text = json.dumps(values, indent=indent, ensure_ascii=escaped)
    else:
        text = "\n".join(json.dumps(value, indent=indent, ensure_ascii=escaped) for value in values)
    path = tmp_path / "a.json"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "_CHUNK", chunk)
        assert found(path) == values


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        ('[{"a": 1}, {"b": 2', "read.bad_json", "record 2"),
        ('[{"a": 1} {"b": 2}]', "read.bad_json", "record 1"),
        ('[{"a": 1}, 7]', "read.no_object", "record 2"),
        ('[{"a": 1}] {"b": 2}', "read.bad_json", "line 1"),
        ('{"a": 1}\n\n{"b": NaN}', "read.bad_json", "line 3"),
        ('{"a": 1}\n{"b": "x}', "read.bad_json", "line 2"),
        ('{"a": ' + "1" * 5000 + "}", "read.bad_json", "line 1"),
        ('{"a": ' + "[" * 200_000, "read.too_deep", "line 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(make: Make, content: str, code: str, where: str) -> None:
    with pytest.raises(UserError) as caught:
        found(make("a.json", content))
    assert caught.value.code == code
    assert where in str(caught.value)


def test_an_object_over_the_limit_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "MAX_LINE", 1000)
    monkeypatch.setattr(json_items, "_CHUNK", 100)
    with pytest.raises(UserError) as caught:
        found(make("a.json", json.dumps([{"a": "x" * 5000}])))
    assert caught.value.code == "read.long_line"


def test_what_cannot_be_stored_is_replaced_and_counted(make: Make) -> None:
    path = make("a.json", rb'[{"a": "x\u0000y\ud800z\ud83d\ude00", "b": ["\\u0000"], "c": 1}]')
    [item] = items(path, [])
    assert item.value == {"a": "x\ufffdy\ufffdz😀", "b": ["\\u0000"], "c": 1}
    assert item.replaced == 2


def test_numbers_are_those_that_every_reader_holds(make: Make) -> None:
    """SQLite takes no infinity, orjson no whole number of more than 64 bits."""
    [record], _ = all_of(make("a.json", '[{"text": "x", "n": 123456789012345678901234567890, "m": 7}]'))
    assert (record["n"], record["m"]) == (1.2345678901234568e29, 7)  # type: ignore[typeddict-item]
    for number in ("1e400", "9" * 5000):
        assert refusal(make("b.json", f'[{{"text": "x", "n": {number}}}]')).code == "read.bad_json"
