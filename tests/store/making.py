"""Small projects for the tests: records in, spans found by their words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotator.domain.article import Article
from annotator.domain.changes import Author
from annotator.domain.models import Span
from annotator.domain.record import Record, RecordSpan
from annotator.store import Store
from annotator.store.importing import AS_IS

KIM = Author("kim", "2026-11-24T01:02:03Z")

TEXT = (
    "Anna Berg of Nordbank said on Monday that Carl Dahl was accused of fraud. "
    "Nordbank and Mr Dahl deny it. 😀 A trial begins on 3 May 2027."
)


def span(words: str, label: str, text: str = TEXT, **fields: Any) -> RecordSpan:
    """The span at the first place of these words."""
    start = text.index(words)
    found = {"start": start, "end": start + len(words), "label": label, "text": words}
    return RecordSpan(**{**found, **fields})  # type: ignore[typeddict-item]


def record(name: str = "one", *spans: RecordSpan, text: str = TEXT, **fields: Any) -> Record:
    """An article with spans."""
    return Record(**{"id": name, "text": text, "spans": list(spans), **fields})  # type: ignore[typeddict-item]


def put(project: Store, *records: Record, mode: str = AS_IS, origin: str = "model") -> Counter[str]:
    """Import records as one run."""
    run = project.begin_run("import", "test")
    counts = project.add_records(run, records, mode=mode, origin=origin)
    project.end_run(run, counts)
    return counts


def at(article: Article, words: str, label: str | None = None) -> Span:
    """The first span of an article with these words."""
    return next(
        one
        for one in sorted(article.spans.values(), key=lambda one: (one.start, one.end))
        if one.text == words and label in (None, article.labels[one.label].name)
    )


def number(project: Store, label: str) -> int:
    """A label's id."""
    return next(one.id for one in project.labels() if one.name == label)


def sample() -> list[Record]:
    """Two articles with all that a record can carry."""
    anna = {"label": "PERSON", "name": "Anna Berg", "aliases": ["A. Berg"], "uri": "https://example.org/anna"}
    dahl = {"label": "PERSON", "name": "Carl Dahl"}
    bank = {"label": "ORG", "name": "Nordbank", "note": "the bank"}
    first = record(
        "one",
        span("Anna Berg", "PERSON", id="a", state="accepted", entity="anna", origin="reviewer", by="kim"),
        span("Nordbank", "ORG", id="b", entity="bank", score=0.75),
        span("Monday", "DATE", id="c", value="2026-11-23"),
        span("Carl Dahl", "PERSON", id="d", state="accepted", entity="dahl", flag=True),
        span(
            "Carl Dahl was accused of fraud",
            "ALLEGATION",
            id="e",
            state="accepted",
            note="look",
            roles={"accused": [{"entity": "dahl", "state": "accepted", "origin": "reviewer"}]},
            suggested={"start": 42, "end": 60, "label": "ALLEGATION", "by": "model"},
        ),
        span("fraud", "ALLEGATION", state="rejected"),
        span("Dahl", "PERSON"),
        title="Fraud at Nordbank?",
        date="2026-11-24",
        source="The Post",
        status="in_progress",
        tags=["bank"],
        meta={"page": 3},
        relations=[{"id": "r", "type": "works for", "from": "a", "to": "b", "state": "accepted"}],
        entities={"anna": anna, "dahl": dahl, "bank": bank},
    )
    other = "Nordbank dismissed Carl Dahl on Monday."
    second = record(
        "two",
        span("Nordbank", "ORG", other, state="accepted", entity="bank"),
        span("Carl Dahl", "PERSON", other, entity="dahl"),
        span("Monday", "DATE", other, mod="START"),
        text=other,
        entities={"bank": bank, "dahl": dahl},
    )
    return [first, second]
