"""A text as CoNLL tells it: tokens with one space between them, a line a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, Final, cast

from annotator.domain.record import Record
from annotator.formats.losses import Losses
from annotator.formats.sentences import sentences
from annotator.formats.shapes import trimmed
from annotator.formats.tokens import tokens_of

Json = dict[str, Any]

_WORD: Final = re.compile(r"\S+")
_NO_LABEL: Final = re.compile(r"\s+")


def levels(spans: list[Json]) -> list[list[Json]]:
    """The spans in levels in which none overlaps; the outermost are in the first."""
    found: list[list[Json]] = []
    ends: list[int] = []
    for span in sorted(spans, key=lambda one: (one["start"], -one["end"], one["label"])):
        level = next((at for at, end in enumerate(ends) if end <= span["start"]), len(ends))
        if level == len(ends):
            found.append([])
            ends.append(0)
        found[level].append(span)
        ends[level] = span["end"]
    return found


def on_tokens(record: Record, lost: Losses) -> Record:
    """The record on the text that its tokens tell; spans of white space alone go, all counted."""
    kept = trimmed(cast("Json", record), lost)
    text, spans = kept["text"], kept["spans"]
    words = _words(text, spans) or [(0, len(text))]
    begins = [start for start, _ in sentences(text, spans)]
    sentence = [bisect_right(begins, start) for start, _ in words]
    parts, starts, ends, at = [], {}, {}, 0
    for number, (start, end) in enumerate(words):
        if number:
            parts.append(" " if sentence[number] == sentence[number - 1] else "\n")
            at += 1
        starts[start], ends[end] = at, at + end - start
        parts.append(text[start:end])
        at += end - start
    told = "".join(parts)
    lost["spacing"] += told != text
    lost["names"] += 1
    moved = [_moved(span, starts, ends, lost) for span in spans]
    return cast("Record", {"id": kept.get("id", ""), "text": told, "spans": moved})


def _words(text: str, spans: list[Json]) -> list[tuple[int, int]]:
    """The tokens without white space, which is nowhere in a column."""
    tokens = tokens_of(text, spans)
    return [
        word.span()
        for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        for word in _WORD.finditer(text, start, end)
    ]


def _moved(span: Json, starts: dict[int, int], ends: dict[int, int], lost: Losses) -> Json:
    """A span on the told text, with a label that is one column."""
    label = _NO_LABEL.sub("_", span["label"])
    lost["label_names"] += label != span["label"]
    return span | {"start": starts[span["start"]], "end": ends[span["end"]], "label": label}
