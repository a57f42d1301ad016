"""What a decision is chosen from, and by which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.models import Span
from annotator.store import Store

T = TypeVar("T")

NOTHING = ChangeSet(Message("span.noted", {"text": ""}), ())


class Choice(NamedTuple):
    """Which kind of edit, and three numbers that say where and what; any numbers are a choice."""

    kind: int
    a: int
    b: int
    c: int


class Situation(NamedTuple):
    """A reviewer's article and what was chosen to be done in it."""

    project: Store
    article: Article
    author: Author
    choice: Choice

    def spans(self) -> list[Span]:
        return sorted(self.article.spans.values())

    def span(self) -> Span:
        return pick(self.spans(), self.choice.a)

    def several(self) -> list[int]:
        spans = sorted(self.article.spans)
        start = self.choice.a % len(spans)
        return spans[start : start + 1 + self.choice.b % 5]

    def label(self) -> int:
        return pick(sorted(self.article.labels), self.choice.c)

    def stretch(self) -> tuple[int, int]:
        """Some place of the text, often at a span."""
        size = len(self.article.text)
        spans = self.spans()
        start = pick(spans, self.choice.a).start if spans and self.choice.c % 3 else self.choice.a % size
        return start, min(size, start + 1 + self.choice.b % 12)


def pick(values: Sequence[T], index: int) -> T:
    """One of the values, whatever the number."""
    return values[index % len(values)]
