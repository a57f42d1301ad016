"""What a person's decisions say about the same words elsewhere: votes by article, and what follows.

A word of a person for a string is for a label (accepted, added, relabelled or refitted to it) or
against one (rejected, relabelled or refitted away from it). The score of a label is the share of
the votes for it by Laplace's rule, (right + 1) / (right + wrong + 2): how likely the next decision
about these words goes the same way. From SURE on it is suggested elsewhere, up to 1 - SURE taken
away there; between the two the other suggesters have the word. Words about which nobody said anything
have the verdict about the full name that they are short for, where all such names have one label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.names import short_form
from annotator.domain.reasons import written

MEMORY: Final = "memory"
"""The suggester that learns from decisions. Its proposals with a score of 0 are objections: what
others propose there makes no span."""
SURE: Final = 2 / 3
"""One decision and none against it."""
_STEPS: Final = (1, 2, 3, 5, 10, 20, 50, 100)
"""Counts are rounded down to these: what was decided a hundred times is not told anew each time."""


class Decision(NamedTuple):
    """What a person said of a string in one place: it is (`right`) or is not of this label."""

    text: str
    label: int
    right: bool
    by: str | None
    at: str | None


def said(
    text: str, label: int, right: int, by: str | None, at: str | None, was_label: int | None, was: str | None
) -> Iterator[Decision]:
    """What a decided span says: what it is or is not, and where it was changed what it is not as well.

    Words that only became part of a longer span are not refused: alone they may be right elsewhere.
    """
    yield Decision(text, label, bool(right), by, at)
    grew = was is not None and was != text and was in text
    if right and was is not None and was_label is not None and (was, was_label) != (text, label) and not grew:
        yield Decision(was, was_label, right=False, by=by, at=at)


class Judgement(NamedTuple):
    """A label for or against a string, with its score and the reason that is shown."""

    label: int
    score: float
    why: str


class Verdict(NamedTuple):
    """What follows for a string: the label that it has elsewhere, and those that it has not."""

    right: Judgement | None
    wrong: tuple[Judgement, ...]


NOTHING: Final = Verdict(None, ())


class _Votes(NamedTuple):
    """What the decisions of one article say about one string."""

    right: Counter[int]
    wrong: Counter[int]
    last: tuple[str, str]  # when and by whom


class Verdicts:
    """The votes of a project, and the verdicts by string; kept true article by article."""

    def __init__(self, labels: Mapping[int, str]) -> None:
        """`labels` are the names that reasons use."""
        self._labels = labels
        self._votes: dict[str, dict[int, _Votes]] = {}
        self._strings: dict[int, set[str]] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._short: dict[str, str] = {}
        self._full: dict[str, set[str]] = {}

    def __getitem__(self, string: str) -> Verdict:
        """The verdict about a string, white space made one blank."""
        return self._verdicts.get(string, NOTHING)

    def items(self) -> Iterable[tuple[str, Verdict]]:
        """Every string about which there is one."""
        return self._verdicts.items()

    def put(self, document: int, decisions: Iterable[Decision]) -> set[str]:
        """All decisions of an article, in place of what was known of it; strings whose verdict changed."""
        votes: dict[str, _Votes] = {}
        for one in decisions:
            string = " ".join(one.text.split())
            found = votes.get(string) or _Votes(Counter(), Counter(), ("", ""))
            (found.right if one.right else found.wrong)[one.label] += 1
            votes[string] = found._replace(last=max(found.last, (one.at or "", one.by or "")))
        before = self._strings.pop(document, set())
        for string in before - votes.keys():
            del self._votes[string][document]
        for string, found in votes.items():
            self._votes.setdefault(string, {})[document] = found
        if votes:
            self._strings[document] = set(votes)
        changed = {string for string in before | votes.keys() if self._judge(string)}
        return changed.union(*(self._shortened(string) for string in changed))

    def strings_of(self, document: int) -> set[str]:
        """The strings that were decided about in an article, and what is short for one of them."""
        strings = self._strings.get(document, set())
        return strings | {self._short[string] for string in strings if string in self._short}

    def _shortened(self, full: str) -> set[str]:
        """Keep what is short for a string whose verdict changed; what has another verdict for it now."""
        right = self[full].right
        old = self._short.pop(full, None)
        new = short_form(full, self._labels[right.label]) if right is not None else None
        if old is not None:
            self._full[old].discard(full)
        if new is not None:
            self._short[full] = new
            self._full.setdefault(new, set()).add(full)
        return {short for short in (old, new) if short is not None and self._judge(short)}

    def _judge(self, string: str) -> bool:
        """Whether the verdict is another one now."""
        votes = self._votes.get(string)
        new = self._verdict(votes.values()) if votes else self._as_in_full(string)
        old = self._verdicts.pop(string, NOTHING)
        if new != NOTHING:
            self._verdicts[string] = new
        if not votes:
            self._votes.pop(string, None)
        return new != old

    def _as_in_full(self, short: str) -> Verdict:
        rights = [(full, self[full].right) for full in sorted(self._full.get(short, ()))]
        sure = max(((one.score, full, one.label) for full, one in rights if one is not None), default=None)
        if sure is None or any(one is None or one.label != sure[2] for _, one in rights):
            return NOTHING
        score, full, label = sure
        why = Message("reason.short", {"name": full, "label": self._labels[label]})
        return Verdict(Judgement(label, score, written(why)), ())

    def _verdict(self, votes: Iterable[_Votes]) -> Verdict:
        right, wrong = Counter[int](), Counter[int]()
        accepted, refused = Counter[int](), Counter[int]()
        for one in votes:
            right.update(one.right)
            wrong.update(one.wrong)
            accepted.update(one.right.keys())
            refused.update(one.wrong.keys())
        _, last = max(one.last for one in votes)
        best: Judgement | None = None
        against = []
        for label in sorted(right.keys() | wrong.keys()):
            yes = _rounded(right[label])
            no = _rounded(wrong[label] + right.total() - right[label])
            score = (yes + 1) / (yes + no + 2)
            if score >= SURE:
                best = Judgement(label, score, self._why("accepted", label, accepted[label], last))
            elif wrong[label] and score <= 1 - SURE:
                against.append(Judgement(label, score, self._why("refused", label, refused[label], last)))
        return Verdict(best, tuple(against))

    def _why(self, what: str, label: int, articles: int, last: str) -> str:
        count = _rounded(articles)
        said = {"label": self._labels[label], "count": count if count == articles else f"{count}+"}
        if last:
            return written(Message(f"reason.{what}_by", {**said, "last": last}))
        return written(Message(f"reason.{what}", said))


def _rounded(count: int) -> int:
    return max((step for step in _STEPS if step <= count), default=0)
