"""Fine-tunes the network on articles; the same seed gives the same weights on the same machine."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from annotator.suggest.encoder.decoding import LABELS, TAGS
from annotator.suggest.encoder.wordpiece import WordPiece
from training.augment import Augmenter, Names
from training.examples import IGNORED, Batch, batches, example
from training.network import SpanTagger
from training.records import WINDOW, Gold


@dataclass(frozen=True)
class Recipe:
    """How the network is trained; set by cross-validation, see docs/decisions."""

    epochs: int = 16
    originals: int = 4
    """Every so many epochs, and in the last one, the articles as they are; rewritten otherwise."""
    window: int = WINDOW
    batch: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    decay: float = 0.01
    masked: float = 0.05
    """Share of pieces that are hidden from the network, so that it reads what stands around."""
    averaged: float = 0.99
    """What is kept is a running mean of the weights: the share of the old mean in the new one."""


def train(
    pretrained: Path, splitter: WordPiece, articles: Sequence[Gold], recipe: Recipe, seed: int
) -> SpanTagger:
    """The mean of the network's weights over the last steps, in evaluation mode."""
    torch.manual_seed(seed)
    np.random.seed(seed)
    chance = random.Random(seed)
    network = SpanTagger(pretrained)
    optimizer = _optimizer(network, recipe)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.averaged))
    rewrite = Augmenter(Names.made(7), articles, chance)
    plain = [example(article, splitter) for article in articles]
    began = time.monotonic()
    network.train()
    for epoch in range(recipe.epochs):
        as_is = epoch % recipe.originals == 0 or epoch == recipe.epochs - 1
        examples = plain if as_is else [example(rewrite(article), splitter) for article in articles]
        some = list(batches(examples, recipe.window, recipe.batch, chance, recipe.masked))
        total = 0.0
        for number, batch in enumerate(some):
            _set_rates(optimizer, recipe, (epoch + number / len(some)) / recipe.epochs)
            total += _step(network, optimizer, batch)
            mean.update_parameters(network)
        print(
            f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(some):.4f}, {time.monotonic() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    found: SpanTagger = mean.module.eval()
    return found


def _optimizer(network: SpanTagger, recipe: Recipe) -> torch.optim.AdamW:
    own = [*network.head.parameters(), *network.shape.parameters()]
    pretrained = [one for one in network.bert.parameters() if one.requires_grad]
    groups = [
        {"params": pretrained, "lr": recipe.encoder_rate, "top": recipe.encoder_rate},
        {"params": own, "lr": recipe.head_rate, "top": recipe.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)


def _set_rates(optimizer: torch.optim.AdamW, recipe: Recipe, part: float) -> None:
    """Up in a straight line, then down in one, to 2 %."""
    share = min(part / recipe.warm_up + 0.01, 1 - (part - recipe.warm_up) / (1 - recipe.warm_up), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = group["top"] * max(share, 0.02)


def _step(network: SpanTagger, optimizer: torch.optim.AdamW, batch: Batch) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        said = network(batch.ids, batch.shapes, batch.mask)
    found = loss(said.float(), batch.tags)
    optimizer.zero_grad()
    found.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(found.detach())


def loss(said: Tensor, tags: Tensor) -> Tensor:
    """Cross entropy, the labels added up; `tags` (windows, labels, length)."""
    scores = said.view(*said.shape[:2], len(LABELS), TAGS).permute(0, 3, 2, 1)
    return nn.functional.cross_entropy(scores, tags, ignore_index=IGNORED) * len(LABELS)
