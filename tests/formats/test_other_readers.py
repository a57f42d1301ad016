"""Each export, read by the library that its users read it with, says what the records say."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.splitting import PARTS
from annotator.formats import About, read, registry, write
from annotator.formats.losses import Losses, carried
from tests.formats.conftest import all_of
from tests.formats.golden import ABOUT

GOLD = Path(__file__).parent.parent / "gold" / "dev.jsonl"


@pytest.fixture(scope="module")
def gold() -> list[Any]:
    """A few articles of the dev gold, accepted, and one with all that formats stumble over."""
    records: list[Any] = []
    for record in list(read(GOLD).records)[:6]:
        item: Any = dict(record)
        item["spans"] = [
            span | {"id": f"s{at}", "state": "accepted"} for at, span in enumerate(item["spans"])
        ]
        records.append(item)
    text = "👩‍🚀 Ann\r\nLee hid losses at Acme. שלום 🇫🇷 Ann"
    places = [(4, 12, "PERSON"), (4, 31, "ALLEGATION"), (27, 31, "ORG"), (9, 27, "DATE"), (33, 37, "PERSON")]
    spans = [
        {
            "id": f"s{at}",
            "start": start,
            "end": end,
            "label": label,
            "text": text[start:end],
            "state": "accepted",
        }
        for at, (start, end, label) in enumerate(places)
    ]
    spans[0]["entity"] = "p:ann"
    relations = [{"id": "r0", "type": "same", "from": "s0", "to": "s2", "state": "accepted"}]
    entities = {"p:ann": {"label": "PERSON", "name": "Ann Lee"}}
    hard = {"id": "hard", "text": text, "spans": spans, "relations": relations, "entities": entities}
    return [*records, hard]


def export(gold: list[Any], path: Path, name: str) -> Path:
    parts = {record["id"]: PARTS[at % 3] for at, record in enumerate(gold)}
    about = About(ABOUT.name, ABOUT.labels, ABOUT.relation_types, ABOUT.role_types, lambda key: parts[key])
    write(path, gold, name, about)
    return path


def places(record: Any) -> list[tuple[int, int, str]]:
    return sorted((span["start"], span["end"], span["label"]) for span in record["spans"])


def test_spacy_reads_the_docbin(gold: list[Any], tmp_path: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    folder = export(gold, tmp_path / "corpus", "spacy")
    vocab = Vocab()
    docs = {
        doc.text: doc
        for file in sorted(folder.rglob("*.spacy"))
        for doc in DocBin().from_disk(file).get_docs(vocab)
    }
    assert len(docs) == len(gold)
    for record in gold:
        doc = docs[record["text"]]
        spans = [(span.start_char, span.end_char, span.label_) for span in doc.spans["sc"]]
        assert sorted(spans) == places(record)
        assert all(span.text == doc.text[span.start_char : span.end_char] for span in doc.spans["sc"])
        linked = {span.kb_id_ for span in doc.spans["sc"]} - {""}
        assert linked == {span["entity"] for span in record["spans"] if "entity" in span}
        free = [
            one
            for one in places(record)
            if not any(one != other and one[0] < other[1] and other[0] < one[1] for other in places(record))
        ]
        ents = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        assert set(free) <= set(ents) <= set(places(record))


def test_what_spacy_wrote_is_read_as_spacy_reads_it(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    nlp = spacy.blank("en")
    plain = nlp("Ann  Lee met Bob.\n\nACME paid PERSON $5 ")
    plain.spans["sc"] = [Span(plain, 0, 4, "CLAIM"), Span(plain, 2, 3, "PERSON", kb_id="Q1", span_id="a")]
    plain.spans["other"] = []
    plain.ents = [Span(plain, 0, 1, "PERSON", kb_id="Q1", span_id="x"), Span(plain, 1, 3, "PERSON")]
    plain.user_data[("a", 1)] = "of another program"
    unspaced = Doc(nlp.vocab, words=["Ann", "met", "Bob"], ents=["B-PERSON", "O", "B-PERSON"])
    docs = [plain, unspaced, nlp("nothing here")]
    for attrs in (None, ["LEMMA", "ENT_KB_ID", "ENT_TYPE", "ENT_IOB"], ["LEMMA"]):
        options = {} if attrs is None else {"attrs": attrs}
        bin = DocBin(docs=docs, store_user_data=True, **options)
        bin.to_disk(tmp_path / "a.spacy")
        records: list[Any] = all_of(tmp_path / "a.spacy")[0]
        theirs = list(DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("en").vocab))
        assert len(records) == len(theirs)
        for record, doc in zip(records, theirs, strict=True):
            assert record["text"] == doc.text
            spans = {*doc.ents, *(span for group in doc.spans.values() for span in group)}
            found = [
                (span["start"], span["end"], span["label"], span.get("entity", ""))
                for span in record["spans"]
            ]
            assert sorted(found) == sorted(
                (span.start_char, span.end_char, span.label_, span.kb_id_) for span in spans
            )


def test_spans_of_one_pattern_come_in_without_its_name(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    doc = spacy.blank("en")("Ann met Bob and Cy")
    doc.ents = [Span(doc, at, at + 1, "PERSON", span_id=name) for at, name in ((0, "p"), (2, "p"), (4, "q"))]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (record,) = all_of(tmp_path / "a.spacy")[0]
    assert [(span["start"], span.get("id")) for span in record["spans"]] == [(0, None), (8, None), (16, "q")]


def test_spacy_trains_on_the_docbin_as_it_is(
    gold: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spacy.cli.train import train

    monkeypatch.chdir(export(gold, tmp_path / "corpus", "spacy"))
    with redirect_stdout(io.StringIO()) as said:
        train("config.cfg", "model", overrides={"training.max_steps": 1, "training.eval_frequency": 1})
    assert "ner" in said.getvalue()
    assert (Path("model") / "model-last" / "meta.json").is_file()


def test_prodigys_tokens_are_a_doc_of_spacy(gold: list[Any], tmp_path: Path) -> None:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    path = export(gold, tmp_path / "set.jsonl", "prodigy")
    tasks = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [task["answer"] for task in tasks] == ["accept"] * len(gold)
    for task, record in zip(tasks, gold, strict=True):
        words, spaces = [one["text"] for one in task["tokens"]], [one["ws"] for one in task["tokens"]]
        doc = Doc(Vocab(), words=words, spaces=spaces)
        assert doc.text == task["text"] == record["text"]
        for span in task["spans"]:
            by_tokens = doc[span["token_start"] : span["token_end"] + 1]
            assert (by_tokens.start_char, by_tokens.end_char) == (span["start"], span["end"])
        assert places(task) == places(record)
    [relation] = tasks[-1]["relations"]
    assert relation["head_span"]["label"] == "PERSON"
    assert relation["child_span"]["label"] == "ORG"


def test_label_studio_validates_the_tasks_by_the_config(gold: list[Any], tmp_path: Path) -> None:
    from label_studio_sdk.label_interface import LabelInterface

    undecided: Any = [
        record | {"spans": [span | {"state": "suggested", "origin": "model-1"} for span in record["spans"]]}
        for record in gold
    ]
    for at, records in enumerate((gold, undecided)):
        path = export(records, tmp_path / f"set{at}.json", "label-studio")
        interface = LabelInterface((tmp_path / f"set{at}.json.config.xml").read_text(encoding="utf-8"))
        interface.validate()
        for task, record in zip(json.loads(path.read_bytes()), gold, strict=True):
            groups = task["annotations"] + task["predictions"]
            assert [interface._validate_object(group, return_errors=True) for group in groups] == [[]]
            wide = record["text"].encode("utf-16-le")
            for result in groups[0]["result"]:
                if result["type"] == "labels":
                    value = result["value"]
                    assert wide[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


def test_doccanos_columns_are_those_that_it_imports(gold: list[Any], tmp_path: Path) -> None:
    import pandas as pd

    path = export(gold, tmp_path / "set.jsonl", "doccano")
    frame = pd.read_json(path, lines=True, convert_dates=False, encoding="utf-8")
    for text, triples, record in zip(frame["text"], frame["label"], gold, strict=True):
        assert text == record["text"]
        assert sorted((start, end, label) for start, end, label in triples) == places(record)
    frame = pd.read_json(
        export(gold, tmp_path / "rel.jsonl", "doccano-relations"), lines=True, convert_dates=False
    )
    *_, last = frame.to_dict("records")
    labels = {entity["id"]: entity["label"] for entity in last["entities"]}
    [relation] = last["relations"]
    assert (labels[relation["from_id"]], labels[relation["to_id"]]) == ("PERSON", "ORG")


def test_labelbuddys_places_agree_in_characters_and_bytes(gold: list[Any], tmp_path: Path) -> None:
    lines = export(gold, tmp_path / "set.jsonl", "labelbuddy").read_text(encoding="utf-8").splitlines()
    array = json.loads(export(gold, tmp_path / "set.json", "labelbuddy").read_bytes())
    assert [json.loads(line) for line in lines] == array
    for document, record in zip(array, gold, strict=True):
        raw = document["text"].encode()
        assert hashlib.md5(raw).hexdigest() == document["utf8_text_md5_checksum"]
        for one, span in zip(document["annotations"], record["spans"], strict=True):
            assert raw[one["start_byte"] : one["end_byte"]].decode() == span["text"]
            assert document["text"][one["start_char"] : one["end_char"]] == span["text"]
            assert one.get("extra_data") == span.get("entity")


def test_bioc_reads_the_standoff(gold: list[Any], tmp_path: Path) -> None:
    from bioc import brat

    folder = export(gold, tmp_path / "corpus", "brat")
    format = registry.writer("brat")
    assert format.carries is not None
    for record in (carried(item, format.carries, Losses()) for item in gold):
        annotations = (folder / f"{record['id']}.ann").read_text(encoding="utf-8")
        doc = brat.loads((folder / f"{record['id']}.txt").read_bytes().decode(), annotations)
        found = []
        for entity in doc.entities:
            pieces = sorted((int(one.begin), int(one.end)) for one in entity.locations)
            words = " ".join(record["text"][start:end] for start, end in pieces)
            assert words.rstrip() == entity.text  # it takes white space from the ends of lines
            found.append((pieces[0][0], pieces[-1][1], entity.type))
        assert sorted(found) == places(record)
        assert len(doc.relations) == len(record.get("relations", ()))


@pytest.mark.parametrize("name", ["conll2003", "conll2002"])
def test_seqeval_reads_the_tags_strictly(gold: list[Any], tmp_path: Path, name: str) -> None:
    from seqeval.scheme import IOB2, Entities

    path = export(gold, tmp_path / "set.conll", name)
    format = registry.writer(name)
    assert format.carries is not None
    for rows, item in zip(documents(path), gold, strict=True):
        record: Any = carried(item, format.carries, Losses())
        [tags] = Entities([[tag for _, tag in rows]], IOB2).entities
        words = [word for word, _ in rows]
        found = [(" ".join(words[one.start : one.end]), one.tag) for one in tags]
        wanted = [
            (" ".join(record["text"][span["start"] : span["end"]].split()), span["label"])
            for span in record["spans"]
        ]
        assert found == wanted


def documents(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Words and tags of each document, as a reader of the first form takes them."""
    for document in path.read_text(encoding="utf-8").split("-DOCSTART-")[1:]:
        rows = [line.split(" ") for line in document.split("\n")[1:] if line]
        yield [(row[0], row[-1]) for row in rows]
