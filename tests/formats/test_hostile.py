"""Files of others that are wrong: one clear sentence with the record, and nothing of the file comes in."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.session.importing import import_paths
from annotator.store import create, open_project
from tests.formats.conftest import Make, all_of, refusal
from tests.formats.golden import exported

GOOD = {"text": "Ann Lee sued Acme."}


def second(format: str, **fields: Any) -> str:
    """A list of two records of which the second is wrong."""
    del format
    return json.dumps([GOOD | {"label": [], "annotations": []}, GOOD | fields])


def studio(*others: dict[str, Any], **value: Any) -> str:
    """Regions of one id: the value, and others that differ in something."""
    region = {"id": "a", "from_name": "label", "to_name": "text", "type": "labels"}
    results = [region | {"value": value | other} for other in ({}, *others)]
    good = {"id": 1, "data": GOOD, "annotations": []}
    return json.dumps([good, {"id": 2, "data": GOOD, "annotations": [{"result": results}]}])


@pytest.mark.parametrize(
    ("format", "content", "code"),
    [
        ("doccano", second("doccano", label=[[-1, 7, "PERSON"]]), "read.offsets"),
        ("doccano", second("doccano", label=[[7, 3, "PERSON"]]), "read.offsets"),
        ("doccano", second("doccano", label=[[0, 99, "PERSON"]]), "read.offsets"),
        ("doccano", second("doccano", label=[[0, 7]]), "read.not_triple"),
        ("doccano", second("doccano", label=[[0, 7, None]]), "read.not_name"),
        ("doccano", second("doccano", label={}), "read.not_list"),
        ("doccano", second("doccano", entities=[7]), "read.not_object"),
        (
            "doccano",
            second("doccano", entities=[], relations=[{"id": 1, "from_id": 1, "to_id": 2, "type": "a"}]),
            "read.no_such_span",
        ),
        ("labelbuddy", second("labelbuddy", utf8_text_md5_checksum="0" * 32), "read.other_text"),
        (
            "labelbuddy",
            second(
                "labelbuddy",
                annotations=[{"start_char": 0, "end_char": 3, "start_byte": 1, "label_name": "PERSON"}],
            ),
            "read.other_byte",
        ),
        (
            "labelbuddy",
            second("labelbuddy", annotations=[{"start_char": 0, "end_char": 3.5, "label_name": "PERSON"}]),
            "read.offsets",
        ),
        ("label-studio", studio(start=0, end=99, labels=["PERSON"], text="Ann"), "read.quote"),
        ("label-studio", studio(start=0, end=3, labels=["PERSON"], text="Bob"), "read.quote"),
        ("label-studio", studio(start=3, end=0, labels=["PERSON"]), "read.offsets"),
        ("label-studio", studio(start=0, end=3, labels=[]), "read.not_name"),
        ("label-studio", studio(start=2, end=99, labels=["PERSON"]), "read.offsets"),
        ("label-studio", studio(start=-3, end=2, labels=["PERSON"]), "read.offsets"),
        ("label-studio", studio({"start": 4, "end": 7}, start=0, end=3, labels=["PERSON"]), "read.double_id"),
        ("prodigy", second("prodigy", spans=[{"start": 0, "end": 50, "label": "A"}]), "read.offsets"),
        (
            "prodigy",
            second("prodigy", spans=[{"token_start": 0, "token_end": 9, "label": "A"}]),
            "read.offsets",
        ),
        ("prodigy", second("prodigy", relations=[{"head_span": {}, "label": "a"}]), "read.not_object"),
    ],
)
def test_a_wrong_record_is_named(make: Make, format: str, content: str, code: str) -> None:
    error = refusal(make("theirs.json", content), format)
    assert error.code == code
    assert "(record 2)" in str(error)


@pytest.mark.parametrize("format", ["doccano", "labelbuddy", "label-studio", "prodigy"])
def test_files_that_end_too_early_are_refused(make: Make, format: str) -> None:
    whole = json.dumps([{"data": GOOD, "annotations": []} | GOOD] * 3)
    assert refusal(make("theirs.json", whole[:-20]), format).code == "read.bad_json"
    assert refusal(make("none.json", "[]"), format).code == "read.no_articles"


@pytest.mark.parametrize(
    ("lines", "code", "number"),
    [
        ("T1\tPERSON 0 99\tAnn", "read.offsets", 1),
        ("T1\tPERSON 3 0\tAnn", "read.offsets", 1),
        ("T1\tPERSON 0 3\tBob", "read.quote", 1),
        ("T1\tPERSON -1 3\tAnn", "read.brat_line", 1),
        ("T1\tPERSON 0 3\tAnn\nT1\tPERSON 4 7\tLee", "read.double_id", 2),
        ("T1\tPERSON 0 3\tAnn\nR1\tsame Arg1:T1 Arg2:T9", "read.no_such_span", 2),
        ("T1\tPERSON 0 3\tAnn\nR1\tsame Arg1:T1 Arg2:T1", "read.own_relation", 1),
        ("T1\tPERSON 0 3\tAnn\n\nN1\tReference T9 Wiki:1\tAnn", "read.no_such_span", 3),
        ("Q1\tPERSON 0 3\tAnn", "read.brat_line", 1),
        ("T1 PERSON 0 3 Ann", "read.brat_line", 1),
    ],
)
def test_a_wrong_line_of_brat_is_named(make: Make, lines: str, code: str, number: int) -> None:
    make("folder/a.txt", GOOD["text"])
    error = refusal(make("folder/a.ann", lines), "brat")
    assert (error.code, error.params.get("line")) == (code, number)


def test_annotations_without_their_text_are_refused(make: Make) -> None:
    assert refusal(make("folder/a.ann", "T1\tPERSON 0 3\tAnn")).code == "read.no_text_beside"


@pytest.mark.parametrize(
    "content", [b"", b"\0\0", b"nothing", zlib.compress(b"\x93\x01"), zlib.compress(b"")[:-2]]
)
def test_what_is_no_docbin_is_refused(tmp_path: Path, content: bytes) -> None:
    from annotator.formats.spacy_docbin import FORMAT

    path = tmp_path / "a.spacy"
    path.write_bytes(content)
    assert FORMAT.read is not None
    with pytest.raises(UserError) as caught:
        list(FORMAT.read(path, []))
    assert caught.value.code == "read.bad_docbin"


@pytest.mark.parametrize("tag", ["B-", "X-PERSON", "b-person", "B PERSON"])
def test_a_tag_that_is_none_is_named(make: Make, tag: str) -> None:
    error = refusal(
        make("a.conll", f"-DOCSTART- -X- O O\n\nAnn -X- O B-PERSON\nLee -X- O {tag}\n"), "conll2003"
    )
    assert (error.code, error.params["line"]) == ("read.no_tag", 4)


def test_a_refused_file_does_not_touch_the_project(make: Make, tmp_path: Path) -> None:
    path = make("theirs.json", second("doccano", label=[[0, 99, "PERSON"]]))
    project = tmp_path / "p.db"
    create(project).close()
    before = project.read_bytes()
    with open_project(project) as store:
        assert len(import_paths(store, [path], format="doccano").refused) == 1
    assert project.read_bytes() == before


def test_two_spans_of_one_id_are_refused(make: Make) -> None:
    spans = [{"id": "s", "start": at, "end": at + 3, "label": "PERSON"} for at in (0, 4)]
    error = refusal(make("a.jsonl", json.dumps(GOOD | {"spans": spans})))
    assert (error.code, error.params["value"]) == ("read.double_id", "s")


def test_files_that_end_in_the_middle_of_something_are_named(make: Make, tmp_path: Path) -> None:
    rows = exported("csv").read_bytes()
    assert refusal(make("a.csv", rows[: rows.rindex(b",")])).code == "read.short_row"
    sentences = exported("corefud").read_bytes()
    assert refusal(make("a.conllu", sentences[: sentences.rindex(b"\n1\t")])).code == "read.cut_off"
    for name, ending in (("uima-json", "json"), ("uima-xmi", "xmi")):
        for file in exported(name).iterdir():
            make(f"{name}/{file.name}", file.read_bytes()[: -500 if file.stem == "wire-2" else None])
        with pytest.raises(UserError, match=rf"wire-2\.{ending} is damaged"):
            all_of(tmp_path / name, name)


def test_bytes_that_are_not_utf8_and_nul_become_replacement_characters_and_are_told(make: Make) -> None:
    line = json.dumps({"text": "Zoë " * 400 + "\0", "label": [[0, 3, "A"]]}, ensure_ascii=False).encode()
    records, notes = all_of(make("a.jsonl", line + b"\n" + line.replace("ë".encode(), b"\xff", 1)), "doccano")
    assert records[0]["text"].endswith("\ufffd")
    assert records[1]["text"].startswith("Zo\ufffd ")
    assert set(notes) == {"read.damaged", "read.replaced"}


def test_no_field_of_whatever_format_brings_in_what_cannot_be_stored(make: Make, tmp_path: Path) -> None:
    table = (exported("csv")).read_bytes().replace(b"2018-03-21", b"2018\xed\xa0\x80\0", 1)
    cas = (exported("uima-json") / "wire-1.json").read_bytes()
    cas = cas.replace(b'"PERSON"', b'"PER\\ud800\\u0000"')
    with create(tmp_path / "p.db") as store:
        report = import_paths(store, [make("spans.csv", table), make("cas.json", cas)])
        assert not report.refused
        assert "PER\ufffd\ufffd" in [label.name for label in store.labels()]
        assert [message.code for message in report.messages()].count("read.replaced") == 2
