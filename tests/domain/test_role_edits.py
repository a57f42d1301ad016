"""Roles in allegations and relations between spans, applied, undone, refused."""

from __future__ import annotations

import pytest

from annotator.domain.article import Article
from annotator.domain.changes import Author
from annotator.domain.edits import role_edits
from annotator.domain.models import RelationType, Role, RoleType
from tests.domain.articles import DOCUMENT, LABELS, TEXT, entity, span, with_ids

KIM = Author("kim", "2026-11-24T01:02:03Z")
ACCUSED = RoleType(1, "accused", 1)
DENIES = RelationType(1, "denies", 1, 4, 1)


@pytest.fixture
def article() -> Article:
    claim = TEXT.index("accused")
    return Article(
        DOCUMENT,
        TEXT,
        LABELS,
        spans=[span(1, 0, 13, 1), span(2, claim, TEXT.index(" on "), 4)],
        entities=[entity(7, 1, "Ivar Brandvik")],
        roles=[Role(5, 2, 1, 7, "suggested", "names-and-dates", 0.6, None)],
    )


def test_a_role_is_set_and_the_allegation_accepted(article: Article) -> None:
    change = with_ids(role_edits.set_role(article, 2, RoleType(2, "accuser", 2), entity(9, 2), KIM))
    article.apply(change.rows)
    assert [(role.type, role.entity, role.state) for role in article.roles_of(2)] == [
        (1, 7, "suggested"),
        (2, 9, "accepted"),
    ]
    assert article.spans[2].state == "accepted"
    article.apply(change.inverse().rows)
    assert [role.id for role in article.roles_of(2)] == [5]
    assert article.spans[2].state == "suggested"


def test_a_proposed_role_is_accepted_or_refused(article: Article) -> None:
    accepted = with_ids(role_edits.accept_role(article, 5, ACCUSED, KIM))
    article.apply(accepted.rows)
    assert article.roles[5].state == "accepted"
    article.apply(accepted.inverse().rows)
    article.apply(with_ids(role_edits.remove_role(article, 5, ACCUSED, KIM)).rows)
    assert article.roles[5].state == "rejected"


def test_a_role_made_by_hand_goes_again(article: Article) -> None:
    article.apply(
        with_ids(role_edits.set_role(article, 2, RoleType(2, "accuser", 2), entity(9, 2), KIM)).rows
    )
    made = article.roles_of(2)[-1]
    article.apply(with_ids(role_edits.remove_role(article, made.id, ACCUSED, KIM)).rows)
    assert [role.id for role in article.roles_of(2)] == [5]


def test_only_an_allegation_has_roles(article: Article) -> None:
    with pytest.raises(ValueError, match="allegation"):
        role_edits.set_role(article, 1, ACCUSED, entity(9, 1), KIM)


def test_two_spans_are_related_once_and_for_their_labels_only(article: Article) -> None:
    article.apply(with_ids(role_edits.relate(article, DENIES, 1, 2, KIM)).rows)
    assert not [row for row in role_edits.relate(article, DENIES, 1, 2, KIM).rows if row.table == "relation"]
    with pytest.raises(ValueError, match="type of relation"):
        role_edits.relate(article, DENIES, 2, 1, KIM)
    made = article.relations_of(1)[0]
    article.apply(with_ids(role_edits.unrelate(article, made.id, DENIES, KIM)).rows)
    assert article.relations_of(1) == []
