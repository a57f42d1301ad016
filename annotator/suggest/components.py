"""The rules as spaCy components, so that they work in anyone's pipeline.

    nlp.add_pipe("guideline_edges")        # behind a named entity recogniser
    nlp.add_pipe("allegation_finder")      # behind a tagger and a parser

Both write to the span group `doc.spans["annotator"]` and leave `doc.ents` alone. Spans of a
group begin and end at tokens; one that the rules end inside a token takes the whole token.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span

from annotator.domain.suggestion import Suggestion
from annotator.suggest.allegations.clauses import Claim
from annotator.suggest.allegations.finder import find
from annotator.suggest.guideline import TOWN, Found, tidy

SPANS_KEY = "annotator"
LABELS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "DATE": "DATE",
    "GPE": TOWN,
    "LOC": TOWN,
}
"""What pipelines call the labels of the guidelines, and where a force or court has its place."""


@Language.factory("guideline_edges", default_config={"spans_key": SPANS_KEY, "labels": dict(LABELS)})
class GuidelineEdges:
    """PERSON, ORG and DATE as the guidelines mark them, from the entities of a document."""

    def __init__(self, nlp: Language, name: str, spans_key: str, labels: dict[str, str]) -> None:  # noqa: ARG002
        self._key = spans_key
        self._labels = labels

    def __call__(self, doc: Doc) -> Doc:
        found = (Found(ent.start_char, ent.end_char, self._labels.get(ent.label_, "")) for ent in doc.ents)
        put(doc, self._key, tidy(doc.text, found))
        return doc


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """Begin a sentence behind each blank line, so that no headline runs on into the body.

    Stands before the parser, which keeps such a beginning.
    """
    for before, token in itertools.pairwise(doc):
        if before.is_space and before.text.count("\n") > 1:
            token.is_sent_start = True
    return doc


@Language.factory("allegation_finder", default_config={"spans_key": SPANS_KEY})
class AllegationFinder:
    """ALLEGATION, by marking words and the dependency parse. English."""

    def __init__(self, nlp: Language, name: str, spans_key: str) -> None:  # noqa: ARG002
        self._key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        put(doc, self._key, [self._suggestion(doc, claim) for claim in find(doc)])
        return doc

    @staticmethod
    def _suggestion(doc: Doc, claim: Claim) -> Suggestion:
        span = doc[claim.start : claim.end]
        return Suggestion(span.start_char, span.end_char, "ALLEGATION", None, doc[claim.marker].text)


def put(doc: Doc, key: str, suggestions: list[Suggestion]) -> None:
    """Add suggestions to a span group; `span.id_` says why."""
    if key not in doc.spans:
        doc.spans[key] = []
    group = doc.spans[key]
    there = {(span.start, span.end, span.label_) for span in group}
    for one in suggestions:
        span = doc.char_span(
            one.start, one.end, label=one.label, span_id=one.why or "", alignment_mode="expand"
        )
        if span is not None and (span.start, span.end, span.label_) not in there:
            there.add((span.start, span.end, span.label_))
            group.append(span)


def read(doc: Doc, key: str = SPANS_KEY) -> Iterator[Suggestion]:
    """The suggestions of a span group."""
    span: Span
    for span in doc.spans.get(key, ()):
        yield Suggestion(span.start_char, span.end_char, span.label_, None, span.id_ or None)


def add_to(nlp: Language) -> None:
    """Put our components into a pipeline: sentence starts before its parser, the rest behind all."""
    nlp.add_pipe("guideline_edges", last=True)
    if nlp.has_pipe("parser"):
        add_finder(nlp)


def add_finder(nlp: Language) -> None:
    """Put those that find claims into a pipeline with a parser."""
    nlp.add_pipe("paragraph_starts", before="parser")
    nlp.add_pipe("allegation_finder", last=True)
