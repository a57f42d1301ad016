"""The spans of imported records as rows. Most have a place, a state and an origin and nothing else:
naming only the columns that have a value takes half the time of naming all of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from annotator.domain.models import ACCEPTED, IMPORT, REJECTED, STATES, SUGGESTED
from annotator.domain.record import SPAN_FIELDS, RecordSpan

AS_IS: Final = "as_is"
GOLD: Final = "gold"
SUGGESTIONS: Final = "suggestions"
MODES: Final = (AS_IS, GOLD, SUGGESTIONS)

Place = tuple[int, int, int]
"""Start, end and the label's id."""

_COMES_IN_AS: Final[dict[str, dict[str | None, str]]] = {
    AS_IS: {None: SUGGESTED, SUGGESTED: SUGGESTED, ACCEPTED: ACCEPTED, REJECTED: REJECTED},
    GOLD: {None: ACCEPTED, SUGGESTED: ACCEPTED, ACCEPTED: ACCEPTED, REJECTED: REJECTED},
    SUGGESTIONS: dict.fromkeys((None, *STATES), SUGGESTED),
}

_EVERY = ("document", "start", '"end"', "label", "state", "origin", "text", "run")
_STATE = itemgetter(4)
_PLAIN = frozenset({"start", "end", "label", "text", "state", "origin"})
_SAME_NAME = ("score", "note", "mod", '"by"', "at")


class SpanWriter:
    """Writes spans of one import. `labels` gives the id of any label's name."""

    def __init__(
        self, connection: sqlite3.Connection, run: int, mode: str, origin: str, labels: Mapping[str, int]
    ) -> None:
        self._db = connection
        self._run = run
        self._states = _COMES_IN_AS[mode]
        self._keeps_origin = mode != SUGGESTIONS
        self._origin = origin
        self._labels = labels

    def write(
        self, document: int, text: str, spans: Iterable[RecordSpan], known: Container[Place]
    ) -> Counter[str]:
        """Insert spans at places that the article does not know yet; how many of each state."""
        rows: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        proposals = []
        met: set[Place] = set()
        labels, states, run = self._labels, self._states, self._run
        for span in spans:
            start, end, label = place = span["start"], span["end"], labels[span["label"]]
            if place in met or place in known:
                continue
            met.add(place)
            state = states[span.get("state")]
            origin = (self._keeps_origin and span.get("origin")) or self._origin
            row = (document, start, end, label, state, origin, text[start:end], run)
            if span.keys() <= _PLAIN:
                rows[()].append(row)
            else:
                more = self._more(span)
                rows[tuple(more)].append((*row, *more.values()))
            if state == SUGGESTED:
                proposals.append((document, start, end, label, origin, span.get("score"), run))
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
        return Counter(map(_STATE, chain.from_iterable(rows.values())))

    def state(self, span: RecordSpan) -> str:
        """What a span comes in as."""
        return self._states[span.get("state")]

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
            more["suggested_label"] = self._labels[suggested["label"]]
            more["suggested_by"] = suggested.get("by") or IMPORT
        if not span.keys() <= SPAN_FIELDS:
            extra = {name: value for name, value in fields.items() if name not in SPAN_FIELDS}
            more["extra"] = json.dumps(extra, ensure_ascii=False, separators=(",", ":"))
        return {name: value for name, value in more.items() if value is not None}
