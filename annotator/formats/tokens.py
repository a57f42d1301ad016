"""Tokens as spaCy cuts them, and cut again at the edges of spans, so that no span is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Ints = NDArray[np.int64]

_RENEWED: Final = 10_000_000
"""After so many characters the tokenizer is made anew: it remembers every word that it met."""


class Tokens(NamedTuple):
    """Places of the tokens (code points, white space between words aside) and whether a space follows."""

    starts: Ints
    ends: Ints
    spaces: NDArray[np.bool_]

    def of(self, spans: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
        """The first token of each span and the one behind its last; edges must be those of tokens."""
        import numpy as np

        first = np.searchsorted(self.starts, [span["start"] for span in spans])
        last = np.searchsorted(self.ends, [span["end"] for span in spans])
        return list(zip(first.tolist(), (last + 1).tolist(), strict=True))


class _Tokenizer:
    """spaCy's English tokenizer, made at the first text. Its memory does not grow with the texts."""

    def __init__(self) -> None:
        self._nlp: Any = None
        self._read = 0

    def doc(self, text: str) -> Doc:
        if self._nlp is None or self._read >= _RENEWED:
            import spacy

            self._nlp = spacy.blank("en")
            self._nlp.vocab.lex_attr_getters = {}  # what else each new word is like takes a quarter of the time
            self._read = 0
        self._read += len(text)
        doc: Doc = self._nlp.tokenizer(text)
        return doc


_tokenizer: Final = _Tokenizer()


def tokens_of(text: str, spans: Sequence[Mapping[str, Any]]) -> Tokens:
    """The tokens of a text, each of which lies inside or outside of each span."""
    return _cut(_places(_tokenizer.doc(text)), spans)


def _places(doc: Doc) -> Tokens:
    import numpy as np

    lengths, spaces = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).reshape(-1, 2).T
    ends = np.cumsum(lengths + spaces) - spaces
    return Tokens(ends - lengths, ends, spaces.astype(bool))


def _cut(tokens: Tokens, spans: Sequence[Mapping[str, Any]]) -> Tokens:
    """The same tokens, parted at the edges of spans; a space that a span begins or ends with is one itself."""
    import numpy as np

    starts, ends, spaces = tokens
    if not spans or not len(starts):
        return tokens
    first = np.fromiter((span["start"] for span in spans), np.int64, len(spans))
    last = np.fromiter((span["end"] for span in spans), np.int64, len(spans))
    edges = np.unique(np.concatenate((first, last)))
    around = np.maximum(np.searchsorted(starts, edges, "right") - 1, 0)
    inside = edges[(starts[around] < edges) & (edges < ends[around])]
    at_space = np.concatenate((first, last - 1))
    before = np.minimum(np.searchsorted(ends, at_space), len(ends) - 1)
    own = np.unique(before[(ends[before] == at_space) & spaces[before]])
    if not len(inside) and not len(own):
        return tokens
    kept = spaces.copy()
    kept[own] = False
    new_starts = np.sort(np.concatenate((starts, inside, ends[own])))
    new_ends = np.concatenate((ends, inside, ends[own] + 1))
    new_spaces = np.concatenate((kept, np.zeros(len(inside) + len(own), bool)))
    order = np.argsort(new_ends)
    return Tokens(new_starts, new_ends[order], new_spaces[order])
