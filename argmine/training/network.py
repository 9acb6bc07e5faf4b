"""The trained network: an encoder, and one linear head for each question asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BLOCK = 32


class BlockEmbedding(nn.Module):
    """Frozen word vectors in 8 bits, each block of 32 values with a scale of its own.

    Multilingual encoders keep half their weights here.  A lookup touches a few rows
    only, so a finer scale than the usual one per tensor costs nothing.
    """

    values: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        """Quantise ``weight``, shape ``(pieces, width)``."""
        super().__init__()
        blocks = weight.detach().float().view(weight.shape[0], -1, BLOCK)
        scales = blocks.abs().amax(dim=-1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("values", (blocks / scales).round().to(torch.int8))
        self.register_buffer("scales", scales.half())

    def forward(self, ids: Tensor) -> Tensor:
        """Return vectors of shape ``(rows, width, hidden)``."""
        found = self.values[ids].float() * self.scales[ids].float()
        return found.flatten(-2)


class SegmentClassifier(nn.Module):
    """Judge sentences in their context: one encoder pass, all questions at once."""

    def __init__(
        self, encoder: nn.Module, hidden: int, heads: Mapping[str, int], sentences: int = 1
    ) -> None:
        """Take a loaded encoder; ``heads`` maps each question to its label count.

        A row may hold up to ``sentences`` that are to be judged.
        """
        super().__init__()
        self.encoder = encoder
        self.sentences = sentences
        self.dropout = nn.Dropout(0.1)
        self.tasks = tuple(heads)
        self.labels = dict(heads)
        self.heads = nn.ModuleList(nn.Linear(2 * hidden, labels) for labels in heads.values())

    @classmethod
    def from_encoder(
        cls, source: str | Path, heads: Mapping[str, int], dropout: float = 0.0, sentences: int = 1
    ) -> SegmentClassifier:
        """Start from the folder of a Hugging Face encoder.

        Only safetensors weights are read and no code of the checkpoint is run.
        """
        name = str(source)
        config = AutoConfig.from_pretrained(name, trust_remote_code=False)
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
        # On a processor the fused attention's backward pass takes twice the time of the
        # plain one.
        given = {
            "config": config,
            "trust_remote_code": False,
            "use_safetensors": True,
            "attn_implementation": "eager",
        }
        try:
            encoder = AutoModel.from_pretrained(name, add_pooling_layer=False, **given)
        except TypeError:  # an architecture that has no such layer
            encoder = AutoModel.from_pretrained(name, **given)
        encoder.get_input_embeddings().weight.requires_grad_(requires_grad=False)
        return cls(encoder, config.hidden_size, heads, sentences)

    def linear_heads(self) -> list[nn.Linear]:
        """Return the heads in the order of the tasks."""
        return [head for head in self.heads if isinstance(head, nn.Linear)]

    def pooled(self, ids: Tensor, mask: Tensor, own: Tensor) -> Tensor:
        """Return the mean of each sentence's pieces beside the first piece of its row.

        ``own`` numbers the pieces of a row's sentences from 1 on; what stands for a
        sentence that a row lacks means nothing.

        *Shape:* ``(rows, sentences, 2 * hidden)``.
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        numbers = torch.arange(1, self.sentences + 1)
        weights = (own.unsqueeze(1) == numbers.view(1, -1, 1)).to(states.dtype)
        mean = weights @ states / weights.sum(-1, keepdim=True).clamp(min=1.0)
        return torch.cat([mean, states[:, :1].expand(-1, self.sentences, -1)], dim=-1)

    def forward(self, ids: Tensor, mask: Tensor, own: Tensor) -> dict[str, Tensor]:
        """Return logits by question, each of shape ``(rows, sentences, labels)``."""
        vectors = self.dropout(self.pooled(ids, mask, own))
        # The heads see a plain matrix: as one they are exported, and stay unrounded.
        flat, shape = vectors.flatten(0, 1), vectors.shape[:2]
        return {
            task: head(flat).unflatten(0, shape)
            for task, head in zip(self.tasks, self.heads, strict=True)
        }
