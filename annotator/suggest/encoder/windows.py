"""Long texts in windows that the network takes, each piece read where it lies deepest."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annotator.suggest.encoder.wordpiece import Piece

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Network = Callable[[Ints, Ints], Floats]
"""Piece numbers and shapes, each (1, length) with its two end marks, to (1, length, tags)."""

START, END = 101, 102
"""The vocabulary's marks around a window: [CLS] and [SEP]."""


def ranges(length: int, window: int, overlap: int) -> list[tuple[int, int]]:
    """Half-open ranges of equal size, at most `window` pieces, neighbours sharing about `overlap`."""
    count = max(1, math.ceil((length - overlap) / (window - overlap)))
    size = math.ceil((length + (count - 1) * overlap) / count)
    if count == 1:
        return [(0, length)] if length else []
    starts = [round(step * (length - size) / (count - 1)) for step in range(count)]
    return [(start, start + size) for start in starts]


def framed(pieces: list[Piece], shapes: list[int], start: int, end: int) -> tuple[Ints, Ints]:
    """A window as the network takes it, between its end marks."""
    ids = [START, *(piece.id for piece in pieces[start:end]), END]
    return np.array([ids], dtype=np.int64), np.array([[0, *shapes[start:end], 0]], dtype=np.int64)


def run(network: Network, pieces: list[Piece], shapes: list[int], window: int, overlap: int) -> Floats:
    """What the network says of each piece, (pieces, tags)."""
    asked = ranges(len(pieces), window, overlap)
    # Where two windows share pieces, each has those that lie nearer to its middle.
    cuts = [0, *((end + start + 1) // 2 for (_, end), (start, _) in pairwise(asked)), len(pieces)]
    found = []
    for (start, end), (first, last) in zip(asked, pairwise(cuts), strict=False):
        said = network(*framed(pieces, shapes, start, end))[0]
        found.append(said[1 + first - start : 1 + last - start])
    return np.concatenate(found) if found else np.zeros((0, 0), dtype=np.float32)
