"""How good spans and links are, against gold records.

Spans.  Strict is the same label and offsets; overlap the same label and a shared character,
one to one, the longest shared text first. A prediction that matches nothing is neutral where
it equals an `optional` gold span of its label, or touches one and no gold span.
Links.  Over the gold mentions of a label: a mention takes the cluster of the prediction that
overlaps it, or stands alone. F1 over pairs of mentions, over those in different articles,
and B-cubed. A DATE's cluster is its value, any other's its entity.
Effort. What it costs to make gold of the predictions, see the prices below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from annotator.domain.matching import Place, joined, pair_up, shared
from annotator.domain.models import REJECTED
from annotator.domain.ratios import Ratios, ratios
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.clusters import ClusterScores, Mention, cluster_scores
from annotator.formats.reading import read

LABELS: Final = ("PERSON", "ORG", "DATE", "ALLEGATION")
ACCEPT, REJECT, FIX, ADD = 1, 1, 2, 3
"""Actions that a reviewer needs for a right, a needless, a misplaced and a missing span."""

_DATE = "DATE"
_ALLEGATION = "ALLEGATION"


@dataclass(slots=True)
class SpanCounts:
    """Spans of one label. Predictions without the neutral ones, which differ by measure."""

    gold: int = 0
    neutral: int = 0
    strict: int = 0
    overlap: int = 0
    predicted_strict: int = 0
    predicted_overlap: int = 0

    def strictly(self) -> Ratios:
        """With the same offsets."""
        return ratios(self.strict, self.predicted_strict, self.gold)

    def overlapping(self) -> Ratios:
        """With a shared character."""
        return ratios(self.overlap, self.predicted_overlap, self.gold)


@dataclass(slots=True)
class MarkerCounts:
    """Allegations whose marking word stands in one kind of place, and how many were found."""

    gold: int = 0
    strict: int = 0
    overlap: int = 0


@dataclass(slots=True)
class Effort:
    """Actions from the predictions to gold."""

    gold: int = 0
    accept: int = 0
    fix: int = 0
    reject: int = 0
    add: int = 0

    @property
    def cost(self) -> int:
        """All actions at their price."""
        return self.accept * ACCEPT + self.fix * FIX + self.reject * REJECT + self.add * ADD

    @property
    def per_gold(self) -> float:
        """Actions for each gold span."""
        return self.cost / self.gold if self.gold else 0.0


@dataclass(slots=True)
class Scores:
    """Everything that is measured."""

    spans: dict[str, SpanCounts] = field(default_factory=dict)
    links: dict[str, ClusterScores] = field(default_factory=dict)
    value_accuracy: float = 0.0
    by_marker: dict[str, MarkerCounts] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The spans of one article that count, in the order of the record."""

    places: list[Place]
    raw: list[Mapping[str, Any]]

    def of(self, label: str) -> _Spans:
        kept = [index for index, place in enumerate(self.places) if place.label == label]
        return _Spans([self.places[i] for i in kept], [self.raw[i] for i in kept])

    def without_doubles(self) -> _Spans:
        first = {place: index for index, place in reversed(list(enumerate(self.places)))}
        kept = sorted(first.values())
        return _Spans([self.places[i] for i in kept], [self.raw[i] for i in kept])


@dataclass(frozen=True, slots=True)
class _Pair:
    """An article as gold has it and as it was predicted."""

    name: str
    gold: _Spans
    predicted: _Spans
    optional: list[Place]


def score(gold: Path | str, predictions: Iterable[Record]) -> Scores:
    """Compare predictions with a gold file, article by article by `id`.

    An article that was not predicted counts as one without spans. UserError where the gold
    file cannot be read.
    """
    predicted = {record.get("id"): _counting(record) for record in predictions}
    gold_records = {record.get("id"): record for record in read(gold, "jsonl").records}
    pairs = [
        _Pair(str(name), _counting(record), predicted.get(name, _Spans([], [])), _optional(record, gold))
        for name, record in gold_records.items()
    ]
    scores = Scores()
    for label in LABELS:
        mentions: list[Mention] = []
        for pair in pairs:
            _add_spans(scores.spans.setdefault(label, SpanCounts()), pair, label)
            mentions += _mentions(pair, label)
        scores.links[label] = cluster_scores(mentions)
    scores.value_accuracy = _value_accuracy(pairs)
    for pair in pairs:
        _add_markers(scores.by_marker, pair)
        _add_effort(scores.effort, pair)
    return scores


def _counting(record: Record) -> _Spans:
    """The spans that are not rejected; a DATE's value may be that of its entity."""
    places: list[Place] = []
    raw: list[Mapping[str, Any]] = []
    entities = record.get("entities", {})
    for span in record.get("spans", ()):
        if span.get("state") == REJECTED:
            continue
        item: dict[str, Any] = dict(span)
        if span["label"] == _DATE and item.get("value") is None:
            item["value"] = entities.get(item.get("entity", ""), {}).get("value")
        places.append(Place(span["start"], span["end"], span["label"]))
        raw.append(item)
    return _Spans(places, raw)


def _optional(record: Record, gold: Path | str) -> list[Place]:
    """What the guidelines leave open, a field of gold files only."""
    optional: Any = record.get("optional", [])
    try:
        return [Place(int(span["start"]), int(span["end"]), str(span["label"])) for span in optional]
    except (TypeError, KeyError, ValueError) as error:
        raise UserError("score.bad_optional", path=gold, document=record.get("id")) from error


def _any(_gold: Place, _predicted: Place) -> bool:
    return True


def _add_spans(counts: SpanCounts, pair: _Pair, label: str) -> None:
    gold = pair.gold.of(label).places
    predicted = pair.predicted.of(label).without_doubles().places
    optional = [place for place in pair.optional if place.label == label]
    exact = set(gold)
    hits = set(pair_up(gold, predicted, _any).values())
    counts.gold += len(gold)
    for index, place in enumerate(predicted):
        neutral = _is_neutral(place, gold, optional)
        counts.strict += place in exact
        counts.overlap += index in hits
        counts.predicted_strict += place in exact or not neutral
        counts.predicted_overlap += index in hits or not neutral
        counts.neutral += neutral and index not in hits


def _is_neutral(place: Place, gold: list[Place], optional: list[Place]) -> bool:
    if place in optional:
        return True
    touches = any(shared(place, other) > 0 for other in optional)
    return touches and not any(shared(place, other) > 0 for other in gold)


def _mentions(pair: _Pair, label: str) -> list[Mention]:
    """Each gold mention with its cluster in gold and in the predictions."""
    cluster = "value" if label == _DATE else "entity"
    gold, predicted = pair.gold.of(label), pair.predicted.of(label)
    matches = pair_up(gold.places, predicted.places, _any)
    mentions = []
    for index, span in enumerate(gold.raw):
        match = predicted.raw[matches[index]] if index in matches else {}
        alone = f"{pair.name}:{index}"  # without a cluster a mention is one of its own
        mentions.append(Mention(_cluster(span, cluster, alone), _cluster(match, cluster, alone), pair.name))
    return mentions


def _cluster(span: Mapping[str, Any], name: str, alone: str) -> tuple[bool, str]:
    value = span.get(name)
    return (True, value) if value is not None else (False, alone)


def _value_accuracy(pairs: list[_Pair]) -> float:
    """Of the gold dates that were found and have a value: how many have the right one."""
    right = found = 0
    for pair in pairs:
        gold, predicted = pair.gold.of(_DATE), pair.predicted.of(_DATE)
        for one, other in pair_up(gold.places, predicted.places, _any).items():
            value = gold.raw[one].get("value")
            if value is not None:
                found += 1
                right += predicted.raw[other].get("value") == value
    return right / found if found else 0.0


def _add_markers(by_marker: dict[str, MarkerCounts], pair: _Pair) -> None:
    gold, predicted = pair.gold.of(_ALLEGATION), pair.predicted.of(_ALLEGATION)
    hits = pair_up(gold.places, predicted.places, _any)
    for index, (place, span) in enumerate(zip(gold.places, gold.raw, strict=True)):
        counts = by_marker.setdefault(span.get("marker", "?"), MarkerCounts())
        counts.gold += 1
        counts.strict += place in predicted.places
        counts.overlap += index in hits


def _add_effort(effort: Effort, pair: _Pair) -> None:
    gold, predicted = pair.gold.places, pair.predicted.without_doubles().places
    same = pair_up(gold, predicted, lambda one, other: one.label == other.label)
    left_gold = [place for index, place in enumerate(gold) if index not in same]
    matched = set(same.values())
    left = [place for index, place in enumerate(predicted) if index not in matched]
    relabelled = pair_up(left_gold, left, lambda one, other: 2 * shared(one, other) >= joined(one, other))
    exact = sum(gold[one] == predicted[other] for one, other in same.items())
    effort.gold += len(gold)
    effort.accept += exact
    effort.fix += len(same) - exact + len(relabelled)
    effort.reject += len(left) - len(relabelled)
    effort.add += len(left_gold) - len(relabelled)
