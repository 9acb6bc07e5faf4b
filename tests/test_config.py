"""Configuration files: what ships loads, what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmine import config
from argmine.errors import ConfigError
from argmine.pipeline import PipelineConfig

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "configs").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_configuration_loads(path: Path) -> None:
    """A file in configs/ is a pipeline or a training."""
    if path.stem.startswith("train"):
        from argmine.training.config import TrainingConfig

        assert config.read(path, TrainingConfig).name
    else:
        assert config.read(path, PipelineConfig).layers


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('layer = ["role"]', "unknown key 'layer'; did you mean 'layers'", id="key"),
        pytest.param("[readers]\ntext = 'x'", "'readers.text'; did you mean 'text_key'", id="deep"),
        pytest.param('layers = ["rolle"]', "layers", id="value"),
        pytest.param("batch_size = 0", "batch_size: Expected `int` >= 1", id="range"),
        pytest.param("layers = [", "not valid TOML", id="syntax"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    """The message holds file, key and what would be right."""
    path = tmp_path / "my.toml"
    path.write_text(text)

    with pytest.raises(ConfigError, match=r"my\.toml") as caught:
        config.read(path, PipelineConfig)

    assert says in str(caught.value)


def test_all_unknown_keys_are_named_at_once() -> None:
    """Nobody wants to mend a file key by key."""
    with pytest.raises(ConfigError, match=r"(?s)'unitt'.*'modle'"):
        config.parse({"unitt": 1, "modle": 2}, PipelineConfig, where="x")
