"""What the libraries of other people find in exports: the same spans at the same places, linked to the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cassis
import pytest
import udapi
from pyld import jsonld

from annotator.errors import UserError
from annotator.formats import read, write
from annotator.formats.sentences import sentences

CONTEXT = Path(__file__).parent / "anno_context.json"
FIRST = "👩‍🚀 Ann Lee sued Bolt AG.\r\nBolt denied it."
SECOND = "Bolt\tAG (Oslo) quit."
RECORDS: list[Any] = [
    {
        "id": "first",
        "title": "A title",
        "date": "2018-03-19",
        "text": FIRST,
        "spans": [
            {"id": "s1", "start": 4, "end": 11, "label": "PERSON", "state": "accepted", "entity": "lee"},
            {"id": "s2", "start": 4, "end": 24, "label": "ALLEGATION", "state": "accepted"},
            {"id": "s3", "start": 17, "end": 24, "label": "ORG", "state": "accepted", "entity": "bolt"},
            {"id": "s4", "start": 27, "end": 31, "label": "ORG", "state": "accepted", "entity": "bolt"},
        ],
        "relations": [{"id": "r", "type": "denies", "from": "s4", "to": "s2", "state": "accepted"}],
        "entities": {
            "lee": {"label": "PERSON", "name": "Ann Lee", "uri": "https://example.org/lee"},
            "bolt": {"label": "ORG", "name": "Bolt AG"},
        },
    },
    {
        "id": "second",
        "text": SECOND,
        "spans": [{"id": "s1", "start": 0, "end": 7, "label": "ORG", "state": "accepted", "entity": "bolt"}],
        "entities": {"bolt": {"label": "ORG", "name": "Bolt AG"}},
    },
]
RECORDS[0]["spans"][1]["roles"] = {"accused": [{"entity": "bolt", "state": "accepted"}]}
WORDS = ["👩‍🚀 Ann Lee"[4:], "Ann Lee sued Bolt AG", "Bolt AG", "Bolt"]


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_cassis_finds_spans_roles_and_relations(name: str, tmp_path: Path) -> None:
    write(tmp_path / "out", RECORDS, name)
    if name == "uima-xmi":
        known = cassis.load_typesystem(tmp_path / "out" / "TypeSystem.xml")
        cas = cassis.load_cas_from_xmi(tmp_path / "out" / "first.xmi", known)
    else:
        with (tmp_path / "out" / "first.json").open("rb") as file:
            cas = cassis.load_cas_from_json(file)
    assert cas.sofa_string == FIRST
    found = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert sorted((one.begin, one.value, one.identifier) for one in found if one.identifier) == [
        (4, "PERSON", "lee"),
        (17, "ORG", "bolt"),
        (27, "ORG", "bolt"),
    ]
    assert {one.get_covered_text() for one in found} == set(WORDS)
    (claim,) = (one for one in found if one.value == "ALLEGATION")
    assert [(link.role, link.target.get_covered_text()) for link in claim.roles.elements] == [
        ("accused", "Bolt AG")
    ]
    (relation,) = cas.select("webanno.custom.Relation")
    assert (relation.Governor.get_covered_text(), relation.Dependent.value) == ("Bolt", "ALLEGATION")
    tokens = [
        one.get_covered_text()
        for one in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    ]
    assert "".join(tokens) == "".join(FIRST.split())


def test_udapi_finds_one_entity_in_two_documents(tmp_path: Path) -> None:
    path = tmp_path / "out.conllu"
    write(path, RECORDS, "corefud")
    document = udapi.Document()
    document.from_conllu_string(path.read_text(encoding="utf-8"))
    found = {
        entity.eid: [" ".join(word.form for word in mention.words) for mention in entity.mentions]
        for entity in document.coref_entities
    }
    assert found == {
        "e.lee": ["Ann Lee"],
        "x.1.1": ["Ann Lee sued Bolt AG"],
        "e.bolt": ["Bolt AG", "Bolt", "Bolt AG"],
    }
    assert {entity.etype for entity in document.coref_entities} == {"PERSON", "ALLEGATION", "ORG"}


def loader(address: str, _options: Any) -> Any:
    """Offline: the one context that the pages name."""
    if address != "http://www.w3.org/ns/anno.jsonld":
        raise AssertionError(address)
    document = json.loads(CONTEXT.read_text(encoding="utf-8"))
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": document,
        "contentType": "application/ld+json",
    }


def test_pyld_expands_a_page_of_web_annotations(tmp_path: Path) -> None:
    write(tmp_path / "out", RECORDS, "web-annotation")
    page = json.loads((tmp_path / "out" / "first.jsonld").read_text(encoding="utf-8"))
    (expanded,) = jsonld.expand(
        page, {"documentLoader": loader, "base": "https://example.org/set/first.jsonld"}
    )
    oa, value = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    (items,) = expanded["https://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == 1 + 4 + 1 + 1
    span = next(one for one in items["@list"] if one.get("@id") == "https://example.org/set/first.jsonld#s3")
    assert span["@type"] == [f"{oa}Annotation"]
    (target,) = span[f"{oa}hasTarget"]
    assert target[f"{oa}hasSource"] == [{"@id": "https://example.org/set/first.txt"}]
    kinds = {one["@type"][0]: one for one in target[f"{oa}hasSelector"]}
    place, quoted = kinds[f"{oa}TextPositionSelector"], kinds[f"{oa}TextQuoteSelector"]
    text = (tmp_path / "out" / "first.txt").read_bytes().decode()
    start, end = place[f"{oa}start"][0]["@value"], place[f"{oa}end"][0]["@value"]
    assert text[start:end] == quoted[f"{oa}exact"][0]["@value"] == "Bolt AG"
    bodies = {one[f"{oa}hasPurpose"][0]["@id"].removeprefix(oa): one for one in span[f"{oa}hasBody"]}
    assert bodies["tagging"][value][0]["@value"] == "ORG"
    assert bodies["identifying"][f"{oa}hasSource"][0]["@id"] == "urn:x-annotator:entity:bolt"


def test_annotations_of_others_are_found_by_their_quote(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8", newline="")
    utf16 = {"type": "TextPositionSelector", "start": 18, "end": 25}
    quoted = {"type": "TextQuoteSelector", "exact": "Bolt", "prefix": "\r\n", "suffix": " denied"}
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "ORG"}
    items = [
        {"type": "Annotation", "body": tag, "target": {"selector": [utf16, quoted]}},
        {"type": "Annotation", "body": [tag], "target": {"selector": quoted | {"exact": "nowhere"}}},
        {"type": "Annotation", "target": {"selector": quoted}},
    ]
    (folder / "a.jsonld").write_text(json.dumps(items), encoding="utf-8")
    reading = read(folder)
    (record,) = reading.records
    assert [(span["start"], span["end"], span["label"]) for span in record["spans"]] == [(27, 31, "ORG")]
    assert [(note.code, note.params["count"]) for note in reading.notes] == [
        ("read.annotations_passed_over", 2)
    ]


def test_corefud_of_others_is_read_with_parts_multiword_tokens_and_empty_nodes(tmp_path: Path) -> None:
    rows = [
        ("1-2", "du", ""),
        ("1", "de", "Entity=(e5[1/2]-person-1-"),
        ("2", "le", ""),
        ("3", "roi", "Entity=e5[1/2])"),
        ("3.1", "_", "Entity=(e6-thing-1-)"),
        ("4", "dit", ""),
        ("5", "il", "Entity=(e5[2/2]-person-1-)|SpaceAfter=No"),
        ("6", ".", ""),
    ]
    lines = ["# global.Entity = eid-etype-head-other", "# newdoc id = d", "# sent_id = 1"]
    lines += ["\t".join((number, form, *"______" + "_", misc or "_")) for number, form, misc in rows]
    path = tmp_path / "a.conllu"
    path.write_text("\n".join([*lines, "", ""]), encoding="utf-8")
    (record,) = read(path).records
    assert record["text"] == "du roi dit il."
    assert [(span["start"], span["end"], span["label"], span["entity"]) for span in record["spans"]] == [
        (0, 13, "person", "e5")
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("1\ta\n", "read.not_ten_columns"),
        ("1\ta" + "\t_" * 7 + "\tEntity=(e1-x-1\n", "read.never_ends"),
        ("1\ta" + "\t_" * 7 + "\tEntity=e1)\n", "read.never_began"),
    ],
)
def test_corefud_that_is_wrong_is_told_by_its_line(tmp_path: Path, rows: str, code: str) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(f"# global.Entity = eid-etype-head-other\n# newdoc id = d\n{rows}", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        list(read(path).records)
    assert caught.value.code == code


def test_webanno_of_others_is_read_with_parts_of_tokens_stacks_relations_and_utf16(tmp_path: Path) -> None:
    lines = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
        "#T_SP=webanno.custom.Claim|note",
        "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation",
        "#T_RL=webanno.custom.Accuses|label|BT_webanno.custom.Claim",
        "",
        "",
        "#Text=😀 Bolt\\\\AG-led",
        "1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t_\t",
        "1-2\t3-10\tBolt\\\\AG\thttp://x/1[1]|*[2]\tORG[1]|PER\\|X[2]\t*[3]\tpr[1]\tcoref->1-1\t_\t_\t",
        "1-3\t10-14\t-led\t*[2]\tPER\\|X[2]\t*[3]\t_\t_\t_\t_\t",
        "1-3.1\t11-14\tled\t_\tORG\t_\t_\t_\t_\t_\t",
        "",
        "#Text=It is.",
        "2-1\t16-18\tIt\t_\t_\t*\tpr[2]|pr[1]\t*->2-1|*->1-2\tof\t1-2[3_0]\t",
        "2-2\t19-21\tis\t_\t_\t_\tpr[2]\t*->2-1\t_\t_\t",
        "2-3\t21-22\t.\t_\t_\t_\t_\t_\t_\t_\t",
        "",
    ]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = read(path)
    (record,) = reading.records
    text = record["text"]
    assert text == "😀 Bolt\\AG-led\n It is."
    found = {
        (text[span["start"] : span["end"]], span["label"], span.get("entity")) for span in record["spans"]
    }
    assert found == {
        ("Bolt\\AG", "ORG", "http://x/1"),
        ("Bolt\\AG-led", "PER|X", None),
        ("Bolt\\AG-led", "Claim", None),
        ("led", "ORG", None),
        ("It", "Claim", None),
        ("It", "ORG", "http://x/1"),
        ("It is", "pr", "a#2"),
    }
    assert record["entities"] == {"a#2": {"label": "pr", "name": "It is"}}
    by_id = {span["id"]: text[span["start"] : span["end"]] for span in record["spans"]}
    (relation,) = record["relations"]
    assert (relation["type"], by_id[relation["from"]], by_id[relation["to"]]) == ("of", "Bolt\\AG-led", "It")
    assert not reading.notes
    path.write_text(path.read_text(encoding="utf-8").replace("coref->1-1", "coref"), encoding="utf-8")
    with pytest.raises(UserError, match=r"line 10: “coref” is no link"):
        list(read(path).records)


def test_chains_of_inception_are_entities_and_reach_as_far_as_their_identifiers(tmp_path: Path) -> None:
    text = "Ann Lee met Bob. She told him, and Bob left."
    known = cassis.TypeSystem()
    layer = known.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    for name in ("value", "identifier"):
        known.create_feature(layer, name, "uima.cas.String")
    link = known.create_type("de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink")
    known.create_feature(link, "next", link)
    known.create_feature(link, "referenceType", "uima.cas.String")
    cas = cassis.Cas(known)
    cas.sofa_string = text
    cas.add(layer(begin=0, end=7, value="PER", identifier="http://x/ann"))
    cas.add(layer(begin=12, end=15, value="PER", identifier="http://x/bob"))
    cas.add(layer(begin=35, end=38, value="PER", identifier="http://x/other"))
    she, him, bob = (link(begin=one, end=one + 3) for one in (17, 26, 35))
    him.next = bob
    for one in (bob, him, link(begin=12, end=15, next=him), link(begin=0, end=7, next=she), she):
        cas.add(one)
    ring = link(begin=8, end=11, referenceType="act")
    ring.next = ring
    cas.add(ring)
    cas.to_json(tmp_path / "a.json")
    reading = read(tmp_path / "a.json")
    (record,) = reading.records
    assert [
        (text[span["start"] : span["end"]], span["label"], span["entity"])
        for span in sorted(record["spans"], key=lambda span: span["start"])
    ] == [
        ("Ann Lee", "PER", "http://x/ann"),
        ("met", "act", "a#3"),
        ("Bob", "PER", "http://x/bob"),
        ("She", "PER", "http://x/ann"),
        ("him", "PER", "http://x/bob"),
        ("Bob", "PER", "http://x/other"),
    ]
    assert [note.code for note in reading.notes] == ["read.other_entities"]


def test_sentences_end_at_lines_and_full_stops_but_never_inside_a_span() -> None:
    text = "Mr. Lee quit. He said: “No.” The end\n\nNext line. "
    parts = [text[start:end] for start, end in sentences(text, [])]
    assert parts == ["Mr. Lee quit.", "He said: “No.”", "The end", "Next line."]
    span = {"start": text.index("quit"), "end": text.index("Next") + 4}
    assert [text[start:end] for start, end in sentences(text, [span])] == [text.rstrip()]
