"""Long texts in windows that the network takes, each piece read where it lies deepest."""

from __future__ import annotations

import math
from collections.abc import Callable

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
    length = len(pieces)
    found: Floats | None = None
    depth = np.full(length, -1)
    for start, end in ranges(length, window, overlap):
        said = network(*framed(pieces, shapes, start, end))[0][1:-1]
        if found is None:
            found = np.zeros((length, said.shape[1]), dtype=np.float32)
        place = np.arange(end - start)
        # The ends of the text are no edges: nothing is missing there.
        left = place if start else np.full(end - start, length)
        right = place[::-1] if end < length else np.full(end - start, length)
        deeper = np.minimum(left, right) > depth[start:end]
        found[start:end][deeper] = said[deeper]
        depth[start:end][deeper] = np.minimum(left, right)[deeper]
    return found if found is not None else np.zeros((0, 0), dtype=np.float32)
