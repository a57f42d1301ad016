"""Which entities a person is asked about."""

from __future__ import annotations

import pytest

from annotator.link.pairs import Named, pairs


@pytest.mark.parametrize(
    ("one", "other", "label", "asked"),
    [
        ("Alan R. Pruitt", "Alan Pruitt", "PERSON", True),
        ("Bill Holm", "William Holm", "PERSON", True),
        ("Holm", "Siv Holm", "PERSON", True),
        ("Siv Holm", "Ivar Holm", "PERSON", False),
        ("Jo Vance Jr.", "Jo Vance Sr.", "PERSON", False),
        ("FPA", "Financial Practices Authority", "ORG", True),
        ("Gannet", "Gannet Research", "ORG", True),
        ("Gannet Research", "Market Research", "ORG", False),
    ],
)
def test_pairs(one: str, other: str, label: str, asked: bool) -> None:
    found = pairs([Named(1, label, (one,), 5), Named(2, label, (other,), 9)], ())
    assert bool(found) is asked
    if found:
        assert (found[0].first, found[0].second) == (2, 1)


def test_answered_pairs_and_other_labels_are_left_out() -> None:
    same = [
        Named(1, "PERSON", ("Jo Vance",), 1),
        Named(2, "PERSON", ("Vance",), 1),
        Named(3, "ORG", ("Vance",), 1),
    ]
    assert len(pairs(same, ())) == 1
    assert pairs(same, {(1, 2)}) == []


def test_aliases_count() -> None:
    found = pairs([Named(1, "ORG", ("Globex", "Acme"), 1), Named(2, "ORG", ("ACME Inc.",), 1)], ())
    assert [(one.first, one.second) for one in found] == [(1, 2)]
