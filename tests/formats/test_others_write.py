"""Files as other tools write them, in their versions: read as what they say, or refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from annotator.domain.record import Record
from tests.formats.conftest import Make, all_of, refusal

TEXT: Final = "Ann Lee of Acme 😀 sued Bob."
ANN: Final = ("Ann Lee", "PER")
ACME: Final = ("Acme", "ORG")
BOB: Final = ("Bob", "PER")
BY_ONE: Final = {"by": "1", "at": "2023-05-01T10:00:00Z"}


def region(id: str, start: int, words: str, label: str, **more: Any) -> Any:
    """A region of Label Studio, which counts UTF-16."""
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


REGIONS: Final[list[Any]] = [
    region("a", 0, "Ann Lee", "PER"),
    region("b", 24, "Bob", "PER"),
    {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"},
    {"id": "c", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["bad"]}},
]
DONE: Final[Any] = {"completed_by": 1, "was_cancelled": False, "updated_at": BY_ONE["at"], "result": REGIONS}
GUESS: Final[Any] = {"model_version": "v1", "result": [region("p", 11, "Acme", "ORG", score=0.7)]}
SHORT: Final[Any] = {"annotation_id": 3, "annotator": 1, "lead_time": 2.5, "updated_at": BY_ONE["at"]}
TOKENS: Final = [
    {"text": "Ann", "start": 0, "end": 3, "id": 0},
    {"text": "Lee", "start": 4, "end": 7, "id": 1},
]
TASK: Final[Any] = {"text": TEXT, "_input_hash": -5, "_task_hash": 7, "tokens": TOKENS, "answer": "accept"}
SPAN: Final = {"start": 0, "end": 7, "token_start": 0, "token_end": 1, "label": "PER"}
DECIDED: Final = {"state": "accepted", **BY_ONE}


@pytest.mark.parametrize(
    ("name", "content", "expected", "told"),
    [
        (
            "studio.json",
            [{"id": 7, "data": {"text": TEXT}, "annotations": [DONE], "predictions": [GUESS]}],
            [(ANN, DECIDED), (ACME, {"state": "suggested", "origin": "v1", "score": 0.7}), (BOB, DECIDED)],
            ["read.others"],
        ),
        (
            "studio_before_1.json",
            [{"id": 7, "data": {"article": TEXT, "by": "Kim"}, "completions": [DONE], "predictions": [3]}],
            [(ANN, DECIDED), (BOB, DECIDED)],
            ["read.others"],
        ),
        (
            "studio_min.json",
            [{"id": 7, "text": TEXT, "tags": [REGIONS[0]["value"]], **SHORT}],
            [(ANN, DECIDED)],
            [],
        ),
        (
            "doccano_1_numbers.jsonl",
            {
                "id": 1,
                "text": TEXT,
                "annotations": [{"label": 2, "start_offset": 0, "end_offset": 7, "user": 1}],
                "meta": {},
                "annotation_approver": None,
            },
            [(("Ann Lee", "2"), {})],
            [],
        ),
        (
            "doccano_1.jsonl",
            {"id": 1, "text": TEXT, "meta": {}, "labels": [[0, 7, "PER"]], "status": "open"},
            [(ANN, {})],
            [],
        ),
        ("doccano_1_4.jsonl", {"id": 1, "data": TEXT, "label": [[0, 7, "PER"]]}, [(ANN, {})], []),
        (
            "spacy_2.jsonl",
            {"text": TEXT, "entities": [[0, 7, "PER"], [11, 15, "ORG"]]},
            [(ANN, {}), (ACME, {})],
            [],
        ),
        (
            "prodigy.jsonl",
            [TASK | {"spans": [SPAN]}, TASK | {"text": "Else.", "answer": "ignore", "spans": []}],
            [(ANN, {"state": "accepted"})],
            ["read.others"],
        ),
        ("prodigy_choice.jsonl", TASK | {"accept": ["good"]}, [], ["read.others"]),
        ("documents.json", [{"text": TEXT, "metadata": {"n": 1}}], [], []),
    ],
)
def test_json_of_other_tools(
    make: Make, name: str, content: Any, expected: list[tuple[tuple[str, str], Any]], told: list[str]
) -> None:
    is_lines = name.endswith(".jsonl")
    lines = content if isinstance(content, list) else [content]
    [record], notes = all_of(
        make(name, "\n".join(map(json.dumps, lines)) if is_lines else json.dumps(content))
    )
    assert notes == told
    assert said(record) == [one for one, _ in expected]
    for span, (_, fields) in zip(in_order(record), expected, strict=True):
        assert {field: span.get(field) for field in fields} == fields


def in_order(record: Record) -> list[Any]:
    return sorted(record.get("spans", []), key=lambda span: span["start"])


def said(record: Record) -> list[tuple[str, str]]:
    return [(record["text"][span["start"] : span["end"]], span["label"]) for span in in_order(record)]


def test_fields_of_our_names_that_mean_something_else_go_to_meta(make: Make) -> None:
    item = {"text": TEXT, "label": [], "status": "open", "date": 2018, "title": "Suit"}
    [record], _ = all_of(make("a.jsonl", json.dumps(item)))
    assert record.get("meta") == {"status": "open", "date": 2018}
    assert record.get("title") == "Suit"


def test_a_record_on_several_lines_is_one(make: Make) -> None:
    item = {"text": "Ann won.", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}
    [record], _ = all_of(make("a.json", json.dumps(item, indent=2)))
    assert said(record) == [("Ann", "PERSON")]
    error = refusal(make("b.json", json.dumps(item, indent=2)[:-4]))
    assert error.code == "read.bad_json"


def test_numbered_words_with_two_levels_of_tags(make: Make) -> None:
    """GermEval 2014: a comment names the page, then number, word, outer and inner tag."""
    rows = '#\thttp://x.example [2010]\n1\tDer\tO\tO\n2\tTagesspiegel\tB-ORG\tO\n3\tBerlin\tI-ORG\tB-LOC\n4\t"\tO\tO\n'
    [record], _ = all_of(make("a.tsv", rows))
    assert record["text"] == 'Der Tagesspiegel Berlin "'
    assert said(record) == [("Tagesspiegel Berlin", "ORG"), ("Berlin", "LOC")]


def test_a_word_may_hold_what_is_no_gap(make: Make) -> None:
    [record], _ = all_of(make("a.conll", "10\u00a0000 B-X\nNew York\tB-LOC\nx O\n"))
    assert said(record) == [("10\u00a0000", "X"), ("New York", "LOC")]


WEBANNO: Final = """#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|coarseValue|PosValue
#T_SP=webanno.custom.Event|kind|ROLE_webanno.custom.Event:args_webanno.custom.Link|de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS


#Text=Ann sued Bob later
1-1\t0-3\tAnn\tPROPN\tNNP\t_\t_\t_\tQ1\tPER\tnsubj\t1-2\t
1-2\t4-8\tsued\tVERB\tVBD\tSUIT\twho;whom\t1-1;1-3\t_\t_\t_\t_\t
1-3\t9-12\tBob\tPROPN\tNNP\t_\t_\t_\t*\tPER\t_\t_\t
1-4\t13-18\tlater\tADV\tRB\tLATER\t*\t*\t_\t_\t_\t_\t
"""


def test_layers_of_other_projects_keep_their_features_and_slots(make: Make) -> None:
    [record], notes = all_of(make("a.tsv", WEBANNO))
    assert not notes
    assert said(record) == [("Ann", "PER"), ("sued", "Event"), ("Bob", "PER"), ("later", "Event")]
    ann, sued, bob, _ = in_order(record)
    assert (ann["entity"], sued["attributes"]) == ("Q1", {"kind": "SUIT"})
    assert [(one["type"], one["from"], one["to"]) for one in record["relations"]] == [
        ("who", sued["id"], ann["id"]),
        ("whom", sued["id"], bob["id"]),
    ]


def test_a_cas_with_layers_of_its_own(tmp_path: Path) -> None:
    """As INCEpTION exports it: the reviewer is the id, the name of the file the title."""
    import cassis

    dkpro, annotation = "de.tudarmstadt.ukp.dkpro.core.api", "uima.tcas.Annotation"
    known = cassis.TypeSystem()
    token = known.create_type(f"{dkpro}.segmentation.type.Token", annotation)
    person = known.create_type(f"{dkpro}.ner.type.NamedEntity", annotation)
    claim = known.create_type("webanno.custom.Claim", annotation)
    link = known.create_type("webanno.custom.ClaimArgsLink", "uima.cas.TOP")
    about = known.create_type(f"{dkpro}.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation")
    for kind, name in (
        (person, "value"),
        (claim, "kind"),
        (link, "role"),
        (about, "documentId"),
        (about, "documentTitle"),
    ):
        known.create_feature(kind, name, "uima.cas.String")
    known.create_feature(link, "target", annotation)
    known.create_feature(claim, "args", "uima.cas.FSArray", elementType=link)
    cas = cassis.Cas(known)
    cas.sofa_string, cas.sofa_mime = TEXT, "text/plain"
    ann = person(begin=0, end=7, value="PER")
    whole = claim(begin=0, end=26, kind="suit")
    whole.args = known.get_type("uima.cas.FSArray")(elements=[link(role="who", target=ann)])
    cas.add_all(
        [
            token(begin=0, end=3),
            ann,
            whole,
            about(begin=0, end=27, documentId="kim", documentTitle="suit.txt"),
        ]
    )
    known.to_xml(tmp_path / "TypeSystem.xml")
    cas.to_xmi(tmp_path / "kim.xmi")
    [record], _ = all_of(tmp_path / "kim.xmi")
    assert record["id"] == "suit.txt"
    assert sorted(said(record)) == [ANN, (TEXT[:26], "Claim")]
    outer = next(span for span in record["spans"] if span["label"] == "Claim")
    assert outer["attributes"] == {"kind": "suit"}
    assert [one["type"] for one in record["relations"]] == ["who"]
    (tmp_path / "TypeSystem.xml").unlink()
    assert refusal(tmp_path / "kim.xmi").code == "read.no_types_beside"


def test_a_note_on_an_event_of_brat_is_that_of_its_words(make: Make) -> None:
    make("a.txt", "Ann sued.")
    [record], notes = all_of(make("a.ann", "T1\tSue 4 8\tsued\nE1\tSue:T1\n#1\tAnnotatorNotes E1\tin May\n"))
    assert not notes
    assert record["spans"][0]["note"] == "in May"


@pytest.mark.spacy
def test_what_others_predict_into_a_docbin_is_not_decided(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    doc = spacy.blank("en")("Ann Lee won.")
    doc.spans["sc"] = [Span(doc, 0, 2, "PER")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    [record], _ = all_of(tmp_path / "a.spacy")
    assert [span.get("state") for span in record["spans"]] == [None]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("news.xml", '<?xml version="1.0"?><rss/>', "read.other_kind"),
        ("train.json", '[["Ann won.", {"entities": [[0, 3, "PER"]]}]]', "read.no_object"),
        (
            "elsewhere.json",
            '[{"data": {"text": "/data/upload/1/a.txt"}, "annotations": [{"result": []}]}]',
            "read.text_elsewhere",
        ),
        ("tokens.jsonl", '{"tokens": ["Ann"], "ner_tags": [1]}', "read.no_articles"),
        (
            "page.json",
            json.dumps(
                [
                    {
                        "data": {"text": "<p>Ann</p>"},
                        "annotations": [
                            {
                                "result": [
                                    {
                                        "type": "hypertextlabels",
                                        "value": {"start": "/p[1]/text()[1]", "hypertextlabels": ["PER"]},
                                    }
                                ]
                            }
                        ],
                    }
                ]
            ),
            "read.html_places",
        ),
    ],
)
def test_what_is_in_no_form_of_ours_is_refused(make: Make, name: str, content: str, code: str) -> None:
    assert refusal(make(name, content)).code == code


CLASSES: Final = {"info": {"features": {"ner_tags": {"feature": {"names": ["O", "B-PER", "I-PER"]}}}}}


@pytest.mark.parametrize(("tags", "classes"), [([1, 2, 0], CLASSES), (["B-PER", "I-PER", "O"], {})])
def test_data_sets_of_tokens_and_tags(tmp_path: Path, tags: list[Any], classes: Any) -> None:
    """As `datasets` writes them: what numbers mean is noted beside the columns."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    table = pa.table({"id": ["7"], "tokens": [["Ann", "Lee", "won"]], "ner_tags": [tags]})
    write_table(table.replace_schema_metadata({"huggingface": json.dumps(classes)}), tmp_path / "a.parquet")
    [record], _ = all_of(tmp_path / "a.parquet")
    assert (record["id"], record["text"], said(record)) == ("7", "Ann Lee won", [ANN])
    write_table(table.set_column(2, "ner_tags", pa.array([[5, 0, 0]])), tmp_path / "b.parquet")
    assert refusal(tmp_path / "b.parquet").code == "read.tag_number"
    write_table(table.set_column(2, "ner_tags", pa.array([["O"]])), tmp_path / "c.parquet")
    assert refusal(tmp_path / "c.parquet").code == "read.not_as_many"
    write_table(pa.table({"headline": ["Suit"], "body": [TEXT]}), tmp_path / "d.parquet")
    [record], _ = all_of(tmp_path / "d.parquet")
    assert (record["title"], record["text"]) == ("Suit", TEXT)


def test_words_of_brat_are_those_of_the_text_but_for_line_breaks(make: Make) -> None:
    make("a.txt", "Ann\nLee sued.")
    [record], _ = all_of(make("a.ann", "T1\tPER 0 7\tAnn Lee\n"))
    assert said(record) == [("Ann\nLee", "PER")]
    make("b.txt", "Ann\nLee sued.")
    assert refusal(make("b.ann", "T1\tPER 0 7\tAnnLee\n")).code == "read.quote"


def test_places_of_a_browser_where_lines_end_with_crlf(make: Make) -> None:
    """It counts a line break once; what it quotes has one sign there."""
    text = "One\r\n😀 two\r\n\r\nAnn\r\nLee won."
    value = {"start": 12, "end": 19, "text": "Ann\nLee", "labels": ["PER"]}
    task = {"id": 1, "data": {"text": text}, "annotations": [{"result": [REGIONS[0] | {"value": value}]}]}
    [record], _ = all_of(make("a.json", json.dumps([task])))
    assert said(record) == [("Ann\r\nLee", "PER")]
    task["annotations"][0]["result"][0]["value"]["start"] = 13
    assert refusal(make("b.json", json.dumps([task]))).code == "read.quote"
