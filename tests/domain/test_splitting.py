"""A split keeps together what belongs together, and comes near its shares."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.splitting import PARTS, Tie, split

NAMES = [f"a{number}" for number in range(60)]
ties = st.lists(
    st.builds(Tie, st.lists(st.sampled_from(NAMES), min_size=2, max_size=5).map(tuple), st.booleans()),
    max_size=20,
)


@given(ties, st.randoms())
def test_firm_ties_are_never_parted(tied: list[Tie], chance: random.Random) -> None:
    found = split(NAMES, tied)
    assert set(found.part) == set(NAMES)
    for tie in tied:
        if tie.firm:
            assert len({found.part[name] for name in tie.documents}) == 1
    parted = [tie for tie in tied if len({found.part[name] for name in tie.documents}) > 1]
    assert found.parted == len(parted)
    shuffled = NAMES[:]
    chance.shuffle(shuffled)
    assert split(shuffled, tied[::-1]).part == found.part


def test_shares_are_met_and_stories_stay_whole() -> None:
    stories = [Tie(tuple(NAMES[at : at + 3]), firm=False) for at in range(0, 60, 3)]
    found = split(NAMES, stories)
    assert found.parted == 0
    counts = found.counts()
    assert [counts[part] for part in PARTS] == [48, 6, 6]


def test_a_name_that_is_everywhere_does_not_pull_all_into_one_part() -> None:
    everywhere = Tie(tuple(NAMES), firm=False)
    found = split(NAMES, [everywhere])
    assert found.parted == 1
    assert min(found.counts().values()) > 0
