"""The files of a trained encoder: network, vocabulary, weights of the scores."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from annotator import paths
from annotator.suggest.encoder import windows
from annotator.suggest.encoder.evidence import Said
from annotator.suggest.encoder.shapes import shapes
from annotator.suggest.encoder.weighing import Weights
from annotator.suggest.encoder.windows import Floats, Ints
from annotator.suggest.encoder.wordpiece import WordPiece

NETWORK: Final = "encoder.onnx"
VOCABULARY: Final = "vocab.txt"
SETTINGS: Final = "encoder.json"


def folder() -> Path:
    """Where the model that the program brings along lies."""
    return paths.resources() / "model"


class Encoder:
    """A trained encoder, read when it is first asked."""

    def __init__(self, files: Path) -> None:
        self._files = files
        self._settings: dict[str, Any] = json.loads((files / SETTINGS).read_text(encoding="utf-8"))
        self.version: str = self._settings["version"]
        self.window: int = self._settings["window"]
        self.overlap: int = self._settings["overlap"]
        self.weights = {
            label: Weights(one["bias"], tuple(one["factors"]), one["threshold"])
            for label, one in self._settings["weights"].items()
        }

    def windows_of(self, text: str) -> list[tuple[Ints, Ints]]:
        """What the network is asked about a text."""
        pieces = self._splitter.pieces(text)
        kinds = shapes(text, pieces)
        ranges = windows.ranges(len(pieces), self.window, self.overlap)
        return [windows.framed(pieces, kinds, start, end) for start, end in ranges]

    def said(self, text: str) -> Said:
        """What the network says of a text."""
        pieces = self._splitter.pieces(text)
        run = windows.run(self.network, pieces, shapes(text, pieces), self.window, self.overlap)
        return Said(text, pieces, run)

    @cached_property
    def _splitter(self) -> WordPiece:
        return WordPiece(self._files / VOCABULARY)

    @cached_property
    def network(self) -> windows.Network:
        """The network, on one core."""
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(self._files / NETWORK), options, providers=["CPUExecutionProvider"]
        )

        def run(ids: Ints, kinds: Ints) -> Floats:
            found: Floats = session.run(None, {"ids": ids, "shapes": kinds})[0]
            return found

        return run
