"""Precision, recall and their harmonic mean."""

from __future__ import annotations

from typing import NamedTuple


class Ratios(NamedTuple):
    """Each from 0 to 1."""

    precision: float
    recall: float
    f1: float


def ratios(right: int, predicted: int, gold: int) -> Ratios:
    """From counts; 0 where there is nothing to divide by."""
    return mean(right / predicted if predicted else 0.0, right / gold if gold else 0.0)


def mean(precision: float, recall: float) -> Ratios:
    """With the harmonic mean of the two."""
    total = precision + recall
    return Ratios(precision, recall, 2 * precision * recall / total if total else 0.0)
