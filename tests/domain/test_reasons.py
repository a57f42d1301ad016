"""Why something is proposed, kept as a code with parameters."""

from __future__ import annotations

import pytest

from annotator.domain.changes import Message
from annotator.domain.reasons import reason, written


def test_what_is_written_is_read() -> None:
    why = Message("reason.repeated", {"name": "Łukasz “Ł” Brenn"})
    assert reason(written(why)) == why


@pytest.mark.parametrize(
    "words", ["alleged", "", "0.5", "null", "[1]", '["a", "b", "c"]', '["ab", "cd"]', '"ab"']
)
def test_words_stay_words(words: str) -> None:
    assert reason(words) == Message("reason.words", {"why": words})
