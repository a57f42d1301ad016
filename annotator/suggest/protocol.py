"""What a suggester is, for ours and for anyone's plug-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from annotator.domain.suggestion import Suggestion


class Suggester(Protocol):
    """Finds spans in one article. Made in a worker process, used there by one thread."""

    name: str
    version: str

    def suggest(self, text: str, date: str | None) -> list[Suggestion]:
        """Spans of `text` in reading order; offsets are code points of it.

        `date` is the day of publication (`2018-03-19`) where it is known. No two share start,
        end and label.
        """
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggester that can be chosen by name; called, it is made (seconds, memory).

    `version` changes whenever its suggestions may, so that articles are looked at again.
    """

    name: str
    version: str
    make: Callable[[], Suggester]

    def __call__(self) -> Suggester:
        return self.make()
