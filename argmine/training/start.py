"""What a training starts from: an encoder that is looked at before any time is spent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from huggingface_hub import snapshot_download
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer
from transformers import AutoConfig
from transformers.utils import logging as transformers_logging

from argmine.errors import DataError
from argmine.model import folder
from argmine.model.inputs import RowMaker, Window
from argmine.training.network import BLOCK, SegmentClassifier
from argmine.training.restore import heads_of, restore

if TYPE_CHECKING:
    from argmine.training.config import TrainingConfig

# Its bars would run through ours.
transformers_logging.disable_progress_bar()

# No weights but safetensors are ever fetched, and no code.
STARTED_FROM = "started-from"
_WANTED = ["config.json", "tokenizer*", "*.safetensors"]


def find(settings: TrainingConfig, work: Path) -> Path:
    """Return the folder of the encoder.

    That of a model of argmine is made of its 8-bit weights, into ``work``; a name that is
    neither a folder nor a model that ships is looked for in the hub.

    Raises:
        DataError: It is not to be had, or cannot be trained from with these settings.
    """
    shipped = model(settings.encoder)
    path = Path(settings.encoder)
    if shipped is not None:
        path = work / STARTED_FROM
        restore(shipped, path)
    elif not path.is_dir():
        try:
            path = Path(snapshot_download(settings.encoder, allow_patterns=_WANTED))
        except Exception as error:  # noqa: BLE001 - the hub raises many kinds, all mean no
            msg = (
                f"{settings.encoder}: no such folder or model, and not to be had from the hub "
                f"({type(error).__name__}); `argmine models encoder` makes an encoder"
            )
            raise DataError(msg) from None
    _check(path, settings.window)
    return path


def tokenizer(encoder: str) -> Tokenizer:
    """Return the tokenizer of an encoder folder, or of a model.

    Raises:
        DataError: It has none, or none that can be read.
    """
    path = (model(encoder) or Path(encoder)) / folder.TOKENIZER
    if not path.is_file():
        msg = f"{path}: no tokenizer there; `argmine models encoder` makes an encoder"
        raise DataError(msg)
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - the library raises no type of its own
        msg = f"{path}: not a tokenizer: {error}"
        raise DataError(msg) from None


def model(encoder: str) -> Path | None:
    """Return the model folder of that name or place, if there is one."""
    places = [Path(encoder), *(path for path in folder.shipped() if path.name == encoder)]
    return next((path for path in places if (path / folder.DESCRIPTION).is_file()), None)


def network(settings: TrainingConfig) -> SegmentClassifier:
    """Return the network before training, frozen where the method leaves it be.

    A model of argmine that answers a task with the same labels gives its head too.

    Raises:
        DataError: The encoder's weights cannot be loaded.
    """
    heads = {name: len(task.labels) for name, task in settings.tasks.items()}
    try:
        made = SegmentClassifier.from_encoder(
            settings.encoder, heads, settings.loop.dropout, settings.window.sentences
        )
    except Exception as error:  # noqa: BLE001 - transformers raises whatever a checkpoint provokes
        msg = f"{settings.encoder}: its weights cannot be loaded (safetensors are needed): {error}"
        raise DataError(msg) from None
    _take_heads(made, settings)
    if settings.method == "lora":
        added = LoraConfig(
            r=settings.lora.rank,
            lora_alpha=settings.lora.alpha,
            target_modules="all-linear",
            lora_dropout=0.0,
        )
        made.encoder = get_peft_model(made.encoder, added)
    if settings.method == "head":
        made.encoder.requires_grad_(requires_grad=False)
    return made


def _take_heads(made: SegmentClassifier, settings: TrainingConfig) -> None:
    tasks = {name: task.labels for name, task in settings.tasks.items()}
    found = heads_of(Path(settings.encoder), tasks)
    with torch.no_grad():
        for task, head in zip(made.tasks, made.linear_heads(), strict=True):
            if f"{task}/weight" in found:
                head.weight.copy_(torch.from_numpy(found[f"{task}/weight"]))
                head.bias.copy_(torch.from_numpy(found[f"{task}/bias"]))


def _check(path: Path, window: Window) -> None:
    try:
        config = AutoConfig.from_pretrained(str(path), trust_remote_code=False)
    except Exception as error:  # noqa: BLE001 - as above
        msg = f"{path}: no encoder: {error}"
        raise DataError(msg) from None
    maker = RowMaker(tokenizer(str(path)), window)
    if config.hidden_size % BLOCK:
        msg = f"{path}: hidden_size is {config.hidden_size}; a multiple of {BLOCK} is needed"
        raise DataError(msg)
    # RoBERTa and its kin count positions from the padding on.
    most = config.max_position_embeddings - (maker.pad + 1 if "roberta" in config.model_type else 0)
    if window.longest() > most:
        msg = (
            f"{path}: reads {most} pieces, the window has up to {window.longest()}; "
            "lower window.sentence, before, after or target"
        )
        raise DataError(msg)
