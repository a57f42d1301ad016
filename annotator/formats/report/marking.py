"""A text with its spans as HTML, whether they nest, cross or touch.

A span that crosses another one is written in pieces, since elements only nest. The first piece has
the span's anchor, behind the last one stands its label, so that no meaning is in colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, Final

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED

Json = dict[str, Any]

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STATES: Final = {SUGGESTED: " open", REJECTED: " rejected"}


def marked(
    text: str, spans: Sequence[Json], classes: dict[str, str], anchor: Callable[[Json], tuple[str, str]]
) -> str:
    """The HTML; `classes` by label, `anchor` gives a span's own and what its label leads to ("" for nothing)."""
    return "".join(_pieces(text, spans, classes, anchor))


def plain(text: str) -> str:
    """Text as HTML; of control characters, which HTML has none of, the replacement character."""
    return escape(_CONTROL.sub("\ufffd", text))


def _pieces(
    text: str, spans: Sequence[Json], classes: dict[str, str], anchor: Callable[[Json], tuple[str, str]]
) -> Iterator[str]:
    waiting = sorted(spans, key=lambda span: (-span["start"], span["end"]))
    places = sorted({edge for span in spans for edge in (span["start"], span["end"])})
    opened: list[Json] = []
    at = 0
    for place in places:
        yield plain(text[at:place])
        at = place
        ending = [span for span in opened if span["end"] == place]
        again: list[Json] = []
        while ending and any(span in opened for span in ending):
            span = opened.pop()
            yield "</mark>"
            if span["end"] == place:
                yield _label(span, classes, anchor)
            else:
                again.insert(0, span)
        for span in again:
            yield f'<mark class="{_class(span, classes)}">'
        opened += again
        while waiting and waiting[-1]["start"] == place:
            span = waiting.pop()
            opened.append(span)
            yield f'<mark class="{_class(span, classes)}" id="{anchor(span)[0]}">'
    yield plain(text[at:])


def _class(span: Json, classes: dict[str, str]) -> str:
    return classes[span["label"]] + _STATES.get(span.get("state", ACCEPTED), "")


def _label(span: Json, classes: dict[str, str], anchor: Callable[[Json], tuple[str, str]]) -> str:
    name, target = plain(span["label"]), anchor(span)[1]
    kind = f"tag {classes[span['label']]}"
    return (
        f'<a class="{kind}" href="#{target}">{name}</a>' if target else f'<span class="{kind}">{name}</span>'
    )
