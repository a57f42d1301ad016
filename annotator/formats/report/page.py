"""The pieces of the report: head, guidelines, contents, an article, the index of entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from annotator.domain.models import BAND, REJECTED, SUGGESTED, Label
from annotator.domain.text import shortened
from annotator.formats.report.marking import marked, plain

Json = dict[str, Any]

STYLE: Final = """
:root{color-scheme:light dark;--page:#fff;--ink:#1b1c1e;--soft:#5d6066;--line:#dcdde0;--h:258;--fill-l:.915;--fill-c:.06;
--tag-l:.47;--tag-c:.15;--band-l:.6;--band-c:.19}
@media (prefers-color-scheme:dark){:root{--page:#17181b;--ink:#e8e8ea;--soft:#a3a6ad;--line:#34363b;--fill-l:.35;
--fill-c:.075;--tag-l:.8;--tag-c:.12;--band-l:.7;--band-c:.16}}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:2.5rem 1.25rem 4rem;background:var(--page);
color:var(--ink)}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.25rem;margin:3rem 0 .75rem}
h3{font-size:1.3rem;line-height:1.3;margin:0 0 .25rem}
a{color:inherit;text-underline-offset:.15em}p{margin:.25rem 0}ol,ul{padding-left:1.5rem;margin:.25rem 0}li{margin:.2rem 0}
.soft{color:var(--soft);font-size:.9em}
li>.soft{display:block}dl{margin:0}dt{margin-top:.9rem}dd{margin:.15rem 0 0;white-space:pre-line}
article{border-top:1px solid var(--line);padding-top:1.5rem;margin-top:2.5rem}
header p{white-space:pre-line}
.text{font:1.1rem/1.75 Georgia,"Noto Serif",serif;white-space:pre-wrap;overflow-wrap:anywhere;margin:1rem 0}
.said{font-size:.9em;border-left:3px solid var(--line);padding-left:1rem;list-style:none}
mark{color:inherit;background:oklch(var(--fill-l) var(--fill-c) var(--h));border-radius:.2em;padding:.06em 0}
mark.band{background:none;border-radius:0;padding:0 0 .1em;border-bottom:.14em solid oklch(var(--band-l) var(--band-c) var(--h))}
mark.open{background:none;outline:1px dashed oklch(var(--band-l) var(--band-c) var(--h))}
mark.rejected{background:none;text-decoration:line-through;text-decoration-color:oklch(var(--band-l) var(--band-c) var(--h))}
.tag{font:600 .62em/1 system-ui,sans-serif;letter-spacing:.03em;color:oklch(var(--tag-l) var(--tag-c) var(--h));
margin:0 .15em 0 .3em;text-decoration:none;user-select:none;white-space:nowrap}
a.tag:hover,a.tag:focus{text-decoration:underline}
:target{scroll-margin-top:4rem;outline:2px solid oklch(.65 .15 255);outline-offset:2px}
@media print{:root{--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--fill-l:.915;--fill-c:.06;--tag-l:.47;--tag-c:.15;
--band-l:.6;--band-c:.19}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{max-width:none;padding:0;font-size:10.5pt}.text{font-size:11pt}h2{break-before:page}h2,h3,dt{break-after:avoid}
article header{break-inside:avoid}a{text-decoration:none}@page{margin:20mm 18mm}}
"""


@dataclass
class Entry:
    """An entity in the index, and by article (its number) its mentions: how many, and the first one's anchor."""

    number: int
    label: str
    name: str
    fields: Json = field(default_factory=dict)
    mentions: dict[int, tuple[int, str]] = field(default_factory=dict)

    def met(self, article: int, anchor: str) -> None:
        count, first = self.mentions.get(article, (0, anchor))
        self.mentions[article] = count + 1, first


def head(name: str, classes: dict[str, str], labels: Sequence[Label]) -> str:
    """Everything before the body. The style of a label is its hue."""
    hues = {label.name: label.hue for label in labels}
    own = "".join(f".{classes[label].split()[0]}{{--h:{hues[label]}}}" for label in classes)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{plain(name)}</title>\n'
        f"<style>{STYLE}{own}</style>\n</head>\n<body>\n<h1>{plain(name)}</h1>\n"
    )


def class_names(labels: Iterable[Label]) -> dict[str, str]:
    """By label the classes of its marks; a label of clauses is a band below the text."""
    return {
        label.name: f"l{number}{' band' if label.style == BAND else ''}"
        for number, label in enumerate(labels)
    }


def guidelines(labels: Sequence[Label], classes: dict[str, str], counts: dict[str, int]) -> Iterator[str]:
    yield "<h2>Labels</h2>\n<dl>\n"
    for label in labels:
        about = plain(label.description) or '<span class="soft">No guideline is written.</span>'
        yield f'<dt><mark class="{classes[label.name]}">{plain(label.name)}</mark> '
        yield f'<span class="soft">{counted(counts.get(label.name, 0), "span")}</span></dt><dd>{about}</dd>\n'
    yield "</dl>\n"


def legend(states: Mapping[str, int]) -> str:
    """How undecided and rejected spans look, where there are some."""
    looks = ((SUGGESTED, "open", "Dashed", "undecided"), (REJECTED, "rejected", "Struck out", "rejected"))
    said = [
        f'<mark class="{look}">{how}</mark>: {states[state]:,} {what}.'
        for state, look, how, what in looks
        if states.get(state)
    ]
    return f'<p class="soft">{" ".join(said)}</p>\n' if said else ""


def contents(titles: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    """Title, where and when, and how many spans, of each article."""
    yield "<h2>Articles</h2>\n<ol>\n"
    for number, (title, where, spans) in enumerate(titles, 1):
        about = " · ".join(filter(None, (plain(where), counted(spans, "span"))))
        yield f'<li><a href="#a{number}">{plain(title)}</a> <span class="soft">{about}</span></li>\n'
    yield "</ol>\n"


def where(item: Json) -> str:
    return " · ".join(filter(None, (item.get("source"), item.get("date"))))


def article(item: Json, number: int, classes: dict[str, str], entries: dict[str, Entry]) -> str:
    """An article with its marks, and below it what is said of them."""
    anchors = {id(span): f"a{number}s{count}" for count, span in enumerate(item["spans"], 1)}

    def anchor(span: Json) -> tuple[str, str]:
        entry = entries.get(span.get("entity", ""))
        return anchors[id(span)], f"e{entry.number}" if entry is not None else ""

    title = plain(item.get("title") or item["id"])
    lines = [plain(where(item)), *(plain(item[name]) for name in ("note",) if item.get(name))]
    lines += [plain(", ".join(item["tags"]))] if item.get("tags") else []
    about = "".join(f'<p class="soft">{line}</p>\n' for line in lines if line)
    text = marked(item["text"], item["spans"], classes, anchor)
    said = [*_of_spans(item, entries, anchors), *_of_relations(item, anchors)]
    below = '<ul class="said">\n' + "".join(f"<li>{line}</li>\n" for line in said) + "</ul>\n" if said else ""
    return (
        f'<article id="a{number}">\n<header><h3>{title}</h3>\n{about}</header>\n'
        f'<div class="text" dir="auto">{text}</div>\n{below}</article>\n'
    )


def _of_spans(item: Json, entries: dict[str, Entry], anchors: dict[int, str]) -> Iterator[str]:
    """Roles, values and notes, where a span has some."""
    for span in item["spans"]:
        parts = []
        for role, holders in span.get("roles", {}).items():
            names = ", ".join(_named(holder["entity"], entries) for holder in holders)
            parts.append(f"{plain(role)}: {names}")
        value = " ".join(filter(None, (span.get("mod"), span.get("value"))))
        parts += [plain(one) for one in (value, span.get("note")) if one]
        if parts:
            yield f"{_quote(item, span, anchors)}: {'; '.join(parts)}"


def _of_relations(item: Json, anchors: dict[int, str]) -> Iterator[str]:
    spans = {span.get("id"): span for span in item["spans"]}
    for relation in item.get("relations", ()):
        ends = [_quote(item, spans[relation[end]], anchors) for end in ("from", "to")]
        yield f"{ends[0]} <em>{plain(relation['type'])}</em> {ends[1]}"


def _quote(item: Json, span: Json, anchors: dict[int, str]) -> str:
    words = shortened(item["text"][span["start"] : span["end"]], 60)
    return f'<a href="#{anchors[id(span)]}">“{plain(words)}”</a>'


def _named(key: str, entries: dict[str, Entry]) -> str:
    entry = entries.get(key)
    return f'<a href="#e{entry.number}">{plain(entry.name)}</a>' if entry is not None else plain(key)


def index(
    entries: Iterable[Entry], titles: Sequence[tuple[str, str, int]], classes: dict[str, str]
) -> Iterator[str]:
    """Entities by label, in the project's order, and name, each with its articles."""
    yield "<h2>Index</h2>\n"
    places = {label: place for place, label in enumerate(classes)}
    order = sorted(entries, key=lambda entry: (places[entry.label], entry.name.casefold(), entry.number))
    last = None
    for entry in order:
        if entry.label != last:
            yield f'{"</dl>" if last else ""}<h3><mark class="{classes[entry.label]}">{plain(entry.label)}</mark></h3>\n<dl>\n'
            last = entry.label
        yield f'<dt id="e{entry.number}"><strong>{plain(entry.name)}</strong> <span class="soft">{_about(entry)}</span></dt>\n<dd>'
        found = (
            f'<a href="#{first}">{plain(titles[number - 1][0])}</a>{f" ({count})" if count > 1 else ""}'
            for number, (count, first) in entry.mentions.items()
        )
        yield " · ".join(found) + "</dd>\n"
    yield "</dl>\n" if last else '<p class="soft">No span is linked to an entity.</p>\n'


def _about(entry: Entry) -> str:
    uri = entry.fields.get("uri") or ""
    link = (
        f'<a href="{plain(uri)}">{plain(uri)}</a>' if uri.startswith(("https://", "http://")) else plain(uri)
    )
    value = entry.fields.get("value") if entry.fields.get("value") != entry.name else None
    others = [", ".join(entry.fields.get("aliases", ())), value, entry.fields.get("note")]
    return " · ".join(filter(None, [*(plain(one) for one in others if one), link]))


def counted(count: int, one: str, more: str = "") -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
