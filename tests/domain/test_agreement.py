"""Agreement against independent libraries and the worked examples of the papers."""

from __future__ import annotations

import re
from collections import Counter

import krippendorff
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score, f1_score

from annotator.domain import agreement_links as links
from annotator.domain.agreement_spans import Reviewed, agreement, confusion, exact_f1
from annotator.domain.matching import Place

TEXT = "Anna Berg of Nordbank said, on Monday, that Carl Dahl lied. 😀 Nordbank's trial begins on 3 May."
SIZE = len(TEXT)


def _place(start: int, size: int, label: str) -> Place:
    return Place(start, min(SIZE, start + size), label)


places = st.builds(_place, st.integers(0, SIZE - 1), st.integers(1, 30), st.sampled_from(["PERSON", "ORG"]))
several = st.lists(places, max_size=8, unique=True)
articles = st.lists(
    st.builds(lambda one, other: Reviewed("a", TEXT, one, other), several, several), min_size=1, max_size=3
)


def _tokens(spans: list[Place]) -> list[int]:
    return [
        int(
            any(
                span.start < match.end() and match.start() < span.end for span in spans if span.label == "ORG"
            )
        )
        for match in re.finditer(r"\w+|[^\w\s]", TEXT)
    ]


def _signs(spans: list[Place]) -> list[int]:
    return [
        int(any(span.start <= at < span.end for span in spans if span.label == "ORG")) for at in range(SIZE)
    ]


@given(articles)
def test_kappa_is_that_of_scikit_learn(articles: list[Reviewed]) -> None:
    one, other = ([mark for each in articles for mark in _tokens([*each[side]])] for side in (2, 3))
    found = agreement(articles, "ORG").kappa
    if len({*one, *other}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(cohen_kappa_score(one, other))


@given(articles)
def test_alpha_is_that_of_krippendorff(articles: list[Reviewed]) -> None:
    """Each code point is a unit."""
    marks = [[mark for each in articles for mark in _signs([*each[side]])] for side in (2, 3)]
    found = agreement(articles, "ORG").alpha
    if len({*marks[0], *marks[1]}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(krippendorff.alpha(numpy.array(marks), level_of_measurement="nominal"))


@given(articles)
def test_exact_f1_is_that_of_scikit_learn(articles: list[Reviewed]) -> None:
    """Over every span that either has: who has it?"""
    every = [(number, place) for number, each in enumerate(articles) for place in {*each.one, *each.other}]
    one, other = ([place in articles[number][side] for number, place in every] for side in (2, 3))
    assert exact_f1(articles) == pytest.approx(f1_score(one, other, zero_division=0) if every else 0)


@given(articles)
def test_both_sides_are_alike(articles: list[Reviewed]) -> None:
    """Who is the first makes no difference; with oneself everybody agrees."""
    turned = [Reviewed(each.name, each.text, each.other, each.one) for each in articles]
    one, other = agreement(articles, "ORG"), agreement(turned, "ORG")
    assert one[2:] == pytest.approx(other[2:]) or None in one
    same = agreement([Reviewed(each.name, each.text, each.one, each.one) for each in articles], "ORG")
    assert same.exact == same.overlap == (1.0 if same.one else 0.0)
    assert same.kappa in (None, pytest.approx(1))
    assert same.alpha in (None, pytest.approx(1))


def test_a_worked_example() -> None:
    """Two spans alike, one shorter, one missing, one with another label."""
    one = [Place(0, 9, "PERSON"), Place(13, 21, "ORG"), Place(31, 37, "DATE"), Place(44, 53, "PERSON")]
    other = [Place(0, 9, "PERSON"), Place(13, 21, "PERSON"), Place(49, 53, "PERSON"), Place(62, 70, "ORG")]
    article = [Reviewed("a", TEXT, one, other)]
    person = agreement(article, "PERSON")
    assert person[:2] == (2, 3)
    assert person.exact == pytest.approx(2 / 5)
    assert person.overlap == pytest.approx(4 / 5)
    assert confusion(article) == Counter(
        {("PERSON", "PERSON"): 2, ("ORG", "PERSON"): 1, ("DATE", None): 1, (None, "ORG"): 1}
    )


def _groups(*groups: str) -> links.Groups:
    return [frozenset(group) for group in groups]


# Bagga and Baldwin 1998, the key and both responses; MUC and B-cubed as printed there.
KEY = _groups("12345", "67", "89ABC")
ONE = _groups("12345", "6789ABC")
OTHER = _groups("1234589ABC", "67")


def test_the_example_of_bagga_and_baldwin() -> None:
    """MUC cannot tell both responses apart, B-cubed can."""
    assert links.muc_recall(ONE, KEY) == pytest.approx(9 / 10)
    assert links.muc_recall(OTHER, KEY) == pytest.approx(9 / 10)
    assert links.muc_recall(KEY, ONE) == links.muc_recall(KEY, OTHER) == 1
    assert links.b_cubed_recall(ONE, KEY) == pytest.approx(0.762, abs=5e-4)
    assert links.b_cubed_recall(OTHER, KEY) == pytest.approx(0.583, abs=5e-4)
    assert links.b_cubed_recall(KEY, ONE) == links.b_cubed_recall(KEY, OTHER) == 1


def test_ceaf_by_hand() -> None:
    """Of ONE: 12345 with itself is worth 1, 89ABC with 6789ABC 2 x 5 / 12; over 2 and 3 groups."""
    found = links.ceaf(KEY, ONE)
    assert found.precision == pytest.approx((1 + 10 / 12) / 2)
    assert found.recall == pytest.approx((1 + 10 / 12) / 3)


def test_the_example_of_moosavi_and_strube() -> None:
    """LEA of the key abc, defg and the response ab, cd, fghi: 0.24 and 0.33, F1 0.28."""
    key, response = _groups("abc", "defg"), _groups("ab", "cd", "fghi")
    recall, precision = links.lea_recall(key, response), links.lea_recall(response, key)
    assert recall == pytest.approx((3 * 1 / 3 + 4 * 1 / 6) / 7)
    assert precision == pytest.approx((2 * 1 + 4 * 1 / 6) / 8)
    assert (round(recall, 2), round(precision, 2)) == (0.24, 0.33)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_groupings_by_their_definitions(pairs: list[tuple[int, int]]) -> None:
    """B-cubed mention by mention, CEAF by scipy's assignment, LEA and MUC by looking at every pair."""
    found = links.link_agreement(
        {i: one for i, (one, _) in enumerate(pairs)}, {i: two for i, (_, two) in enumerate(pairs)}
    )
    key = [{i for i, (one, _) in enumerate(pairs) if one == group} for group in {one for one, _ in pairs}]
    response = [
        {i for i, (_, two) in enumerate(pairs) if two == group} for group in {two for _, two in pairs}
    ]
    of_key = {i: group for group in key for i in group}
    of_response = {i: group for group in response for i in group}
    shares = [len(of_key[i] & of_response[i]) for i in range(len(pairs))]
    assert found.b_cubed.recall == pytest.approx(
        numpy.mean([s / len(of_key[i]) for i, s in enumerate(shares)])
    )
    assert found.b_cubed.precision == pytest.approx(
        numpy.mean([s / len(of_response[i]) for i, s in enumerate(shares)])
    )
    alike = numpy.array([[2 * len(one & two) / (len(one) + len(two)) for two in response] for one in key])
    best = alike[linear_sum_assignment(-alike)].sum()
    assert found.ceaf.recall == pytest.approx(best / len(key))
    assert found.ceaf.precision == pytest.approx(best / len(response))
    if all(len(group) == 1 for group in (*key, *response)):
        assert found.muc is None
    else:
        assert found.muc is not None
        assert found.muc.recall == pytest.approx(_muc(key, response))
        assert found.muc.precision == pytest.approx(_muc(response, key))
    same = links.link_agreement(
        {i: one for i, (one, _) in enumerate(pairs)}, {i: one for i, (one, _) in enumerate(pairs)}
    )
    assert same.b_cubed == same.ceaf == same.lea == (1, 1, 1)


def _muc(key: list[set[int]], response: list[set[int]]) -> float:
    kept = sum(len(group) - sum(bool(group & other) for other in response) for group in key)
    links_in_key = sum(len(group) - 1 for group in key)
    return kept / links_in_key if links_in_key else 0.0
