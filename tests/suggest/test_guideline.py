"""PERSON and ORG put right by the guidelines, from names as a model might find them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.suggestion import Suggestion
from annotator.suggest.guideline import Found, across, tidy


def found(text: str, **names: list[str]) -> list[Found]:
    """What a model found: the last place of each name."""
    return [
        Found(text.rindex(name), text.rindex(name) + len(name), label)
        for label, those in names.items()
        for name in those
    ]


def named(text: str, label: str, **names: list[str]) -> list[str]:
    return [text[one.start : one.end] for one in tidy(text, found(text, **names)) if one.label == label]


@pytest.mark.parametrize(
    ("text", "seen", "person"),
    [
        ("They praised Governor Anna Kroll’s plan.", "Governor Anna Kroll’s", ["Anna Kroll"]),
        ("It was Dr. Oda Brekke\nwho left.", "Dr. Oda Brekke\nwho", ["Oda Brekke"]),
        ("Then Cyrus R. Vale Jr. spoke.", "Cyrus R. Vale Jr.", ["Cyrus R. Vale Jr."]),
        ("The guild elected J.D. Orsk III.", "J.D. Orsk", ["J.D. Orsk III"]),
        ("Pia Holm and Jan Roth met.", "Pia Holm and Jan Roth", ["Pia Holm", "Jan Roth"]),
        ("They asked Kai van der Velde twice.", "Kai van der Velde", ["Kai van der Velde"]),
        ("Counsel, Con Mavros SC, rose.", "Con Mavros SC", ["Con Mavros"]),
        ("Signed, the Chief Executive.", "Chief Executive", []),
    ],
)
def test_a_persons_name_stands_without_title_possessive_and_line_end(
    text: str, seen: str, person: list[str]
) -> None:
    assert named(text, "PERSON", PERSON=[seen]) == person


def test_the_full_name_tells_the_surname_elsewhere() -> None:
    text = "Lena Okafor resigned.\n\nOkafor said no more. OKAFOR OUT. The Okafor-led group and Lena stayed."
    assert named(text, "PERSON", PERSON=["Lena Okafor"]) == ["Lena Okafor", "Okafor", "OKAFOR", "Lena"]


def test_a_surname_labelled_as_an_organisation_is_a_persons() -> None:
    text = "Sven Maurer left. Maurer went home."
    assert named(text, "PERSON", PERSON=["Sven Maurer"], ORG=["Maurer"]) == ["Sven Maurer", "Maurer"]


def test_a_bare_name_is_the_firms_where_people_have_titles() -> None:
    text = "Helvig Marine sank. Ms Helvig wept. Helvig said its ships were safe."
    assert named(text, "ORG", ORG=["Helvig Marine"]) == ["Helvig Marine", "Helvig"]
    assert named(text, "PERSON", ORG=["Helvig Marine"]) == ["Helvig"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("By Rosa Lindt and Tom Quill\n\nIt rained.", ["Rosa Lindt", "Tom Quill"]),
        ("(Reporting by Ada Wong; Editing by Ole Ness)", ["Ada Wong", "Ole Ness"]),
        ("A baker, Zed Marlowe, 41, of Hull, was fined.", ["Zed Marlowe"]),
        ("His lawyer, Ute Brandt, and prosecutor Finn Aalto spoke.", ["Ute Brandt", "Finn Aalto"]),
        ("They call Boris “Bo” Hale Jr. a friend.", ["Boris “Bo” Hale Jr."]),
        ("A fixer known as Slim ran it. Slim fled.", ["Slim", "Slim"]),
        ("It was Mr\u00a0Wen Jiabao (温家宝) again.", ["Wen Jiabao", "温家宝"]),
    ],
)
def test_surroundings_give_a_person_away(text: str, people: list[str]) -> None:
    assert named(text, "PERSON") == people


@pytest.mark.parametrize(
    ("text", "seen", "organisation"),
    [
        ("It sued the Harbour Board’s chairman.", "the Harbour Board’s", "Harbour Board"),
        ("They read The Evening Lantern daily.", "The Evening Lantern", "The Evening Lantern"),
        ("The Coast Guard came.", "The Coast Guard", "Coast Guard"),
        ("It ran in Lantern magazine.", "Lantern magazine", "Lantern"),
        ("Shares in Kestrel Corp. fell.", "Kestrel Corp.", "Kestrel Corp."),
        ("Then the Orsk district attorney’s office rang.", "Orsk", "Orsk district attorney’s office"),
    ],
)
def test_an_organisation_stands_without_article_and_possessive(
    text: str, seen: str, organisation: str
) -> None:
    assert named(text, "ORG", ORG=[seen]) == [organisation]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("the Bureau of Fair Weights said", ["Bureau of Fair Weights"]),
        ("at Nordvik University on Monday", ["Nordvik University"]),
        ("OSLO, May 4 (Fjordwire) - It rained.", ["Fjordwire"]),
        ("the Office for Quiet Rivers (OQR) said. OQR left.", ["Office for Quiet Rivers", "OQR", "OQR"]),
        ("the U.S. Department of Tides and Winds", ["U.S. Department of Tides and Winds"]),
        ("Lyra Stone of Amber Vale LLP said", ["Amber Vale LLP"]),
        ("Orsk District Court and Vale Superior Court sat", ["Orsk District Court", "Vale Superior Court"]),
        ("the FBI's Orsk Field Office", ["FBI", "Orsk Field Office"]),
        ("the Securities and Exchange Commission", ["Securities and Exchange Commission"]),
    ],
)
def test_words_and_surroundings_give_an_organisation_away(text: str, organisations: list[str]) -> None:
    assert named(text, "ORG") == organisations


def test_a_force_is_named_where_its_place_pins_it_down() -> None:
    text = "New York police arrested him; the police said Selby county council knew."
    assert named(text, "ORG", TOWN=["New York", "Selby"]) == ["New York police", "Selby county council"]


def test_offices_and_common_capitals_are_no_organisations() -> None:
    text = "The CEO told Chief Justice Wu about the US."
    assert named(text, "ORG", ORG=["CEO", "Chief Justice", "US"]) == []


def test_no_date_inside_an_organisation() -> None:
    text = "The Sunday Lantern Times wrote it on Sunday."
    assert named(text, "DATE", ORG=["Sunday Lantern Times"]) == ["Sunday"]


def test_a_name_from_one_piece_is_marked_in_the_others() -> None:
    text = "Lena Okafor left.\n\nLater, Okafor returned on Monday."
    first = [
        Suggestion(0, 11, "PERSON"),
        Suggestion(46, 52, "DATE"),
        Suggestion(19, 24, "ALLEGATION", None, "x"),
    ]
    assert [(one.start, one.end, one.label) for one in across(text, first)] == [
        (0, 11, "PERSON"),
        (19, 24, "ALLEGATION"),
        (26, 32, "PERSON"),
        (46, 52, "DATE"),
    ]


WORDS = [
    "Mr.",
    "Ada",
    "Lovelace",
    "the",
    "The",
    "Bank",
    "of",
    "Oslo",
    "police",
    "’s",
    "said",
    "(",
    "OBO",
    ")",
]
WORDS += [
    "\n",
    "\n\n",
    ",",
    "41",
    ".",
    "Monday",
    "de",
    "LLP",
    "“",
    "”",
    "-",
    "\u00a0",
    "É",
    "x",
    "🦦",
    "By",
    "and",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.data())
def test_suggestions_slice_inside_the_text_and_are_clean(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    label = st.sampled_from(["PERSON", "ORG", "DATE", "TOWN", ""])
    seen = data.draw(st.lists(st.builds(lambda where, what: Found(*where, what), place, label), max_size=8))
    suggestions = tidy(text, seen)
    for one in suggestions:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert "\n" not in text[one.start : one.end]
    places = [one[:3] for one in suggestions]
    assert len(places) == len(set(places))
    assert places == sorted(places)
