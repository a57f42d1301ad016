"""Deterministic articles with spans, for benchmarks: the same bytes on every machine.

W1: 1,000 articles of 2.5 KB with 40 spans each. W2: 20,000 such (800,003 spans). W3: one article
of 1 MB with 20,000 spans. W4: one of 10 MB with 100,000. W5: W3 as one line. Spans do not overlap;
some texts carry accents, emoji, a ZWJ sequence and curly quotes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from annotator.domain.record import Record, RecordSpan


class Size(NamedTuple):
    """How many articles, of at least how many bytes of UTF-8, with how many spans (None: about 40)."""

    articles: int
    size: int
    spans: int | None


SIZES: Final = {
    "W1": Size(1000, 2450, None),
    "W2": Size(20_000, 2450, None),
    "W3": Size(1, 1_000_000, 20_000),
    "W4": Size(1, 10_000_000, 100_000),
    "W5": Size(1, 1_000_000, 20_000),
}

_FIRST = (
    "María José Zoë Björn Anaïs Łukasz Chloë James Olivia Noah Emma Liam Ava Søren Renée François Ingrid Tomáš Aisha "
    "Kwame Priya Mei Diego Fatima Hélène Jürgen Siobhán Ewa Dmitri Sarah"
).split()
_LAST = (
    "Müller García Nuñez O’Connor Smith Johnson Williams Dvořák Ångström Okafor Nakamura Ivanova Lefèvre Kowalczyk "
    "Brontë Taylor Hernández Çelik Nguyễn Silva Andersson Rossi Papadopoulos Brown Jones Khan Patel Lindqvist Moreau "
    "Walker"
).split()
_WORDS: Final = {
    "ORG": (
        "the European Commission|Acme Corp.|Nestlé|Société Générale|the World Bank|Reuters|Crédit Lyonnais|"
        "Harbour & Sons|the Ministry of Finance|Northwind Traders|Björk Shipping AB|the Coast Guard|"
        "Café Aurora Group|Globex|the Supreme Court|United Rail Workers|São Paulo Metals|Orion Aerospace|"
        "the Red Cross|Fabrikam Ltd."
    ).split("|"),
    "GPE": (
        "São Paulo|Zürich|London|New York|Málaga|Reykjavík|Tokyo|Kraków|Bogotá|Montréal|Lagos|Jakarta|"
        "Côte d’Ivoire|Germany|France|Türkiye|California|Århus|Nairobi|Sydney"
    ).split("|"),
    "LOC": (
        "the North Sea|the Andes|the Gulf of Mexico|Lake Léman|the Baltic coast|the Sahel|Mount Etna|"
        "the Rhône valley|the old harbour|the eastern suburbs"
    ).split("|"),
    "EVENT": (
        "earthquake|merger talks|protest march|election|flood|ceasefire|strike|trial|World Cup final|wildfire|"
        "hearing|product launch|explosion|inauguration|hurricane"
    ).split("|"),
    "ACTION": (
        "announced denied acquired rejected killed arrested signed launched cancelled approved warned resigned "
        "testified postponed struck"
    ).split(),
    "fill": (
        "according to officials familiar with the matter|despite repeated objections from local residents|"
        "in what observers described as a surprising move|while negotiations continued behind closed doors|"
        "as markets opened lower for a third day|after weeks of speculation in the press|"
        "although several details remain unclear|and further statements are expected soon"
    ).split("|"),
}
_UNITS = "people percent ships protesters tonnes homes".split()
_SENTENCES = [
    re.split(r"[{}]", sentence)  # text and slot in turn
    for sentence in (
        "{PERSON} of {ORG} {ACTION} on {DATE} that the {EVENT} in {GPE} would cost {MONEY}, {fill}.",
        "The {EVENT} near {LOC} {ACTION} {QUANTITY} at {TIME}, {fill}.",
        "“We never {ACTION} anything in {GPE},” {PERSON} said on {DATE}, {fill}.",
        "{ORG} {ACTION} {ORG} for {MONEY} {DATE}, and {PERSON} {ACTION} the deal at {TIME}.",
        "In {GPE}, {QUANTITY} gathered at {LOC} for the {EVENT}, {fill}.",
        "{PERSON} and {PERSON} {ACTION} before {ORG} in {GPE} on {DATE}; the {EVENT} was {ACTION}.",
        "Shares of {ORG} fell {QUANTITY} to {MONEY} in {GPE} trading, {fill}.",
        "A spokesman for {ORG}, {PERSON}, {ACTION} the report about the {EVENT} at {LOC}.",
    )
]
_EMOJI = ["😀", "🚨", "📈", "👩‍🚀", "🇫🇷", "⚽", "🔥", "🤔"]


def records(name: str) -> Iterator[Record]:
    """The articles of a workload."""
    size = SIZES[name]
    source = random.Random("seed-" + ("W3" if name == "W5" else name))
    for number in range(size.articles):
        text, spans = _article(source, size.size)
        wanted = size.spans or source.randint(36, 44)
        if len(spans) > wanted:
            spans = [spans[at] for at in sorted(source.sample(range(len(spans)), wanted))]
        if name == "W5":
            text = text.replace("\n", " ")
        key = f"{name}-{number:05d}"
        yield Record(
            id=key,
            title=f"{key} {text[:50]}".replace("\n", " "),
            text=text,
            spans=[
                RecordSpan(start=start, end=end, label=label, text=text[start:end], state="accepted")
                for start, end, label in spans
            ],
        )


def write(name: str, path: Path) -> Path:
    """The workload as an interchange file."""
    with path.open("wb") as file:
        for record in records(name):
            file.write(orjson.dumps(record))
            file.write(b"\n")
    return path


def _article(source: random.Random, size: int) -> tuple[str, list[tuple[int, int, str]]]:
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length = written = sentences = 0

    def put(text: str) -> None:
        nonlocal length, written
        parts.append(text)
        length += len(text)
        written += len(text.encode())

    while written < size:
        for turn, part in enumerate(source.choice(_SENTENCES)):
            start = length
            put(_slot(source, part) if turn % 2 else part)
            if turn % 2 and part != "fill":
                spans.append((start, length, part))
        sentences += 1
        if source.random() < 0.03:
            put(" " + source.choice(_EMOJI))
        put(" " if sentences % 5 else "\n" if sentences % 10 else "\n\n")
    return "".join(parts), spans


def _slot(source: random.Random, kind: str) -> str:
    match kind:
        case "PERSON":
            return source.choice(_FIRST) + " " + source.choice(_LAST)
        case "DATE":
            march = f"{source.randint(1, 28)} March {source.randint(1999, 2024)}"
            june = f"June {source.randint(1, 30)}"
            return source.choice(["Monday", "Tuesday", "Friday", "last week", march, june])
        case "TIME":
            return f"{source.randint(0, 23):02d}:{source.randint(0, 59):02d} GMT"
        case "MONEY":
            amount = f"{source.choice('$€£')}{source.randint(1, 999)}.{source.randint(0, 9)}"
            return f"{amount} {source.choice(['million', 'billion'])}"
        case "QUANTITY":
            return f"{source.randint(2, 90)} {source.choice(_UNITS)}"
        case _:
            return source.choice(_WORDS[kind])
