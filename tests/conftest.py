"""What several tests need: where things lie, a loaded pipeline, a tiny encoder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import argmine

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The seed articles."""
    return ROOT / "seeds" / "articles"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data beside the checkout, which not every machine has."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def pipeline() -> argmine.Pipeline:
    """The default pipeline with the shipped model."""
    return argmine.load()


@pytest.fixture(scope="session")
def rules() -> argmine.Pipeline:
    """A pipeline of rules alone, without model."""
    return argmine.load(argmine.PipelineConfig(layers=["segments", "figures"]))


@pytest.fixture
def cli(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a process of its own, in an empty folder."""

    def run(*arguments: object, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "argmine", *map(str, arguments)],
            input=raw,
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT with random weights of a fixed seed and a vocabulary of words and characters."""
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("encoder")
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    letters = [chr(code) for code in range(33, 127)] + list("▁美国关税中国好坏的是不对。，")
    words = [
        f"▁{word}"
        for word in ("US", "New", "Old", "Steel", "tariffs", "are", "good", "bad", "here")
    ]
    vocabulary = [(token, 0.0) for token in specials]
    vocabulary += [(word, -1.0) for word in words] + [(c, -2.0) for c in letters]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens(specials)
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=320,
        pad_token_id=1,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented labelled rows whose stance hangs on one word."""
    rows = [
        {
            "text": f"{place} tariffs are {word}" if lang == "en" else f"美国关税{word}",
            "prev": None,
            "next": "And so on.",
            "lang": lang,
            "role": "claim" if word in ("good", "bad", "好", "坏") else "evidence",
            "stance": {"us_policy": label},
        }
        for place in ("US", "New", "Old", "Steel")
        for lang, word, label in (
            ("en", "good", "favor"),
            ("en", "bad", "against"),
            ("en", "here", "neutral"),
            ("zh", "好", "favor"),
            ("zh", "坏", "against"),
            ("zh", "的", "neutral"),
        )
    ]
    path = tmp_path_factory.mktemp("labelled") / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
