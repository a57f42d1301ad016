"""The same words elsewhere: which places are offered, and that deciding on them is one step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.edits import span_edits
from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED, Span
from annotator.session import Session
from annotator.session.elsewhere import occurrences, take
from annotator.session.importing import import_paths

TEXTS = (
    "Ada Brenn paid. Brenn denied it; Brennan did not. Ada\nBrenn left.",
    "Brenn Holdings fell. Brenn said so, and Brenn Holdings did not.",
    "Nobody of that name is here.",
)
ORG, PERSON = "ORG", "PERSON"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three articles; `Brenn Holdings` and one `Brenn` of the second are suggested."""
    spans = [
        {"start": 0, "end": 14, "label": ORG},
        {"start": 21, "end": 26, "label": ORG},
    ]
    path = tmp_path / "in.jsonl"
    records = [
        {"id": str(number), "text": text, "spans": spans if number == 1 else []}
        for number, text in enumerate(TEXTS)
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with store.create(tmp_path / "p.db") as opened:
        import_paths(opened, [path], mode="suggestions", origin="model")
        made = Session(opened, "Ada")
        made.open(1)
        yield made


def _label(session: Session, name: str) -> int:
    return next(label.id for label in session.labels() if label.name == name)


def _person(session: Session, words: str) -> Span:
    start = TEXTS[0].index(words)
    session.run(lambda a, by: span_edits.add(a, start, start + len(words), _label(session, PERSON), by))
    found = session.article
    assert found is not None
    return next(span for span in found.spans.values() if span.text == words)


def test_whole_words_in_all_articles_with_any_white_space(session: Session) -> None:
    found = occurrences(session, _person(session, "Ada Brenn"), 20)
    assert [(one.document.id, one.start) for one in found] == [(1, TEXTS[0].index("Ada\n"))]


def test_a_place_inside_a_longer_name_is_offered_but_not_likely(session: Session) -> None:
    _person(session, "Ada Brenn")
    start = TEXTS[0].index("Brenn denied")
    session.run(lambda a, by: span_edits.add(a, start, start + 5, _label(session, PERSON), by))
    article = session.article
    assert article is not None
    span = article.span_at(start, start + 5, _label(session, PERSON))
    assert span is not None
    found = {(one.document.id, one.start): one for one in occurrences(session, span, 20)}
    assert set(found) == {(1, 4), (1, TEXTS[0].rindex("Brenn")), (2, 0), (2, 21), (2, 40)}
    assert found[1, 4].within == "Ada Brenn"
    assert found[2, 0].within == "Brenn Holdings"
    assert found[2, 21].likely


def test_taking_them_is_one_step_over_all_articles(session: Session) -> None:
    start = TEXTS[0].index("Brenn denied")
    person = _label(session, PERSON)
    session.run(lambda a, by: span_edits.add(a, start, start + 5, person, by))
    article = session.article
    assert article is not None
    span = article.span_at(start, start + 5, person)
    assert span is not None
    before = {number: session.store.article(number).spans for number in (1, 2)}
    take(session, span, [one for one in occurrences(session, span, 20) if one.likely])
    second = session.store.article(2)
    relabelled = second.span_at(21, 26, person)
    assert relabelled is not None
    assert relabelled.state == ACCEPTED
    assert relabelled.suggested_by == "model"
    assert article.span_at(TEXTS[0].rindex("Brenn"), TEXTS[0].rindex("Brenn") + 5, person) is not None
    session.undo()
    assert {number: session.store.article(number).spans for number in (1, 2)} == before
    assert session.store.check() == []


def test_after_a_rejection_only_the_same_suggestions_are_offered(session: Session) -> None:
    """`Brenn Holdings` stands a second time, where nobody suggested it."""
    session.open(2)
    article = session.article
    assert article is not None
    suggested = article.span_at(21, 26, _label(session, ORG))
    assert suggested is not None
    assert suggested.state == SUGGESTED
    session.run(lambda a, by: span_edits.reject(a, [suggested.id], by))
    assert article.spans[suggested.id].state == REJECTED
    assert occurrences(session, article.spans[suggested.id], 20) == []
