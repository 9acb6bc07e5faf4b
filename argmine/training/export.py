"""Write a trained network as a model folder: int8 ONNX, calibrated, described."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from argmine.model import folder
from argmine.training.network import BlockEmbedding, SegmentClassifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_INPUTS = ("ids", "mask", "own")
_EXAMPLE_SHAPE = (2, 17)


class _Logits(nn.Module):
    """The network with its answers as a tuple, which the exporter can name."""

    def __init__(self, network: SegmentClassifier) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, own: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.network(ids, mask, own).values())


def write_onnx(network: SegmentClassifier, destination: Path) -> None:
    """Write ``model.onnx`` with 8-bit weights.

    Word vectors are quantised in blocks of 32 and multiplied in float; the matrices of
    the layers have one scale a column and their inputs are quantised as they come.
    """
    encoder = network.encoder
    words = encoder.get_input_embeddings()  # type: ignore[operator]
    encoder.set_input_embeddings(BlockEmbedding(words.weight))  # type: ignore[operator]
    whole = destination / "model.fp32.onnx"
    ones = torch.ones(_EXAMPLE_SHAPE, dtype=torch.int64)
    # With nothing padded the exporter would drop the mask as having no effect.
    mask = ones.clone()
    mask[0, -3:] = 0
    rows, width = torch.export.Dim("rows"), torch.export.Dim("width")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Logits(network).eval(),
            (ones * 5, mask, mask.clone()),
            str(whole),
            input_names=list(_INPUTS),
            output_names=list(network.tasks),
            dynamic_shapes=({0: rows, 1: width},) * len(_INPUTS),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    encoder.set_input_embeddings(words)  # type: ignore[operator]
    # The quantiser logs a line a node on the root logger.
    logging.disable(logging.INFO)
    try:
        quantize_dynamic(
            whole,
            destination / folder.NETWORK,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        logging.disable(logging.NOTSET)
    whole.unlink()


def temperature(logits: NDArray[np.float32], gold: Sequence[int]) -> float:
    """Return the temperature with the least log loss on labelled data.

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks.
    """
    labels = np.asarray(gold)

    def loss(value: float) -> float:
        scaled = logits / value
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_share = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_share[np.arange(len(labels)), labels].mean())

    return min((round(0.3 + 0.02 * step, 2) for step in range(136)), key=loss)


def write_description(destination: Path, info: Mapping[str, str], tables: Sequence[str]) -> None:
    """Write ``model.toml``: the strings of ``info``, the tables, then the files."""
    lines = ["schema = 1", *(f"{key} = {_quoted(text)}" for key, text in info.items())]
    lines += ["", *tables]
    for name in (folder.NETWORK, folder.TOKENIZER):
        path = destination / name
        lines += [
            f"[files.{_quoted(name)}]",
            f'sha256 = "{folder.digest(path)}"',
            f"bytes = {path.stat().st_size}",
            "",
        ]
    text = "\n".join(lines).rstrip() + "\n"
    (destination / folder.DESCRIPTION).write_text(text, encoding="utf-8")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
