"""An export without the names of chosen entities: `PERSON 1` wherever they stand, offsets kept true.

Every name that is known for a chosen entity goes, linked or not, in texts, titles, notes and fields;
one entity has one number through the whole export. The record is changed before a format sees it,
so every format is redacted alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, cast

from annotator.domain import names
from annotator.domain.models import REJECTED
from annotator.domain.record import Record

_SHORTEST: Final = 3
"""Letters of a surname that is looked for by itself."""
_PERSON: Final = "PERSON"
"""The label whose names are looked for by their last word as well."""


class Known(NamedTuple):
    """An entity that may be chosen, with all words that were ever marked as it."""

    key: str
    label: str
    words: frozenset[str]


def known_entities(records: Iterable[Record]) -> list[Known]:
    """The entities of an export in the order of their first mention; a span without one stands for itself."""
    found: dict[str, tuple[str, set[str]]] = {}
    for record in records:
        described = record.get("entities", {})
        for span in record.get("spans", ()):
            if span.get("state") == REJECTED:
                continue
            key = span.get("entity") or f"{span['label']}={span['text'].casefold()}"
            words = found.setdefault(key, (span["label"], set()))[1]
            words.add(span["text"])
            about = described.get(key)
            if about is not None:
                words |= {about.get("name", span["text"]), *about.get("aliases", ())}
        for key, about in described.items():
            label = about.get("label", "")
            found.setdefault(key, (label, set()))[1].update(
                {about.get("name", key), *about.get("aliases", ())}
            )
    return [
        Known(key, label, frozenset(filter(None, map(str.strip, words))))
        for key, (label, words) in found.items()
    ]


class Redactor:
    """Replaces what was chosen. `counts` says how many places of how many entities there were."""

    def __init__(self, entities: Sequence[Known], chosen: Iterable[str]) -> None:
        """`chosen` are labels (all entities of it) or keys of entities."""
        wanted = {*chosen}
        numbers: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for entity in entities:
            if entity.label in wanted or entity.key in wanted:
                numbers[entity.label] += 1
                new = f"{entity.label} {numbers[entity.label]}"
                self._keys[entity.key] = new
                for form in _forms(entity):
                    self._names.setdefault(form.casefold(), new)
        self.counts: Counter[str] = Counter(entities=len(self._keys), places=0, spans_merged=0)
        self._pattern = _pattern(self._names)
        self._ids: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        """Single words of redacted persons' names that still stand, and how often."""
        words = {word for entity in entities if entity.key in self._keys for word in _single_words(entity)}
        self._rest = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})\b") if words else None

    def records(self, records: Iterable[Record]) -> Iterator[Record]:
        """Each record as it may be given away."""
        for record in records:
            yield self._record(record)

    def _record(self, record: Record) -> Record:
        text = record["text"]
        cuts = self._cuts(text, record.get("spans", ()))
        moved = _Moved(cuts)
        out: dict[str, Any] = {name: self._plain(value) for name, value in record.items() if name not in _OWN}
        self._ids[out["id"]] += 1
        if self._ids[out["id"]] > 1:
            out["id"] += f"-{self._ids[out['id']]}"
        out["text"] = moved.text(text)
        if self._rest is not None:
            self.left.update(self._rest.findall(out["text"]))
        self.counts["places"] += len(cuts)
        out["spans"] = self._spans(record, moved, out["text"])
        kept = {span.get("id") for span in out["spans"]}
        if "relations" in record:
            out["relations"] = [one for one in record["relations"] if {one["from"], one["to"]} <= kept]
        if "entities" in record:
            out["entities"] = {
                self._key(key): self._entity(key, about) for key, about in record["entities"].items()
            }
        return cast(Record, out)

    def _cuts(self, text: str, spans: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
        """What is replaced by what, in order, none touching another: spans first, then every name."""
        found = []
        for span in spans:
            key = span.get("entity") or f"{span['label']}={span['text'].casefold()}"
            if key in self._keys and span.get("state") != REJECTED:
                found.append((span["start"], span["end"], self._keys[key]))
        found += [(*match.span(), self._new(match[0])) for match in self._pattern.finditer(text)]
        cuts: list[tuple[int, int, str]] = []
        for start, end, new in sorted(found, key=lambda one: (one[0] - one[1], one[0])):  # the longest first
            if all(end <= other[0] or other[1] <= start for other in cuts):
                cuts.append((start, end, new))
        return sorted(cuts + self._between(text, sorted(cuts)))

    def _between(self, text: str, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Names in what the cuts leave: where one that crosses a cut was found, a shorter one was not."""
        gaps = pairwise([0, *(place for start, end, _ in cuts for place in (start, end)), len(text)])
        left = [gap for number, gap in enumerate(gaps) if number % 2 == 0]
        return [
            (*match.span(), self._new(match[0]))
            for start, end in left
            for match in self._pattern.finditer(text, start, end)
        ]

    def _spans(self, record: Record, moved: _Moved, text: str) -> list[dict[str, Any]]:
        spans: dict[tuple[int, int, str], dict[str, Any]] = {}
        for span in record.get("spans", ()):
            new: dict[str, Any] = {
                name: self._plain(value) for name, value in span.items() if name not in _OF_SPANS
            }
            new["start"], new["end"] = moved.place(span["start"]), moved.place(span["end"], end=True)
            new["label"] = span["label"]
            new["text"] = text[new["start"] : new["end"]]
            if "suggested" in span:
                suggested = span["suggested"]
                new["suggested"] = suggested | {
                    "start": moved.place(suggested["start"]),
                    "end": moved.place(suggested["end"], end=True),
                }
            if "entity" in span:
                new["entity"] = self._key(span["entity"])
                if span["entity"] in self._keys:
                    new.pop("value", None)
            for role, entries in span.get("roles", {}).items():
                renamed = [entry | {"entity": self._key(entry["entity"])} for entry in entries]
                new.setdefault("roles", {})[role] = renamed
            place = (new["start"], new["end"], new["label"])
            if place in spans:
                self.counts["spans_merged"] += 1
            spans.setdefault(place, new)
        return [*spans.values()]

    def _entity(self, key: str, about: Mapping[str, Any]) -> dict[str, Any]:
        if key in self._keys:
            return {"label": about.get("label"), "name": self._keys[key]}
        return {name: self._plain(value) for name, value in about.items()}

    def _new(self, words: str) -> str:
        """What stands for a name that was found."""
        folded = " ".join(words.split()).casefold()
        if folded in self._names:
            return self._names[folded]
        # Some letters are alike to the search but fold differently.
        return next(
            new for name, new in self._names.items() if re.fullmatch(re.escape(name), folded, re.IGNORECASE)
        )

    def _key(self, key: str) -> str:
        """An entity's key; that of another one may hold a chosen name."""
        return self._keys.get(key) or str(self._plain(key))

    def _plain(self, value: Any) -> Any:
        """Names in any field: text, list or object."""
        if isinstance(value, str):
            return self._pattern.sub(lambda match: self._new(match[0]), value)
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        if isinstance(value, dict):
            return {self._plain(name): self._plain(one) for name, one in value.items()}
        return value


_OWN: Final = frozenset({"text", "spans", "relations", "entities"})
_OF_SPANS: Final = frozenset({"start", "end", "label", "text", "suggested", "entity", "roles"})


class _Moved:
    """Places of the old text as places of the new one; those inside a cut go to its edges."""

    def __init__(self, cuts: list[tuple[int, int, str]]) -> None:
        self._cuts = cuts
        self._starts = [start for start, _, _ in cuts]
        self._shifts = [0]
        for start, end, new in cuts:
            self._shifts.append(self._shifts[-1] + len(new) - (end - start))

    def place(self, place: int, *, end: bool = False) -> int:
        before = bisect_right(self._starts, place - 1 if end else place)
        if before:
            start, stop, new = self._cuts[before - 1]
            if place < stop or (end and place == stop):
                return start + self._shifts[before - 1] + (len(new) if end else 0)
        return place + self._shifts[before]

    def text(self, text: str) -> str:
        parts, last = [], 0
        for start, end, new in self._cuts:
            parts += [text[last:start], new]
            last = end
        return "".join([*parts, text[last:]])


def _forms(entity: Known) -> list[str]:
    """The names by which it is looked for, and a person's surname as it is written in them."""
    forms = {" ".join(words.split()) for words in entity.words}
    for name in [*forms]:
        last = name.split()[-1].strip(".,'’")
        if (
            entity.label == _PERSON
            and len(name.split()) > 1
            and len(last) >= _SHORTEST
            and names.surname(name) == names.surname(last)
            and last[:1].isupper()
        ):
            forms.add(last)
    return sorted(forms, key=len, reverse=True)


def _single_words(entity: Known) -> set[str]:
    """First and middle names, which may stand for the person elsewhere or for anybody else."""
    if entity.label != _PERSON:
        return set()
    words = {word.strip(".,'’") for name in entity.words for word in name.split()}
    return {word for word in words if len(word) >= _SHORTEST and word[:1].isupper()}


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of them as whole words, the longest first, with any white space between their words."""
    spaced = (r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))
    either = "|".join(spaced)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)
