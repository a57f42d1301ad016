"""How an allegation begins, who is accused in it, of what kind of wrong, and how groups come together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.link.alike import Said, chances, seen
from annotator.link.conducts import kinds
from annotator.link.merging import Merging
from annotator.link.openings import Kind, opening
from tests.link.saying import roles


@pytest.mark.parametrize(
    ("words", "kind", "slot"),
    [
        ("accused the mayor of theft", Kind.SAID, "the mayor"),
        ("alleges that he took bribes", Kind.SAID, "he took"),
        ("told the court that Lund lied", Kind.SAID, "Lund lied"),
        ("alleged in May that Lund lied", Kind.SAID, "Lund lied"),
        ("looking into whether files were burned", Kind.SAID, "files were"),
        ("appears to show that the coach paid", Kind.SAID, "the coach"),
        ("charged with two counts of fraud", Kind.DONE, ""),
        ("said to have paid", Kind.DONE, ""),
        ("allegedly copying files", Kind.DONE, ""),
        ("bribery charge", Kind.NOUN, ""),
        ("allegations of theft", Kind.NOUN, ""),
        ("alleged kingpin of the racket", Kind.NOUN, ""),
        ("suspicion of fraud", Kind.NOUN, ""),
    ],
)
def test_how_an_allegation_begins(words: str, kind: Kind, slot: str) -> None:
    text = f"The paper {words}."
    found = opening(text, 10, 10 + len(words))
    assert found.kind is kind
    assert text[found.slot :].startswith(slot)


def test_a_wrong_alone_has_its_subject_before_it_or_in_it() -> None:
    assert opening("They said Lund paid a judge.", 15, 27).kind is Kind.DONE
    assert opening("He wrote, and the invoices were backdated.", 14, 41).kind is Kind.CLAUSE


@given(st.text(max_size=40))
def test_any_words_begin_in_some_way(words: str) -> None:
    found = opening(words, 0, len(words))
    assert 0 <= found.slot <= len(words)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("[PERSON Bo Lund] is [ALLEGATION accused of theft] by [PERSON Ada Moe].", "Bo Lund"),
        ("[PERSON Ada Moe] [ALLEGATION says that Mayor Bo Lund took bribes], as [PERSON Bo Lund] denies.", "Bo Lund"),
        ("Mayor [PERSON Bo Lund] met [PERSON Ada Moe]. She [ALLEGATION said the mayor took bribes].", "Bo Lund"),
        ("[PERSON Bo Lund] left. He [ALLEGATION paid a judge], [PERSON Ada Moe] said.", "Bo Lund"),
        ("[PERSON Ada Moe] spoke. [PERSON Bo Lund] denied the [ALLEGATION bribery charge].", "Bo Lund"),
        ("[PERSON Ada Moe] met [PERSON Bo Lund], who is [ALLEGATION said to have lied], and [PERSON Cy Day].", "Bo Lund"),
        ("[PERSON Bo Lund], 54, the head of [ORG Akasa Water], is [ALLEGATION charged with theft].", "Bo Lund"),
    ],
)  # fmt: skip
def test_who_is_accused(text: str, accused: str) -> None:
    assert [name for _, role, name in roles(text) if role == "accused"] == [accused]


def test_who_is_blamed_in_other_articles_is_likelier_here() -> None:
    plain = "[PERSON Ada Moe] met [PERSON Bo Lund]. A judge heard of the [ALLEGATION theft claim]."
    clear = "[PERSON Ada Moe] is [ALLEGATION accused of theft]."

    def blamed(*texts: str) -> list[str]:
        return [name for words, role, name in roles(*texts) if role == "accused" and words == "theft claim"]

    assert blamed(plain, clear, clear) == ["Ada Moe"]
    assert blamed(plain) != ["Ada Moe"]


def test_who_accuses_is_hardly_accused_beside() -> None:
    text = (
        "[PERSON Ada Moe] [ALLEGATION says that Bo Lund stole]. [PERSON Bo Lund] left. [PERSON Ada Moe] "
        "[ALLEGATION says that he lied]. A judge heard of the [ALLEGATION theft claim]."
    )
    assert [name for _, role, name in roles(text) if role == "accused"] == ["Bo Lund"] * 3


@pytest.mark.parametrize(
    ("text", "accuser"),
    [
        ("[PERSON Ada Moe], a nurse at [ORG Akasa], [ALLEGATION says Bo Lund stole], and left.", ["Ada Moe"]),
        ("[PERSON Bo Lund] met [PERSON Ada Moe]. His lawyer, [PERSON Cy Day], [ALLEGATION accused her of theft].", ["Cy Day"]),
        ("[PERSON Ada Moe] went. She [ALLEGATION claims the mayor stole].", ["Ada Moe"]),
        ("After a talk with [PERSON Ada Moe], [ALLEGATION alleging theft], he left.", []),
    ],
)  # fmt: skip
def test_who_accuses(text: str, accuser: list[str]) -> None:
    assert [name for _, role, name in roles(text) if role == "accuser"] == accuser


def test_the_kinds_of_wrong_in_words() -> None:
    assert kinds("took a bribe")["bribery"] == kinds("kickbacks")["bribery"] == 1.0
    assert 0 < kinds("took the money")["theft"] < kinds("stole the money")["theft"]
    assert kinds("went for a walk") == {}


def _chance(*claims: tuple[int, str]) -> float:
    """How likely the first two mean one conduct; each (article, word of the allegation) accuses the same one."""
    key = ("PERSON", 0)
    said = [Said(article, {word: 1.0}, {}, {key: 1.0}, {key: frozenset()}) for article, word in claims]
    return chances(seen(said))[0, 1]


def test_words_that_begin_alike_are_of_one_conduct() -> None:
    others = [(3, "lied"), (4, "bribe")]
    assert _chance((1, "shred"), (2, "shredd"), *others) > _chance((1, "shred"), (2, "steal"), *others)


def test_the_only_allegation_of_an_article_is_likelier_the_one_meant() -> None:
    assert _chance((1, "shred"), (2, "burn"), (3, "lied")) > _chance((1, "shred"), (2, "burn"), (2, "lied"))


def test_groups_merge_while_they_are_alike_on_average() -> None:
    chances = {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1, (2, 3): 0.1}
    merging = Merging([None] * 5, chances, 0.3)
    merging.run()
    assert merging.together() == [[0, 1, 2], [3], [4]]
    assert merging.surest(0) == 0.9
    assert merging.surest(2) == pytest.approx(0.35)


@given(
    st.lists(st.sampled_from([None, None, 1, 2]), min_size=2, max_size=8),
    st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(0, 1), max_size=20),
)
def test_what_is_decided_stays_together_and_apart(
    known: list[int | None], drawn: dict[tuple[int, int], float]
) -> None:
    chances = {(one, other): chance for (one, other), chance in drawn.items() if one < other < len(known)}
    merging = Merging(known, chances, 0.2)
    merging.run()
    groups = merging.together()
    assert sorted(index for group in groups for index in group) == list(range(len(known)))
    for group in groups:
        assert len({known[index] for index in group} - {None}) <= 1
    for entity in {1, 2} & set(known):
        assert sum(any(known[index] == entity for index in group) for group in groups) == 1
