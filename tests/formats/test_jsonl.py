from __future__ import annotations

import codecs
import json
from typing import Any

import pytest

from annotator.formats import checking, json_items
from tests.formats.conftest import Make, all_of, refusal

TEXT = "Ann Lee 👩‍🚀 sued Acme\r\non Monday.\u2028She won."


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "text": TEXT} | fields, ensure_ascii=False)


def span(**fields: Any) -> dict[str, Any]:
    return {"start": 0, "end": 7, "label": "PERSON"} | fields


def test_plain_text_lines_get_ids(make: Make) -> None:
    path = make(
        "wire.jsonl", '{"text": "One."}\r\n\r\n  \n{"text": "Two.", "id": 17, "title": null}\n{"text": "3"}'
    )
    records, notes = all_of(path)
    assert records == [
        {"id": "wire-1", "text": "One."},
        {"id": "17", "text": "Two."},
        {"id": "wire-5", "text": "3"},
    ]
    assert notes == []


def test_lines_end_at_newline_alone(make: Make) -> None:
    records, _ = all_of(make("a.jsonl", line(text="one\u2028two\u2029three\x85four\x0bfive\x1c")))
    assert records[0]["text"] == "one\u2028two\u2029three\x85four\x0bfive\x1c"


def test_a_line_without_text_is_passed_over_and_told(make: Make) -> None:
    path = make("a.jsonl", '{"project": {"labels": []}}\n' + line() + '\n{"id": "x"}\n{"text": null}\n')
    records, notes = all_of(path)
    assert [record["id"] for record in records] == ["a"]
    assert notes == ["read.passed_over"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_signatures_of_encodings(make: Make, encoding: str) -> None:
    content = line(spans=[span(text="Ann Lee")]) + "\n" + line(id="b")
    records, notes = all_of(make("a.jsonl", content.encode(encoding)))
    assert [record["text"] for record in records] == [TEXT, TEXT]
    assert notes == ([] if encoding == "utf-8-sig" else ["read.encoding"])


def test_a_western_encoding_is_detected_and_told(make: Make) -> None:
    text = "Le ministère a annoncé que l’enquête était terminée. Les élèves français réclament déjà."
    records, notes = all_of(make("a.jsonl", line(text=text).encode("cp1252")))
    assert records[0]["text"] == text
    assert notes == ["read.encoding"]


def test_a_leading_feff_in_a_string_is_text(make: Make) -> None:
    path = make("a.jsonl", codecs.BOM_UTF8 + line(text="\ufeffAnn", spans=[span(start=1, end=4)]).encode())
    assert all_of(path)[0][0]["text"] == "\ufeffAnn"


def test_what_cannot_be_stored_is_replaced_and_counted(make: Make) -> None:
    padding = "a" * 5000
    escaped = r"\ud83d\ude00 \ud800 \\ud800 \\\udfff \u0000 \\u0000" + padding
    path = make(
        "a.jsonl", '{"text": "' + escaped + '", "spans": [{"start":2,"end":3,"label":"X","text":"\\ud800"}]}'
    )
    reading_notes = all_of(path)
    assert reading_notes[0][0]["text"] == "😀 \ufffd \\ud800 \\\ufffd \ufffd \\u0000" + padding
    assert reading_notes[1] == ["read.replaced"]


def test_a_text_full_of_such_characters_is_refused(make: Make) -> None:
    error = refusal(make("a.jsonl", line() + '\n{"text": "\\u0000\\u0000abc"}'))
    assert (error.code, error.params["line"]) == ("read.binary_line", 2)


def test_plain_lists_of_entities_become_roles(make: Make) -> None:
    gold = span(accused=["p:1", "o:2"], accuser=["p:3"], roles={"accused": [{"entity": "p:0"}]})
    records, _ = all_of(make("a.jsonl", line(spans=[gold])))
    assert records[0]["spans"][0]["roles"] == {
        "accused": [
            {"entity": "p:0"},
            {"entity": "p:1", "state": "accepted"},
            {"entity": "o:2", "state": "accepted"},
        ],
        "accuser": [{"entity": "p:3", "state": "accepted"}],
    }


def test_null_is_absent_in_our_fields_and_kept_in_those_of_others(make: Make) -> None:
    content = line(
        note=None,
        theirs=None,
        spans=[span(text=None, state=None, score=None, theirs=None)],
        entities={"e": {"name": "E", "uri": None, "theirs": None}},
    )
    record = all_of(make("a.jsonl", content))[0][0]
    assert record == {
        "id": "a",
        "text": TEXT,
        "theirs": None,
        "spans": [span(theirs=None)],
        "entities": {"e": {"name": "E", "theirs": None}},
    }


ENTITIES = {"e": {"label": "ORG", "name": "Acme"}}
TWO = [span(id="s1"), span(id="s2", start=4)]
DEEP = json.loads("[" * 150 + "]" * 150)

BAD = [
    ('{"text": "a",}', "read.bad_json"),
    ('{"text": "a"', "read.bad_json"),
    ('{"text": "a", "meta": ' + "[" * 2000 + "}", "read.bad_json"),
    ('{"text": NaN}', "read.bad_json"),
    (r'{"text": "\ud800", }', "read.bad_json"),
    ("[1]", "read.no_object"),
    ('"text"', "read.no_object"),
    (line(text=" \n"), "read.no_words"),
    (line(text=""), "read.no_words"),
    (line(text=["a"]), "read.not_text"),
    (line(text=5), "read.not_text"),
    (line(id=""), "read.not_name"),
    (line(id=1.5), "read.not_name"),
    (line(id=True), "read.not_name"),
    (line(title=5), "read.not_text"),
    (line(status="finished"), "read.unknown_status"),
    (line(flag=1), "read.not_flag"),
    (line(tags="a"), "read.not_texts"),
    (line(tags=[1]), "read.not_texts"),
    (line(meta=[]), "read.not_object"),
    (line(meta={"x": DEEP}), "read.too_deep"),
    (line(theirs=DEEP), "read.too_deep"),
    (line(spans={}), "read.not_list"),
    (line(spans=[5]), "read.not_object"),
    (line(spans=[{}]), "read.offsets"),
    (line(spans=[span(start=-1)]), "read.offsets"),
    (line(spans=[span(start=7)]), "read.offsets"),
    (line(spans=[span(start=9)]), "read.offsets"),
    (line(spans=[span(end=len(TEXT) + 1)]), "read.offsets"),
    (line(spans=[span(end=7.0)]), "read.offsets"),
    (line(spans=[span(start=False)]), "read.offsets"),
    (line(spans=[span(start="0")]), "read.offsets"),
    (line(spans=[span(label="")]), "read.not_name"),
    (line(spans=[span(label=5)]), "read.not_name"),
    (line(spans=[span(text="Ann")]), "read.quote"),
    (line(spans=[span(text=5)]), "read.not_text"),
    (line(spans=[span(state="maybe")]), "read.unknown_state"),
    (line(spans=[span(state=["accepted"])]), "read.unknown_state"),
    (line(spans=[span(score=1.5)]), "read.not_score"),
    (line(spans=[span(score=True)]), "read.not_score"),
    (line(spans=[span(flag="yes")]), "read.not_flag"),
    (line(spans=[span(mod="LATE")]), "read.unknown_mod"),
    (line(spans=[span(theirs=DEEP)]), "read.too_deep"),
    (line(spans=[span(suggested=5)]), "read.not_object"),
    (line(spans=[span(suggested={"start": 5, "end": 3})]), "read.offsets"),
    (line(spans=[span(suggested={"start": 1, "end": 3, "label": 1})]), "read.not_name"),
    (line(spans=[span(link={"state": "rejected"})]), "read.unknown_link_state"),
    (line(spans=[span(entity="")]), "read.not_name"),
    (line(spans=[span(entity=["e"])]), "read.not_name"),
    (line(spans=[span(entity="e")], entities=ENTITIES), "read.other_label"),
    (line(spans=[span(roles=[])]), "read.not_object"),
    (line(spans=[span(roles={"accused": "e"})]), "read.not_list"),
    (line(spans=[span(roles={"accused": ["e"]})]), "read.not_object"),
    (line(spans=[span(roles={"accused": [{}]})]), "read.not_name"),
    (line(spans=[span(accused="e")]), "read.not_texts"),
    (line(entities=[]), "read.not_object"),
    (line(entities={"e": 5}), "read.not_object"),
    (line(entities={"": {}}), "read.not_name"),
    (line(entities={"e": {"name": ""}}), "read.not_name"),
    (line(entities={"e": {"theirs": DEEP}}), "read.too_deep"),
    (line(relations={}), "read.not_list"),
    (line(relations=[5]), "read.not_object"),
    (line(relations=[{"from": "s1", "to": "s2"}], spans=TWO), "read.not_name"),
    (line(relations=[{"type": "x", "from": "s1", "to": "s3"}], spans=TWO), "read.no_such_span"),
    (line(relations=[{"type": "x", "from": "s1", "to": "s1"}], spans=TWO), "read.own_relation"),
]


@pytest.mark.parametrize(("bad", "code"), BAD)
def test_a_bad_line_is_named(make: Make, bad: str, code: str) -> None:
    error = refusal(make("a.jsonl", line() + "\n\n" + bad + "\n" + line()))
    assert (error.code, error.params["line"]) == (code, 3)


def test_the_sentence_says_which_field(make: Make) -> None:
    error = refusal(make("a.jsonl", line(spans=[span(), span(end=100)])))
    assert str(error).endswith(
        "a.jsonl, line 1: `spans[1]` runs from 0 to 100, which is no place in a text of 42 characters. "
        "Offsets count code points, the end excluded. Correct the line."
    )


def test_a_file_without_articles_is_refused(make: Make) -> None:
    assert refusal(make("a.jsonl", '{"project": {}}\n')).code == "read.no_articles"
    assert refusal(make("b.jsonl", "\n\n")).code == "read.no_articles"


def test_a_line_over_the_limit_is_refused_unread(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "MAX_LINE", 100)
    error = refusal(make("a.jsonl", line() + "\n" + line(text="a" * 100)))
    assert (error.code, error.params["line"]) == ("read.long_line", 2)


def test_a_text_over_the_limit_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_TEXT", 100)
    assert refusal(make("a.jsonl", line() + "\n" + line(text="é" * 51))).code == "read.too_large"


def test_records_come_one_by_one(make: Make) -> None:
    from annotator.formats import read

    reading = read(make("a.jsonl", (line() + "\n") * 2 + "broken"))
    assert next(reading.records)["id"] == "a"
    assert next(reading.records)["id"] == "a"
