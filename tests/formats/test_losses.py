"""What a format cannot carry is taken out, counted, told, and compared after writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.changes import Message
from annotator.domain.record import DOCUMENT_FIELDS, SPAN_FIELDS, Record
from annotator.errors import UserError
from annotator.formats import About, Carries, Format, losses, read, registry, write
from annotator.formats.losses import carried
from tests.formats.records import records

GOLDEN = Path(__file__).parent.parent / "golden" / "interchange.jsonl"
FULL = Carries(DOCUMENT_FIELDS, SPAN_FIELDS, relations=True, unknown=True)
BARE = Carries()


def put(items: Iterable[Record], path: Path, _about: About) -> None:
    path.write_bytes(b"".join(orjson.dumps(item) + b"\n" for item in items))


def get(path: Path, _notes: list[Message]) -> Iterator[Record]:
    yield from map(orjson.loads, path.read_bytes().splitlines())


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format that carries text, places and labels alone."""
    format = Format("bare", (".bare",), read=get, write=put, carries=BARE)
    monkeypatch.setattr(registry, "formats", lambda: {"bare": format})
    return format


@given(records())
def test_a_format_with_a_place_for_everything_loses_nothing(record: Any) -> None:
    lost: Counter[str] = Counter()
    kept = carried(record, FULL, lost)
    named = {span.get("entity") for span in record["spans"]} | {
        entry["entity"]
        for span in record["spans"]
        for entries in span.get("roles", {}).values()
        for entry in entries
    }
    assert not +lost
    expected = record | {"entities": {key: one for key, one in record["entities"].items() if key in named}}
    assert kept == {name: value for name, value in expected.items() if name != "entities" or value}


@given(st.lists(records(), max_size=3))
def test_every_field_is_carried_or_counted(items: list[Any]) -> None:
    lost: Counter[str] = Counter()
    for item in items:
        kept: Any = carried(item, BARE, lost)
        assert kept.keys() <= {"id", "text", "spans"}
        assert all(span.keys() <= {"id", "start", "end", "label", "text"} for span in kept["spans"])
    spans = [span for item in items for span in item["spans"]]
    assert lost["rejected"] == sum(span.get("state") == "rejected" for span in spans)
    assert lost["states"] == sum(span.get("state", "suggested") == "suggested" for span in spans)
    left = [span for span in spans if span.get("state") != "rejected"]
    assert lost["links"] == sum("entity" in span for span in left)
    assert lost["roles"] == sum("roles" in span for span in left)
    assert lost["relations"] == sum("relations" in item for item in items)
    assert lost["titles"] == sum(bool(item.get("title")) for item in items)


def test_losses_are_counted_before_and_told_after(bare: Format, tmp_path: Path) -> None:
    items: list[Any] = list(map(orjson.loads, GOLDEN.read_bytes().splitlines()))
    before = losses(items, "bare")
    written = write(tmp_path / "set.bare", items, "bare")
    assert written.lost == before
    told = (tmp_path / "set.bare.losses.md").read_text(encoding="utf-8")
    assert f"{before['links']} links from spans to entities." in told
    # an export that loses nothing leaves no report of an older one
    write(tmp_path / "set.bare", [{"id": "a", "text": "Ann."}], "bare")
    assert not (tmp_path / "set.bare.losses.md").exists()


def test_strict_writes_nothing_where_something_is_lost(bare: Format, tmp_path: Path) -> None:
    target = tmp_path / "set.bare"
    target.write_bytes(b"old\n")
    item: Any = {"id": "a", "title": "T", "text": "Ann."}
    with pytest.raises(UserError, match="The title of one article") as caught:
        write(target, [item], "bare", strict=True)
    assert caught.value.code == "write.strict"
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["set.bare"]
    del item["title"]
    write(target, [item], "bare", strict=True)
    assert target.read_bytes() != b"old\n"


@pytest.mark.parametrize("wrong", ["label", "span", "text", "article"])
def test_what_is_not_read_back_as_it_was_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    def get_wrong(path: Path, notes: list[Message]) -> Iterator[Record]:
        items: list[Any] = list(get(path, notes))
        if wrong == "label":
            items[0]["spans"][0]["label"] = "ORG"
        elif wrong == "span":
            items[0]["spans"].pop()
        elif wrong == "text":
            items[0]["text"] += "!"
        else:
            items.pop()
        return iter(items)

    format = Format("bad", (".bad",), read=get_wrong, write=put, carries=BARE)
    monkeypatch.setattr(registry, "formats", lambda: {"bad": format})
    target = tmp_path / "set.bad"
    target.write_bytes(b"old\n")
    items: list[Any] = [
        {"id": "a", "text": "Ann.", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]},
        {"id": "b", "text": "Bob."},
    ]
    with pytest.raises(UserError) as caught:
        write(target, items, "bad")
    assert caught.value.code == "write.differs"
    assert caught.value.params["document"] == ("b" if wrong == "article" else "a")
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["set.bad"]


def test_jsonl_is_read_back_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = list(read(GOLDEN).records)
    followed: list[int] = []
    write(tmp_path / "set.jsonl", items, follow=lambda: followed.append(1))
    assert followed == []
    write(tmp_path / "set.jsonl", items, verify=True, follow=lambda: followed.append(1))
    assert len(followed) == len(items)


@pytest.mark.parametrize(
    ("statuses", "count"),
    [(["done", "done"], 0), ([None, "new"], 0), (["done", None], 2), (["done", "in_progress", "new"], 3)],
)
def test_what_is_done_is_lost_where_not_all_or_none_is(
    bare: Format, statuses: list[str | None], count: int
) -> None:
    items: list[Any] = [
        {"id": str(at), "text": "Ann."} | ({} if status is None else {"status": status})
        for at, status in enumerate(statuses)
    ]
    assert losses(items, bare.name) == Counter({"statuses": count} if count else {})


@pytest.mark.parametrize(
    ("state", "link", "reasons"),
    [
        ("accepted", {"state": "accepted", "origin": "reviewer"}, set()),
        ("suggested", {"state": "suggested", "origin": "import"}, set()),
        ("accepted", {"state": "suggested", "origin": "import"}, {"link_states"}),
        ("accepted", {"state": "accepted", "origin": "names-and-dates"}, {"history"}),
        ("suggested", {"state": "suggested", "score": 0.5}, {"history"}),
    ],
)
def test_of_a_link_only_what_its_span_does_not_tell_is_lost(
    state: str, link: dict[str, Any], reasons: set[str]
) -> None:
    span = {"start": 0, "end": 3, "label": "PERSON", "state": state, "origin": "import", "by": "lee"}
    item: Any = {
        "id": "a",
        "text": "Ann.",
        "status": "done",
        "spans": [span | {"entity": "p1", "link": link}],
    }
    lost: Counter[str] = Counter()
    carried(item, Carries(frozenset({"status"}), frozenset({"state", "by", "entity"})), lost)
    assert set(+lost) == reasons


def test_the_value_of_a_date_is_its_spans_and_not_lost_twice() -> None:
    span = {"start": 0, "end": 4, "label": "DATE", "state": "accepted", "entity": "d1", "value": "2018"}
    about = {"label": "DATE", "name": "2018", "value": "2018"}
    item: Any = {"id": "a", "text": "2018.", "status": "done", "spans": [span], "entities": {"d1": about}}
    assert not losses([item], "csv")
    assert losses([item], "corefud") == {"values": 1}
