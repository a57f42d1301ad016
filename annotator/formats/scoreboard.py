"""Scores as a table for people and as plain data for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotator.domain.ratios import Ratios
from annotator.formats.score import Scores
from annotator.messages import english

_SPAN_HEAD = f"{'':<11} {'gold':>5} {'pred':>5} {'neut':>5} | {'strict P R F1':>17} | {'overlap P R F1':>17}"
_LINK_HEAD = f"{'':<11} {'gold':>5} | {'pairs P R F1':>17} | {'across articles':>17} | {'B-cubed P R F1':>17}"


def as_text(scores: Scores) -> str:
    """A few lines of fixed width, ratios in per cent."""
    lines = [_SPAN_HEAD]
    for label, spans in scores.spans.items():
        counts = f"{label:<11} {spans.gold:>5} {spans.predicted_overlap:>5} {spans.neutral:>5}"
        lines.append(f"{counts} | {_percent(spans.strictly())} | {_percent(spans.overlapping())}")
    lines += ["", _LINK_HEAD]
    for label, links in scores.links.items():
        ratios = (_percent(each) for each in (links.pairs, links.cross_pairs, links.b_cubed))
        lines.append(" | ".join((f"{label:<11} {links.mentions:>5}", *ratios)))
    lines += ["", english("score.values", {"share": scores.value_accuracy})]
    for marker, each in sorted(scores.by_marker.items()):
        shares = {"strict": each.strict / each.gold, "overlap": each.overlap / each.gold}
        lines.append(english("score.marker", {"marker": marker, "gold": each.gold} | shares))
    effort = scores.effort
    lines.append(english("score.effort", asdict(effort) | {"per_gold": effort.per_gold}))
    return "\n".join(lines)


def as_data(scores: Scores) -> dict[str, Any]:
    """What `--json` prints."""
    links: dict[str, dict[str, Any]] = {
        label: {
            "mentions": each.mentions,
            "pair": list(each.pairs),
            "xpair": list(each.cross_pairs),
            "b3": list(each.b_cubed),
        }
        for label, each in scores.links.items()
    }
    links["DATE"]["value_accuracy"] = scores.value_accuracy
    spans = {
        label: {
            "gold": each.gold,
            "pred": each.predicted_overlap,
            "neutral": each.neutral,
            "strict": list(each.strictly()),
            "overlap": list(each.overlapping()),
        }
        for label, each in scores.spans.items()
    }
    by_marker = {name: [each.gold, each.strict, each.overlap] for name, each in scores.by_marker.items()}
    return {
        "spans": spans,
        "links": links,
        "allegation_recall_by_marker": by_marker,
        "effort": asdict(scores.effort) | {"cost": scores.effort.cost, "per_gold": scores.effort.per_gold},
    }


def _percent(each: Ratios) -> str:
    return " ".join(f"{100 * ratio:5.1f}" for ratio in each)
