"""Words to calendar values: the rules of the language, and what holds for any words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.dates import resolve
from annotator.domain.dates.values import clear_and_bright, easter, is_value, nth_weekday, week_value

THURSDAY = date(2021, 6, 17)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2019-02-28", "2019-02-28"),
        ("28 February 2019", "2019-02-28"),
        ("Feb. 28, 2019", "2019-02-28"),
        ("Thursday, 17 June 2021", "2021-06-17"),
        ("the 3rd of May 2020", "2020-05-03"),
        ("04Mar20", "2020-03-04"),
        ("30.01.2020", "2020-01-30"),
        ("03/25/2020", "2020-03-25"),
        ("25/03/20", "2020-03-25"),
        ("March 2015", "2015-03"),
        ("March, 2015", "2015-03"),
        ("1987", "1987"),
        ("'97", "1997"),
        ("the 1990s", "199X"),
        ("the second quarter of 2017", "2017-Q2"),
        ("Q3", "2021-Q3"),
        ("the first half of 2016", "2016-H1"),
        ("fiscal 2019", "FY2019"),
        ("the financial year 2016–17", "FY2016-17"),
        ("the summer of 1996", "1996-SU"),
        ("2007–2011", "2007/2011"),
        ("20–24 June 2020", "2020-06-20/2020-06-24"),
        ("today", "2021-06-17"),
        ("last night", "2021-06-16"),
        ("this week", "2021-W24"),
        ("last month", "2021-05"),
        ("last year", "2020"),
        ("two years ago", "2019"),
        ("eight days ago", "2021-06-09"),
        ("three weeks ago", "2021-W21"),
        ("Thursday", "2021-06-17"),
        ("Friday", "2021-06-11"),
        ("last Thursday", "2021-06-10"),
        ("next Monday", "2021-06-21"),
        ("Thursday week", "2021-06-24"),
        ("last October", "2020-10"),
        ("September", "2020-09"),
        ("last autumn", "2020-FA"),
        ("last weekend", "2021-W23-WE"),
        ("3 September last year", "2020-09-03"),
        ("Christmas 2015", "2015-12-25"),
        ("Good Friday", "2021-04-02"),
        ("the day after Christmas", "2020-12-26"),
        ("66-year-old", None),
        ("recently", None),
    ],
)
def test_words_name_a_value(words: str, value: str | None) -> None:
    moment = resolve(words, THURSDAY)
    assert (moment and moment.value) == value


@pytest.mark.parametrize(
    ("before", "after", "value"),
    [
        ("The council will meet on ", "", "2021-06-21"),
        ("The council met on ", "", "2021-06-14"),
        ("She said on ", " that it will end", "2021-06-14"),
        ("On ", ", the court will rule", "2021-06-21"),
        ("He is due in court on ", ".", "2021-06-21"),
        ("It ended. On ", " he went home", "2021-06-14"),
        ("The case will be mentioned again on ", ".", "2021-06-21"),
        ("Remanded on continuing bail to ", ".", "2021-06-21"),
        ("A storm is likely from tomorrow to ", ".", "2021-06-21"),
        ("The album is out on ", ".", "2021-06-21"),
        ("He said people were told to boil water until ", ".", "2021-06-21"),
        ("She worked there until ", ", she says.", "2021-06-14"),
        ("It will meet in closed session on ", ".", "2021-06-21"),
        ("He saw the driver open a valve on ", ".", "2021-06-14"),
        ("The schools open on ", ".", "2021-06-21"),
        ("DIARY\n", ": public holiday", "2021-06-21"),
        ("Choir practice, ", " 7.30pm in the hall.", "2021-06-21"),
    ],
)
def test_the_sentence_says_whether_a_weekday_is_past(before: str, after: str, value: str) -> None:
    moment = resolve("Monday", THURSDAY, before=before, after=after)
    assert moment is not None
    assert moment.value == value


@pytest.mark.parametrize(
    ("words", "before", "value"),
    [
        ("spring", "The trial was moved to ", "2022-SP"),
        ("spring", "The trial began in ", "2021-SP"),
        ("2016", "charges in fiscal years 2015 and ", "FY2016"),
        ("2016", "charges in 2015 and ", "2016"),
        ("2018-19", "grants for ", "FY2018-19"),
        ("2011-15", "between ", "2011/2015"),
        ("Qingming Festival", "They met on ", "2021-04-04"),
        ("Anzac eve", "They met on ", "2021-04-24"),
    ],
)
def test_what_stands_before_settles_the_value(words: str, before: str, value: str) -> None:
    moment = resolve(words, THURSDAY, before=before)
    assert moment is not None
    assert moment.value == value


def test_a_near_day_without_a_year_is_the_near_one() -> None:
    moment = resolve("Nov. 23", date(2017, 11, 14))
    assert moment is not None
    assert moment.value == "2017-11-23"


@pytest.mark.parametrize(
    ("words", "mod", "value"),
    [
        ("early last year", "START", "2020"),
        ("mid-October", "MID", "2020-10"),
        ("late May 2019", "END", "2019-05"),
    ],
)
def test_which_part_is_meant_is_kept_apart(words: str, mod: str, value: str) -> None:
    assert resolve(words, THURSDAY) == (value, mod)


@pytest.mark.parametrize("words", ["Monday", "last year", "September", "yesterday", "Easter"])
def test_without_an_article_date_what_leans_on_it_has_no_value(words: str) -> None:
    assert resolve(words, None) is None


def test_a_following_day_leans_on_the_date_before_it() -> None:
    moment = resolve("the following Monday", THURSDAY, previous="2019-05-01")
    assert moment is not None
    assert moment.value == "2019-05-06"
    assert resolve("the following Monday", THURSDAY, previous="2019-05") is None


def test_an_article_without_a_date_takes_the_year_that_it_named() -> None:
    moment = resolve("4 October", None, previous="2021-10-01")
    assert moment is not None
    assert moment.value == "2021-10-04"


@given(
    words=st.text(alphabet="0123456789 -/.'’–thrdnsMayJuneFebweekmonthyearlastnextQH", max_size=24),
    anchor=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_whatever_is_found_is_a_calendar_value(words: str, anchor: date | None) -> None:
    moment = resolve(words, anchor)
    assert moment is None or is_value(moment.value)


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)))
def test_a_week_is_a_value(day: date) -> None:
    assert is_value(week_value(day))
    assert is_value(week_value(day, weekend=True))


@pytest.mark.parametrize(
    "value",
    [
        "2019",
        "2019-02",
        "2016-02-29",
        "2020-W53",
        "2019-Q4",
        "2019-H2",
        "2019-SP",
        "198X",
        "FY2016-17",
        "2014/2016",
    ],
)
def test_each_form_is_a_value(value: str) -> None:
    assert is_value(value)


@pytest.mark.parametrize(
    "value", ["", "19", "2019-13", "2019-02-29", "2021-W53", "2019-Q5", "2019-02-1", "1/2/3", "198X-01"]
)
def test_other_text_is_not_a_value(value: str) -> None:
    assert not is_value(value)


def test_movable_days() -> None:
    assert [easter(year) for year in (2000, 2019, 2024)] == [
        date(2000, 4, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
    ]
    assert [clear_and_bright(year) for year in (1995, 2012, 2017, 2019)] == [5, 4, 4, 5]
    assert nth_weekday(2019, 11, 3, 4) == date(2019, 11, 28)
    assert nth_weekday(2019, 5, 0, -1) == date(2019, 5, 27)
    assert nth_weekday(2019, 12, 1, -1) == date(2019, 12, 31)
