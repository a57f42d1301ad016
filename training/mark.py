"""Makes the records of training/gold out of its sources, articles with the marks in their text.

usage: python -m training.mark        writes train.jsonl and test.jsonl again, names what is wrong

A source has a head (`title:`, `date:`, `source:`; what is not known is left out), an empty
line and the text. A mark is `[[P|Ada Brenn]]`, with P, O, D or A for the label; an allegation
may hold others, `[[A|accused [[P|Brenn]] of theft]]`. `[[?A|...]]` is optional: the
guidelines leave it open, so it counts neither for nor against a suggestion.

Articles with the same `story:` in their head tell one story, and their marks say who and what is
the same: `[[P#silva|Marta Silva]]`, `[[A#bribes>silva,brandco<ng|accused [[P#silva|Silva]] of
bribery]]` is the conduct `bribes`, of which `ng` accuses `silva` and `brandco`. More conducts in
the same words follow the first, `#bribes,theft`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from annotator.domain import words

GOLD: Final = Path(__file__).resolve().parent / "gold"
SETS: Final = ("train", "test")
LABELS: Final = {"P": "PERSON", "O": "ORG", "D": "DATE", "A": "ALLEGATION"}
HEAD: Final = ("title", "date", "source")
STORY: Final = "story"

_IDS = r"[\w-]+(?:,[\w-]+)*"
_MARK = re.compile(
    rf"\[\[(\?)?([A-Z])(?:#(?P<entity>{_IDS}))?(?:>(?P<accused>{_IDS}))?(?:<(?P<accuser>{_IDS}))?\||\]\]"
)
# How a span of each label never begins.
_WRONG_START = {
    "PERSON": re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Judge|Fr|Rev|Cllr|Sgt|Det)\b\.?"),
    "ORG": re.compile(r"the\b"),
    "DATE": re.compile(r"(?:on|in|by|since|from|until|till|before|after|at|of|during|for)\b", re.IGNORECASE),
    "ALLEGATION": re.compile(r"(?:a|an|on|of|over|amid|with|after|for)\b", re.IGNORECASE),
}
_NO_DATE = re.compile(
    r"\d{1,3}|.*\byears?[- ]old|(?:for )?(?:\w+) (?:days|weeks|months|years)", re.IGNORECASE
)


class SourceError(Exception):
    """A source that cannot be read: where, and why."""


@dataclass(frozen=True)
class Span:
    """A marked place, in code points of the text, and what it links to."""

    start: int
    end: int
    label: str
    links: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass
class Article:
    """A source without its marks."""

    name: str
    head: dict[str, str]
    text: str
    spans: list[Span] = field(default_factory=list)
    optional: list[Span] = field(default_factory=list)


def parse(name: str, source: str) -> Article:
    """The article of a source; SourceError for an unknown head or label, an unbalanced mark, a link without a story."""
    head, _, marked = source.partition("\n\n")
    fields = dict(_head_line(name, line) for line in head.splitlines())
    article = Article(name, fields, "")
    pieces: list[str] = []
    length = last = 0
    opened: list[tuple[int, re.Match[str]]] = []
    marked = marked.rstrip("\n")
    for mark in _MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if letter := mark[2]:
            if letter not in LABELS:
                raise SourceError(f"{name}: no label {letter}: {marked[mark.start() : last + 40]!r}")
            if STORY not in fields and any(mark.groupdict().values()):
                raise SourceError(f"{name}: a link, without a story: {mark[0]!r}")
            opened.append((length, mark))
        elif not opened:
            raise SourceError(f"{name}: nothing to close: {marked[last - 40 : last]!r}")
        else:
            start, begun = opened.pop()
            span = Span(start, length, LABELS[begun[2]], _links(fields.get(STORY), begun))
            (article.optional if begun[1] else article.spans).append(span)
    article.text = "".join(pieces) + marked[last:]
    if opened:
        raise SourceError(f"{name}: never closed: {article.text[opened[-1][0] :][:40]!r}")
    for spans in (article.spans, article.optional):
        spans.sort(key=lambda span: (span.start, -span.end))
    return article


def _head_line(name: str, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(": ")
    if not colon or key not in (*HEAD, STORY):
        raise SourceError(f"{name}: not a line of a head: {line!r}")
    return key, value


def _links(story: str | None, mark: re.Match[str]) -> dict[str, Any]:
    """What a mark links to, as the interchange record has it; ids are those of a story."""
    found: dict[str, Any] = {}
    for key, named in mark.groupdict().items():
        if named:
            found[key] = [f"{story}/{one}" for one in named.split(",")]
    if "entity" in found:
        found["entity"], *also = found["entity"]
        found |= {"also": also} if also else {}
    return found


def read(name: str) -> list[Article]:
    """The articles of a set, by name."""
    paths = sorted((GOLD / "sources" / name).glob("*.txt"))
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def record(article: Article) -> dict[str, Any]:
    """The interchange record of an article."""
    places = {"spans": article.spans, "optional": article.optional}
    return {
        "id": article.name,
        **{key: article.head.get(key) for key in HEAD},
        **{key: value for key, value in article.head.items() if key == STORY},
        "text": article.text,
        **{key: [_place(article.text, span) for span in spans] for key, spans in places.items()},
    }


def _place(text: str, span: Span) -> dict[str, Any]:
    marked = text[span.start : span.end]
    return {"start": span.start, "end": span.end, "label": span.label, "text": marked, **span.links}


def lines(name: str) -> str:
    """What the file of a set holds."""
    return "".join(json.dumps(record(article), ensure_ascii=False) + "\n" for article in read(name))


def problems(article: Article) -> list[str]:
    """Marks that break the guidelines, as far as their edges and places show it."""
    found = []
    seen: set[Span] = set()
    for span in [*article.spans, *article.optional]:
        wrong = _wrong(article.text, span)
        if span in seen:
            wrong = "marked twice"
        elif _holder(article.spans, span) not in (None, "ALLEGATION"):
            wrong = "inside a name or a date"
        elif span in article.spans and _lacks_entity(article, span):
            wrong = "in a story, without an entity"
        seen.add(span)
        if wrong:
            found.append(f"{article.name}: {span.label} {article.text[span.start : span.end]!r}: {wrong}")
    return found


def _lacks_entity(article: Article, span: Span) -> bool:
    return STORY in article.head and span.label != "DATE" and "entity" not in span.links


def _wrong(text: str, span: Span) -> str:
    """What is wrong with the edges of a span; empty when nothing is."""
    marked = text[span.start : span.end]
    if words.snap(text, span.start, span.end) != (span.start, span.end):
        return "holds half a word, or white space or punctuation at an end"
    if _WRONG_START[span.label].match(marked):
        return "begins with a word that stays outside"
    if span.label == "DATE" and _NO_DATE.fullmatch(marked):
        return "an age, a number or a duration"
    return ""


def _holder(spans: list[Span], span: Span) -> str | None:
    """The label of a span that holds this one, other than an allegation where there is one."""
    holders = {
        other.label
        for other in spans
        if other != span and other.start <= span.start and span.end <= other.end
    }
    return next(iter(sorted(holders, reverse=True)), None)


def main() -> int:
    """Writes the files; exit code 1 where a mark is wrong."""
    wrong = []
    for name in SETS:
        wrong += [problem for article in read(name) for problem in problems(article)]
        (GOLD / f"{name}.jsonl").write_text(lines(name), encoding="utf-8")
    sys.stderr.writelines(problem + "\n" for problem in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
