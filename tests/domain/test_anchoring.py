"""A span is found again in a text that differs, or it is not placed at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.anchoring import Anchoring

WORDS = st.lists(
    st.sampled_from(["Ann", "Lee", "sued", "Acme", "on", "Monday", "“she”", "said.", "👩‍🚀"]), min_size=1
)
GAPS = ["\n", "\r\n", "  ", "\u00a0", "\t", " "]


@given(WORDS, st.lists(st.sampled_from(GAPS), min_size=1), st.data())
def test_other_spacing_moves_every_span_exactly(
    words: list[str], gaps: list[str], data: st.DataObject
) -> None:
    source = " ".join(words)
    target = "".join(word + gaps[at % len(gaps)] for at, word in enumerate(words))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = sum(len(word) + 1 for word in words[:first])
    end = sum(len(word) + 1 for word in words[: last + 1]) - 1
    found = Anchoring(source, target).place(start, end)
    assert found is not None
    assert target[slice(*found)].split() == source[start:end].split()


def test_a_quote_is_told_by_what_stands_around_it() -> None:
    source = "Old head. Ann Lee sued Acme in March. Later Ann Lee won against Acme."
    target = "A new head, longer. Ann Lee sued Acme in May. Later Ann Lee won against Acme, all said."
    anchoring = Anchoring(source, target)
    at = source.index("Lee won")
    place = anchoring.place(at, at + 3)
    assert place == (target.index("Lee won"), target.index("Lee won") + 3)
    march = source.index("March")
    assert anchoring.place(march, march + 5) is None


def test_what_nobody_could_tell_apart_is_not_placed() -> None:
    assert Anchoring("Ann", "Ann, Ann").place(0, 3) is None
