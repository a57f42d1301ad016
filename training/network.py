"""The network: a small pretrained BERT, the shapes of words added, one head for each label."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, BertModel
from transformers.masking_utils import sdpa_mask

from annotator.suggest.encoder.decoding import LABELS, TAGS
from annotator.suggest.encoder.shapes import KINDS

DROPOUT: Final = 0.1
_ATTENTION: Final = "matmul"


def _attention(
    _module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, **_: object
) -> tuple[Tensor, None]:
    """Two products and a softmax: in bfloat16 faster than the fused kernel, and plain in ONNX."""
    scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2))
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    read = torch.matmul(nn.functional.softmax(scores, -1), value.to(scores.dtype))
    return read.transpose(1, 2).contiguous(), None


AttentionInterface.register(_ATTENTION, _attention)
AttentionMaskInterface.register(_ATTENTION, sdpa_mask)


class SpanTagger(nn.Module):
    """Scores of the tags of each label for each piece.

    The vocabulary is uncased, so the shape of each word is added to its embedding (nothing at
    first) and given to the head, with those of both neighbours.
    """

    def __init__(self, pretrained: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            pretrained, add_pooling_layer=False, attn_implementation=_ATTENTION
        )
        width = self.bert.config.hidden_size
        self.shape = nn.Embedding(KINDS, width)
        nn.init.zeros_(self.shape.weight)
        self.drop = nn.Dropout(DROPOUT)
        self.head = nn.Sequential(
            nn.Linear(width + 3 * KINDS, width),
            nn.GELU(),
            nn.Dropout(DROPOUT),
            nn.Linear(width, len(LABELS) * TAGS),
        )
        self.bert.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """(articles, pieces) of numbers and shapes to (articles, pieces, labels * tags)."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        seen = nn.functional.one_hot(shapes, KINDS).to(hidden.dtype)
        none = torch.zeros_like(seen[:, :1])
        around = [torch.cat([none, seen[:, :-1]], 1), torch.cat([seen[:, 1:], none], 1)]
        return self.head(torch.cat([self.drop(hidden), seen, *around], -1))
