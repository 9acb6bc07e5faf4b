"""Read the weights back out of a model folder, rounded to 8 bits as they are."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors import safe_open
from safetensors.numpy import save_file

from argmine.errors import ModelError
from argmine.model import folder
from argmine.training.encoder import write_tokenizer_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

HEADS = "heads.safetensors"
_TASKS = "tasks"
_PREFIX = "network.encoder."
_HEADS = "network.heads."
_WORDS = "embeddings.word_embeddings.weight"
# Eight bits without sign: the middle stands for nought.
_MIDDLE = 128


def restore(model: Path, destination: Path) -> int:
    """Write a Hugging Face checkpoint folder with the encoder of a model; return its pieces.

    The heads stand beside it, by task, for a training of the same tasks to go on with.

    Raises:
        ModelError: The model was not exported by argmine, or is damaged.
    """
    info = folder.read(model)
    if not info.encoder_config:
        msg = f"{model}: {folder.DESCRIPTION} has no encoder_config, so its layout is not known"
        raise ModelError(msg)
    whole = encoder_weights(model)
    destination.mkdir(parents=True, exist_ok=True)
    # The metadata tells transformers whose layout it is.
    save_file(whole, str(destination / "model.safetensors"), metadata={"format": "pt"})
    (destination / "config.json").write_text(json.dumps(info.encoder_config, indent=1))
    save_file(
        {
            f"{task}/{part}": weights
            for number, task in enumerate(info.tasks)
            for part, weights in _parts(head_weights(model), number)
        },
        str(destination / HEADS),
        # One entry: several are written in any order, and the file must be the same each time.
        metadata={_TASKS: json.dumps({task: spec.labels for task, spec in info.tasks.items()})},
    )
    shutil.copyfile(model / folder.TOKENIZER, destination / folder.TOKENIZER)
    write_tokenizer_settings(destination)
    return len(whole[_WORDS])


def _parts(
    heads: dict[str, NDArray[np.float32]], number: int
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for part in ("weight", "bias"):
        yield part, np.ascontiguousarray(heads[f"{number}.{part}"], dtype=np.float32)


def heads_of(encoder: Path, tasks: Mapping[str, Sequence[str]]) -> dict[str, NDArray[np.float32]]:
    """Return ``TASK/weight`` and ``TASK/bias`` of the tasks that a restored model had too.

    Their rows are in the order of the labels that are asked for; a task of other labels
    is another task.
    """
    path = encoder / HEADS
    if not path.is_file():
        return {}
    with safe_open(str(path), "np") as file:
        told = json.loads((file.metadata() or {}).get(_TASKS, "{}"))
        return {
            f"{task}/{part}": file.get_tensor(f"{task}/{part}")[
                [told[task].index(label) for label in labels]
            ]
            for task, labels in tasks.items()
            if sorted(told.get(task, ())) == sorted(labels)
            for part in ("weight", "bias")
        }


def head_weights(model: Path) -> dict[str, NDArray[np.float32]]:
    """Return the weights of the heads, ``0.weight`` and so on, in the order of the tasks."""
    graph = onnx.load(model / folder.NETWORK).graph
    return {
        tensor.name.removeprefix(_HEADS): numpy_helper.to_array(tensor)
        for tensor in graph.initializer
        if tensor.name.startswith(_HEADS)
    }


def encoder_weights(model: Path) -> dict[str, NDArray[np.float32]]:
    """Return the weights of the encoder by their names in the Hugging Face checkpoint.

    Raises:
        ModelError: The model was not exported by argmine.
    """
    graph = onnx.load(model / folder.NETWORK).graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    weights = {
        name.removeprefix(_PREFIX): numpy_helper.to_array(tensor)
        for name, tensor in stored.items()
        if name.startswith(_PREFIX) and tensor.data_type == onnx.TensorProto.FLOAT
    }
    followers = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            bias = next((n for n in followers[node.output[0]].input if n.startswith(_PREFIX)), None)
            if bias is None:
                msg = f"{model}: its network is not laid out as argmine exports them"
                raise ModelError(msg)
            packed, scales = (numpy_helper.to_array(stored[name]) for name in node.input[1:3])
            name = bias.removeprefix(_PREFIX).removesuffix("bias") + "weight"
            weights[name] = _unpacked(packed.astype(np.float32) - _MIDDLE, scales)
    weights[_WORDS] = _words(stored)
    return {name: np.ascontiguousarray(values) for name, values in weights.items()}


def _unpacked(values: NDArray[np.float32], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a matrix from blocks of 32 values with a scale each."""
    blocks = values.reshape(*scales.shape, -1) * scales[..., None].astype(np.float32)
    found: NDArray[np.float32] = blocks.reshape(len(scales), -1).astype(np.float32)
    return found


def _words(stored: dict[str, onnx.TensorProto]) -> NDArray[np.float32]:
    """Return the word vectors: the only tensor of signed bytes, and its scales."""
    [values] = [t for t in stored.values() if t.data_type == onnx.TensorProto.INT8]
    [scales] = [
        t
        for t in stored.values()
        if t.data_type == onnx.TensorProto.FLOAT16 and t.dims[:2] == values.dims[:2]
    ]
    found = numpy_helper.to_array(scales)[..., 0]
    return _unpacked(numpy_helper.to_array(values).astype(np.float32), found)
