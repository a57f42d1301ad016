"""How high each paragraph is: exact where its lines were broken, else an estimate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annotator.ui.article.metrics import Metrics

Parts = NDArray[np.float64]
_SAME = 0.01


class Heights:
    """Of the blocks of one document: their lengths in UTF-16, which end a paragraph, which are blank."""

    def __init__(
        self, lengths: NDArray[np.int64], goes_on: NDArray[np.bool_], blank: NDArray[np.bool_]
    ) -> None:
        self._lengths = lengths
        self._goes_on = goes_on
        self._blank = blank
        self._starts = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]])
        self._heights: Parts = np.zeros(len(lengths))
        self._tops: Parts = np.zeros(len(lengths) + 1)
        self._exact = np.zeros(len(lengths), dtype=bool)

    def __len__(self) -> int:
        return len(self._heights)

    def estimate(self, metrics: Metrics, width: float) -> None:
        """Start over: another width or size. No height is exact any more."""
        column, _ = metrics.column_of(width)
        lines = np.ceil(np.maximum(self._lengths, 1) * metrics.letter / column)
        gaps = np.where(self._goes_on, 0, metrics.gap)
        self._heights = np.where(self._blank, metrics.blank, lines * metrics.pitch + gaps).astype(float)
        self._heights[0] += metrics.top
        self._tops = np.concatenate([[0.0], np.cumsum(self._heights)])
        self._exact[:] = False

    def goes_on(self, block: int) -> bool:
        """Whether the paragraph of a block goes on in the next one."""
        return bool(self._goes_on[block])

    def blank(self, block: int) -> bool:
        """Whether there is nothing to read in a block."""
        return bool(self._blank[block])

    def put(self, block: int, height: float) -> bool:
        """The exact height of a block; whether it differs from what was thought."""
        difference = height - float(self._heights[block])
        self._exact[block] = True
        if abs(difference) <= _SAME:
            return False
        self._heights[block] = height
        self._tops[block + 1 :] += difference
        return True

    def unknown(self) -> NDArray[np.intp]:
        """The blocks whose height is an estimate."""
        return np.flatnonzero(~self._exact)

    def first_known(self, first: int, last: int) -> int | None:
        """The first of these blocks whose height is exact."""
        known = np.flatnonzero(self._exact[first : last + 1])
        return first + int(known[0]) if len(known) else None

    def top(self, block: int) -> float:
        """Where a block begins; the one behind the last is the end."""
        return float(self._tops[block])

    def of(self, block: int) -> float:
        return float(self._heights[block])

    @property
    def total(self) -> float:
        return float(self._tops[-1])

    def at(self, y: float) -> int:
        """The block at a height; the nearest one outside the text."""
        found = int(np.searchsorted(self._tops, y, "right")) - 1
        return min(max(0, found), len(self._heights) - 1)

    def parts(self, positions: ArrayLike, total: float) -> Parts:
        """The blocks of ascending document positions, each once, as parts of a whole height."""
        blocks = np.unique(np.searchsorted(self._starts, positions, side="right") - 1)
        found: Parts = self._tops[blocks] / max(1.0, total)
        return found
