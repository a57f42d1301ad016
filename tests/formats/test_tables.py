"""Tables of articles: which column is which, and what becomes of rows that are wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from annotator.formats import checking
from tests.formats.conftest import Make, all_of, refusal

LONG = (
    "The mayor quit on Monday after a long night in the town hall, and nobody was surprised by that at all."
)


def test_columns_are_told_by_their_headers_and_the_rest_is_kept(make: Make) -> None:
    table = f"Article_ID;HEADLINE;Full Text;Published-at;Newspaper;Page\n7;Head;{LONG};2018-03-19T10:00:00Z;Post;3\n"
    records, notes = all_of(make("a.csv", table))
    assert records == [
        {
            "id": "7",
            "title": "Head",
            "text": LONG,
            "date": "2018-03-19",
            "source": "Post",
            "meta": {"Page": "3"},
        }
    ]
    assert notes == []


def test_the_column_of_texts_is_guessed_by_their_length(make: Make) -> None:
    table = f"alpha,beta,gamma\n1,{LONG.replace(',', '')},x\n2,{LONG.replace(',', '')},y\n"
    records, _ = all_of(make("a.csv", table))
    assert [record["text"] for record in records] == [LONG.replace(",", "")] * 2
    assert records[0]["meta"] == {"alpha": "1", "gamma": "x"}


def test_a_table_without_a_header_loses_no_row(make: Make) -> None:
    records, _ = all_of(make("a.csv", f'"{LONG}"\n"{LONG} Again."\n'))
    assert [record["text"] for record in records] == [LONG, f"{LONG} Again."]
    assert [record["id"] for record in records] == ["a-1", "a-2"]


def test_columns_that_a_person_names_count(make: Make) -> None:
    path = make("a.csv", "one,two,text\nshort,other,x\n")
    records, _ = all_of(path, columns={"text": "ONE", "title": "2"})
    assert (records[0]["text"], records[0]["title"], records[0]["meta"]) == ("short", "other", {"text": "x"})
    error = refusal(path, columns={"text": "four"})
    assert error.code == "read.no_column"
    assert "one, two, text" in str(error)


def test_a_cell_is_the_text_exactly(make: Make) -> None:
    text = 'One “two”\r\nthree\rfour\u2028five\u00a0 six "seven", 👩‍🚀 \ufeff'
    quoted = text.replace('"', '""')
    records, _ = all_of(make("a.csv", b"\xef\xbb\xbf" + f'text,title\r\n"{quoted}",T\r\n'.encode()))
    assert records[0]["text"] == text


def test_rows_without_a_text_are_counted_and_blank_ones_passed_over(make: Make) -> None:
    records, notes = all_of(make("a.csv", "text,title\na,b\n,c\n,\n\nd,e\n"))
    assert [record["text"] for record in records] == ["a", "d"]
    assert notes == ["read.rows_passed_over"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("text\n", "read.no_rows"),
        ("\n\n", "read.no_rows"),
        ("a,b\n1,2\n", "read.no_text_column"),
        ('text,title\n"never closed,b\nc,d\n', "read.bad_table"),
        ('text\n"a" b\n', "read.bad_table"),
        ("text\n" + "a\x00\n", "read.binary"),
        ("text\nwords " + "a" * 3000 + "\x00" * 4 + "\n", "read.binary"),
    ],
)
def test_what_is_wrong_is_told(make: Make, content: str, code: str) -> None:
    error = refusal(make("a.csv", content))
    assert error.code in (code, "read.binary_line")


def test_the_line_of_a_mistake_is_named(make: Make) -> None:
    error = refusal(make("a.csv", 'text\n"two\nlines"\n"open'))
    assert (error.code, error.params["line"]) == ("read.bad_table", 4)


def test_a_line_or_a_cell_over_the_limit_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_TEXT", 1000)
    assert all_of(make("a.csv", "text\n" + "x" * 990))[0][0]["text"] == "x" * 990
    assert refusal(make("b.csv", "text\n" + "x" * 1001)).code == "read.too_large"
    lines = "\n".join("x" * 900 for _ in range(2))
    assert refusal(make("c.csv", f'text\n"{lines}"')).code == "read.bad_table"


def test_a_sheet_is_read_with_its_dates_and_other_sheets_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["date", "text", "pages"])
    sheet.append([datetime.datetime(2018, 3, 19), f"{LONG}\nAnd more.", 3])  # noqa: DTZ001  a cell has no zone
    sheet.append([datetime.date(2018, 3, 20), "=1+1", None])
    book.create_sheet("notes")
    book.save(tmp_path / "a.xlsx")
    records, notes = all_of(tmp_path / "a.xlsx")
    assert records == [
        {"id": "a-2", "date": "2018-03-19", "text": f"{LONG}\nAnd more.", "meta": {"pages": "3"}}
    ]
    assert notes == ["read.other_sheets", "read.rows_passed_over"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("19.03.2018", "2018-03-19"),
        ("9. 3. 2018, 14:30", "2018-03-09"),
        ("2018/3/19", "2018-03-19"),
        ("20.20.2018", "20.20.2018"),
        ("03/04/2018", "03/04/2018"),
        ("March 2018", "March 2018"),
    ],
)
def test_a_day_is_one_where_there_is_no_doubt_else_told(make: Make, said: str, day: str) -> None:
    records, notes = all_of(make("a.csv", f"Titel;Datum;Text\nA;{said};{LONG}\n"))
    assert (records[0]["title"], records[0]["date"]) == ("A", day)
    assert notes == ([] if said != day else ["read.odd_dates"])
