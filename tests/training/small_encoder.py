"""A BERT of a few hundred weights with a vocabulary of a few pieces; it needs torch."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from transformers import BertConfig, BertModel

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PIECES = (*SPECIAL, *"abcdehinoprstu", *(f"##{letter}" for letter in "abcdehinoprstu"))
WORDS = ("rash", "pain", "the", "is", "##its", "king", "throne")


def make(folder: Path) -> Path:
    """Write weights, configuration and tokenizer as the base package has them."""
    folder.mkdir(parents=True)
    vocabulary = {piece: number for number, piece in enumerate((*PIECES, *WORDS))}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(list(SPECIAL))
    borders = [(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=borders
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def config_of(folder: Path) -> dict[str, object]:
    """Return an encoder's configuration."""
    config: dict[str, object] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config
