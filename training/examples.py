"""Articles as the network learns them: pieces, shapes and the tag of each label."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from annotator.suggest.encoder.decoding import BEGIN, INSIDE, LABELS
from annotator.suggest.encoder.shapes import shapes
from annotator.suggest.encoder.windows import END, START
from annotator.suggest.encoder.wordpiece import Piece, WordPiece
from training.records import Gold

IGNORED: Final = -100
MASK: Final = 103
SHORTEST: Final = 16
"""Ends of an article shorter than this are not learned from alone."""


@dataclass(frozen=True)
class Example:
    """An article in pieces; `tags` is (labels, pieces), IGNORED where the guidelines leave it open."""

    gold: Gold
    pieces: list[Piece]
    shapes: list[int]
    tags: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True)
class Batch:
    """Windows of equal length: numbers, shapes and mask (windows, length), tags (windows, labels, length)."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    tags: Tensor


def example(gold: Gold, splitter: WordPiece) -> Example:
    """An article in pieces with its tags."""
    pieces = splitter.pieces(gold.text)
    tags = np.zeros((len(LABELS), len(pieces)), dtype=np.int64)
    for spans, value in ((gold.optional, IGNORED), (gold.spans, None)):
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            inside = [
                at for at, piece in enumerate(pieces) if piece.start < span.end and piece.end > span.start
            ]
            row = tags[LABELS.index(span.label)]
            row[inside] = INSIDE if value is None else value
            if value is None and inside:
                row[inside[0]] = BEGIN
    return Example(gold, pieces, shapes(gold.text, pieces), tags)


def batches(
    examples: Sequence[Example], window: int, size: int, chance: random.Random, masked: float
) -> Iterator[Batch]:
    """All articles once, cut into windows at random places, in random order."""
    cuts = [(one, start, end) for one in examples for start, end in _cut(len(one), window, chance)]
    cuts.sort(key=lambda cut: (cut[2] - cut[1]) // 64 + chance.random())
    together = [cuts[at : at + size] for at in range(0, len(cuts), size)]
    chance.shuffle(together)
    for some in together:
        yield _batch(some, chance, masked)


def _cut(length: int, window: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    first = chance.randrange(window) if length > window or chance.random() < 0.5 else 0
    edges = [0, *range(first, length, window), length] if first else [*range(0, length, window), length]
    for start, end in itertools.pairwise(edges):
        if end - start >= SHORTEST:
            yield start, end


def _batch(cuts: Sequence[tuple[Example, int, int]], chance: random.Random, masked: float) -> Batch:
    length = max(end - start for _, start, end in cuts) + 2
    ids, kinds, mask = (torch.zeros(len(cuts), length, dtype=torch.long) for _ in range(3))
    tags = torch.full((len(cuts), len(LABELS), length), IGNORED)
    for row, (one, start, end) in enumerate(cuts):
        count = end - start
        numbers = [MASK if chance.random() < masked else piece.id for piece in one.pieces[start:end]]
        ids[row, : count + 2] = torch.tensor([START, *numbers, END])
        kinds[row, 1 : count + 1] = torch.tensor(one.shapes[start:end])
        mask[row, : count + 2] = 1
        tags[row, :, 1 : count + 1] = torch.from_numpy(one.tags[:, start:end])
    return Batch(ids, kinds, mask, tags)
