"""The evidence sheet: every quote, nothing that a page or a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import UserError
from annotator.session.evidence import COLUMNS, quotes, write_evidence
from annotator.store import Store

TEXT = "“<b>Berg</b> & Co =SUM” said Anna. Then =Berg said 😀 more."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Store]:
    spans = []
    for start in (TEXT.index("Berg"), TEXT.index("=Berg")):
        end = TEXT.index("Berg", start) + 4
        link = {"state": "accepted" if start < 10 else "suggested", "origin": "model"}
        spans.append(
            {
                "start": start,
                "end": end,
                "label": "PERSON",
                "state": "accepted",
                "entity": "p:berg",
                "link": link,
            }
        )
    entities = {"p:berg": {"label": "PERSON", "name": "Anna <Berg>", "note": "a & b"}}
    article = {"id": "a1", "title": "T <1>", "date": "2018-03-19", "source": "S", "text": TEXT}
    with store.create(tmp_path / "p.db") as made:
        run = made.begin_run("import", "test")
        records = [article | {"spans": spans, "entities": entities}]
        made.end_run(run, made.add_records(run, records, mode="as_is", origin="import"))
        yield made


def number(project: Store) -> int:
    return project.entity_rows(words="Berg")[0].id


def test_a_page_escapes_what_articles_say(project: Store, tmp_path: Path) -> None:
    path = tmp_path / "e.html"
    assert write_evidence(project, number(project), path) == 2
    page = path.read_text(encoding="utf-8")
    assert "<h1>Anna &lt;Berg&gt;</h1>" in page
    assert "PERSON · quotes: 2 · articles: 1" in page
    assert "“&lt;b&gt;<mark>Berg</mark>&lt;/b&gt; &amp; Co" in page
    assert page.count("proposed, not decided") == 1
    assert f"{TEXT.index('Berg')}–{TEXT.index('Berg') + 4}" in page


def test_a_table_has_offsets_and_no_formulas(project: Store, tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    write_evidence(project, number(project), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["quote"] for row in rows] == ["Berg", "'=Berg"]
    assert [row["link"] for row in rows] == ["accepted", "suggested"]
    assert TEXT[int(rows[0]["start"]) : int(rows[0]["end"])] == "Berg"


def test_roles_of_an_allegation_stand_beside_it(project: Store) -> None:
    assert [quote.roles for quote in quotes(project, number(project))] == ["", ""]


def test_other_endings_are_refused(project: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        write_evidence(project, number(project), tmp_path / "e.pdf")
    assert told.value.code == "evidence.unknown_form"
    assert not (tmp_path / "e.pdf").exists()
