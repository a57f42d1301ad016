"""The spans of imported records as rows. Most have a place, a state and an origin and nothing else:
naming only the columns that have a value takes half the time of naming all of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final

from annotator.domain.models import ACCEPTED, IMPORT, REJECTED, SUGGESTED
from annotator.domain.record import SPAN_FIELDS, RecordSpan

AS_IS: Final = "as_is"
GOLD: Final = "gold"
SUGGESTIONS: Final = "suggestions"
MODES: Final = (AS_IS, GOLD, SUGGESTIONS)

Place = tuple[int, int, int]
"""Start, end and the label's id."""

_EVERY = ("document", "start", '"end"', "label", "state", "origin", "text", "run")
_PLAIN = frozenset({"start", "end", "label", "text", "state", "origin"})
_SAME_NAME = ("score", "note", "mod", '"by"', "at")


class SpanWriter:
    """Writes spans of one import. `label` gives the id of a label's name."""

    def __init__(
        self, connection: sqlite3.Connection, run: int, mode: str, origin: str, label: Callable[[str], int]
    ) -> None:
        self._db = connection
        self._run = run
        self._mode = mode
        self._origin = origin
        self._label = label

    def write(self, document: int, text: str, spans: Iterable[tuple[Place, RecordSpan]]) -> Counter[str]:
        """Insert spans that the article does not have yet; how many of each state."""
        rows: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        proposals = []
        states: Counter[str] = Counter()
        for (start, end, label), span in spans:
            state = self.state(span)
            origin = self._origin_of(span)
            more = {} if span.keys() <= _PLAIN else self._more(span)
            row = (document, start, end, label, state, origin, text[start:end], self._run, *more.values())
            rows[tuple(more)].append(row)
            states[state] += 1
            if state == SUGGESTED:
                proposals.append((document, start, end, label, origin, span.get("score"), self._run))
        for columns, values in rows.items():
            names = ", ".join((*_EVERY, *columns))
            marks = ", ".join("?" * (len(_EVERY) + len(columns)))
            self._db.executemany(f"INSERT INTO span ({names}) VALUES ({marks})", values)
        # An undecided span exists while it has a proposal: the import is its suggester.
        self._db.executemany(
            'INSERT OR IGNORE INTO proposal (document, start, "end", label, suggester, score, run) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            proposals,
        )
        return states

    def state(self, span: RecordSpan) -> str:
        """What a span comes in as."""
        if self._mode == GOLD:
            return REJECTED if span.get("state") == REJECTED else ACCEPTED
        return SUGGESTED if self._mode == SUGGESTIONS else span.get("state") or SUGGESTED

    def _origin_of(self, span: RecordSpan) -> str:
        return self._origin if self._mode == SUGGESTIONS else span.get("origin") or self._origin

    def _more(self, span: RecordSpan) -> dict[str, Any]:
        """The columns that not every span has, by name."""
        fields: dict[str, Any] = dict(span)
        more = {name: fields.get(name.strip('"')) for name in _SAME_NAME}
        more["name"] = span.get("id")
        more["flag"] = 1 if span.get("flag") else None
        suggested = span.get("suggested")
        if suggested:
            more["suggested_start"] = suggested["start"]
            more["suggested_end"] = suggested["end"]
            more["suggested_label"] = self._label(suggested["label"])
            more["suggested_by"] = suggested.get("by") or IMPORT
        if not span.keys() <= SPAN_FIELDS:
            extra = {name: value for name, value in fields.items() if name not in SPAN_FIELDS}
            more["extra"] = json.dumps(extra, ensure_ascii=False, separators=(",", ":"))
        return {name: value for name, value in more.items() if value is not None}
