"""DATE: a calendar expression as the guidelines mark it. `[...]` shows what is to be found."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest import dates


def marked(text: str) -> str:
    """The text with what is found in brackets."""
    for start, end in reversed(dates.find(text)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    "sentence",
    [
        "They met on [4 July 2011] and again on [Monday].",
        "The hearing on [Tuesday, March 3, 2020], was short.",
        "Dated [7th May 1988], filed [2004-02-29], stamped [03.11.2009].",
        "It came on [Friday] ([22Jun18]) and left on [Thursday] ([16 Nov]).",
        "[March, 2015] and [April 2016]; [FY2019-20] and [fiscal 2013].",
        "Between [2014] and [2016], then [2007–2011] and [20–24 June].",
        "He was there in [the 1990s], in [the spring of 2012] and [last spring].",
        "It opened [last night], closed [this morning] and reopens [tomorrow].",
        "Back in [early last year], in [late May 2019] and at [the end of 2018].",
        "[Two years ago] she left; [eight days later] she came back.",
        "[Last October] they lost; [the following day] they won, [that week] they drew.",
        "Sales rose in [the third quarter], its [fourth-quarter] results say.",
        "On [Christmas Day] and [New Year’s Eve 1999], from [Easter] until [Labor Day].",
        "On [9\u00a0January 2017] and [1 to 3 August].",
        "She works [next Monday, 23 April], and [Monday last week].",
    ],
)
def test_calendar_expressions(sentence: str) -> None:
    assert marked(re.sub(r"[\[\]]", "", sentence)) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The 66-year-old, aged 70, had waited for three years.",
        "A weekly paper with 2000 workers and 1700 pages costs $1999 or 1,900 euros.",
        "She may march in august company, every Monday, at 8pm.",
        "It lasts 40 minutes; he is 33 and has 12 children.",
        "Room 1204, page 1999.5, about 50 percent, 3/4 of them.",
        "June Ashby and Jan Roth met. May said no. March on, he cried.",
        "The fall of the house came in the heat.",
    ],
)
def test_ages_durations_sums_and_homonyms_are_no_dates(sentence: str) -> None:
    assert marked(sentence) == sentence


@given(st.text(alphabet="0123456789 -./–MayonJulsdtLhe2\n,", max_size=60))
def test_dates_are_trimmed_and_apart(text: str) -> None:
    found = dates.find(text)
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    assert all(before[1] <= after[0] for before, after in pairwise(found))


_SAID = (
    "the The last next this that of in to a Two few half quarter year days week month ago later before same previous "
    "very end early Late mid financial FY FY2019 FY19 Q1 H2 first third 2015 2015-16 1990s '90s ’97 3rd 12 3/4 "
    "4/7/2015 2015-03-04 19Mar18 sixties night morning Today TODAY weekend Christmas Day Eve spring Fall , . - % \n "
    "May MAY Sept. Tues Friday FRIDAY"
).split(" ")


@given(st.lists(st.tuples(st.sampled_from(_SAID), st.sampled_from(["", " ", " ", "-", ", "])), max_size=40))
def test_no_place_is_missed_by_trying_patterns_only_where_a_word_of_theirs_stands(
    parts: list[tuple[str, str]],
) -> None:
    text = "".join(map("".join, parts))
    assert dates._possible(text) == {
        match.span() for kind in dates._grammar().kinds for match in kind.finditer(text)
    }
