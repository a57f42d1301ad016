"""Lists of articles: order, flag, tag, words, status; the same as sorting and filtering by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.record import Record
from annotator.session.importing import import_records
from annotator.store import Store
from annotator.store.listing import ORDERS, Asked

TEXT = "Mira met Osric, and Osric met Mira."


def _record(number: int) -> Record:
    """Articles that differ in everything a list goes by; scores of their one to three suggestions, too."""
    names = [(0, 4), (9, 14), (30, 34)][: number % 3 + 1]
    spans = [
        {"start": start, "end": end, "label": "PERSON", "score": (number * 37 % 8) / 8}
        for start, end in names
    ]
    made: Record = {
        "id": f"a{number}", "title": f"Article {number}", "text": f"{TEXT} {number % 4} harbours.", "spans": spans,
        "status": ("new", "in_progress", "done")[number % 3], "flag": number % 5 == 0,
        "tags": [name for name, every in (("sea", 2), ("law & order", 3)) if number % every == 0],
    }  # fmt: skip
    if number % 4:
        made["date"] = f"2020-{number % 12 + 1:02}-01"
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("listing") / "p.db"
    with store.create(path) as opened:
        import_records(opened, [_record(number) for number in range(1, 31)], path)
        yield opened


def _wanted(project: Store, asked: Asked) -> list[int]:
    """By hand, from the rows and the records."""
    found = []
    for row in project.documents():
        record = _record(row.id)
        words = asked.words.split()
        if asked.statuses and row.status not in asked.statuses:
            continue
        if (asked.flagged and not row.flag) or (asked.tag and asked.tag not in record["tags"]):
            continue
        there = set(re.findall(r"\w+", f"{record['title']} {record['text']}".lower()))
        if any(word not in there for word in words):
            continue
        found.append((row, sum(1 - span["score"] for span in record["spans"])))
    status = {"in_progress": 0, "new": 1, "done": 2}
    keys = {
        "queue": lambda one: (one[0].id,),
        "oldest": lambda one: (one[0].date is None, one[0].date or "", one[0].id),
        "status": lambda one: (status[one[0].status], one[0].id),
        "undecided": lambda one: (-one[0].suggested, one[0].id),
        "wanted": lambda one: (-one[0].flag, -one[1], one[0].id),
    }
    if asked.order == "newest":
        dated = sorted((one for one in found if one[0].date), key=lambda one: one[0].id)
        dated.sort(key=lambda one: one[0].date or "", reverse=True)
        return [one[0].id for one in dated] + [one[0].id for one in found if not one[0].date]
    return [one[0].id for one in sorted(found, key=keys[asked.order])]


@given(
    st.sampled_from(list(ORDERS)),
    st.sampled_from(["", "harbours", "3 harbours", "mira article"]),
    st.sampled_from([(), ("new",), ("new", "in_progress"), ("done",)]),
    st.booleans(),
    st.sampled_from(["", "sea", "law & order", "none such"]),
)
def test_a_list_is_what_was_asked_for(
    project: Store, order: str, words: str, statuses: tuple[str, ...], flagged: bool, tag: str
) -> None:
    asked = Asked(statuses, words, flagged, tag, order)
    assert project.listed(asked) == _wanted(project, asked)


def test_rows_come_in_the_order_of_their_ids_as_given(project: Store) -> None:
    assert [row.id for row in project.document_rows([7, 2, 999, 5])] == [7, 2, 5]
    assert project.document_rows([]) == []


def test_tags_are_those_of_articles_that_are_there(project: Store) -> None:
    assert project.tags() == ["law & order", "sea"]
    assert json.dumps(project.tags())
