"""Our spaCy factories: in our pipeline, in anyone's, in a blank one."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from annotator.suggest import components

pytestmark = pytest.mark.spacy

TEXT = "Mayor Ida Brenner’s office denied allegations of fraud on Monday.\n\nBrenner, 61, left."


def suggested(doc: Doc, key: str = components.SPANS_KEY) -> list[tuple[str, str]]:
    return [(doc.text[one.start : one.end], one.label) for one in components.read(doc, key)]


def test_all_four_labels_and_why(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert set(suggested(doc)) >= {
        ("Ida Brenner", "PERSON"),
        ("Brenner", "PERSON"),
        ("Monday", "DATE"),
        ("allegations of fraud", "ALLEGATION"),
    }
    assert {one.why for one in components.read(doc) if one.label == "ALLEGATION"} == {"allegations"}
    assert all(span.label_ in ("PERSON", "ORG", "DATE", "ALLEGATION") for span in doc.spans["annotator"])


def test_entities_stay_as_the_pipeline_found_them(nlp: Language) -> None:
    with nlp.select_pipes(disable=["guideline_edges", "allegation_finder"]):
        before = [(ent.start, ent.end, ent.label_) for ent in nlp(TEXT).ents]
    assert [(ent.start, ent.end, ent.label_) for ent in nlp(TEXT).ents] == before


def test_factories_work_in_a_blank_pipeline() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("guideline_edges", config={"spans_key": "mine"})
    blank.add_pipe("allegation_finder", config={"spans_key": "mine"})
    assert suggested(blank(TEXT), "mine") == [
        ("Ida Brenner", "PERSON"),
        ("Monday", "DATE"),
        ("Brenner", "PERSON"),
    ]


def test_labels_of_another_pipeline_are_mapped() -> None:
    blank = spacy.blank("en")
    ruler = blank.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "HUMAN", "pattern": "Ida Brenner"}])
    blank.add_pipe("guideline_edges", config={"labels": {"HUMAN": "PERSON"}})
    assert suggested(blank("So Ida Brenner left."))[0] == ("Ida Brenner", "PERSON")


def test_spans_that_end_inside_a_token_take_all_of_it() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["seen-Monday", "it"])
    components.put(doc, "x", [components.Suggestion(5, 11, "DATE")])
    [span] = doc.spans["x"]
    assert isinstance(span, Span)
    assert span.text == "seen-Monday"


def test_factories_are_found_without_importing_this_package() -> None:
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('paragraph_starts');"
        "nlp.add_pipe('guideline_edges'); nlp.add_pipe('allegation_finder'); print(len(nlp('On Monday.').spans))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
