"""The network of the accurate profile: a small BERT that is told of names, lines and capitals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor, nn
from transformers import BertConfig, BertModel

from monograph_nlp.tagging import features
from training.heads import Head


class PieceNetwork(nn.Module):
    """Word pieces and the features of their words → the scores of all tags of all heads."""

    def __init__(self, encoder: BertModel, heads: Sequence[Head], dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.told = nn.Linear(features.SIZE, encoder.config.hidden_size, bias=False)
        nn.init.zeros_(self.told.weight)  # at first it reads as it was pretrained
        self.dropout = nn.Dropout(dropout)
        self.leave = nn.Linear(encoder.config.hidden_size, sum(len(head.tags) for head in heads))

    @classmethod
    def begun(cls, folder: Path, heads: Sequence[Head]) -> PieceNetwork:
        """Return a network whose encoder is the pretrained one of a folder."""
        return cls(BertModel.from_pretrained(folder, add_pooling_layer=False), heads)

    @classmethod
    def empty(cls, config: Path, heads: Sequence[Head]) -> PieceNetwork:
        """Return a network of the shape that a ``config.json`` tells, to load weights into."""
        return cls(BertModel(BertConfig.from_json_file(config), add_pooling_layer=False), heads)

    def forward(self, pieces: Tensor, told: Tensor, attended: Tensor) -> Tensor:
        """Take (batch, pieces), (batch, pieces, features), (batch, pieces); return (…, tags)."""
        vectors = self.encoder.embeddings.word_embeddings(pieces) + self.told(told)
        states = self.encoder(inputs_embeds=vectors, attention_mask=attended).last_hidden_state
        out: Tensor = self.leave(self.dropout(states))
        return out
