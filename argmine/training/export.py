"""Write a trained network as a model folder: int8 ONNX, calibrated, described."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import matmul_nbits_quantizer
from torch import Tensor, nn

from argmine.model import folder
from argmine.training.network import BLOCK, BlockEmbedding, SegmentClassifier

if TYPE_CHECKING:
    from pathlib import Path

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
    """Write ``model.onnx`` with 8-bit weights, each block of 32 with a scale of its own.

    Weights are multiplied in float.  Quantising what flows between the layers as well is
    twice as fast, but costs two to eight points of macro-F1 on the rare labels and, with
    scales measured at run time, makes a sentence's scores depend on its batch mates.
    """
    whole = destination / "model.fp32.onnx"
    # Exporter and quantiser log a line a node.
    logging.disable(logging.WARNING)
    try:
        _export(network, whole)
        settings = matmul_nbits_quantizer.DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=True, bits=8, op_types_to_quantize=("MatMul",)
        )
        quantiser = matmul_nbits_quantizer.MatMulNBitsQuantizer(
            onnx.load(whole), algo_config=settings
        )
        quantiser.process()
    finally:
        logging.disable(logging.NOTSET)
    model = quantiser.model.model
    # The exporter notes where each node came from: paths of the machine it ran on.
    for part in (model, *model.graph.node, *model.graph.value_info):
        del part.metadata_props[:]
    onnx.save(model, destination / folder.NETWORK)
    whole.unlink()


def _export(network: SegmentClassifier, path: Path) -> None:
    encoder = network.encoder
    words = encoder.get_input_embeddings()  # type: ignore[operator]
    encoder.set_input_embeddings(BlockEmbedding(words.weight))  # type: ignore[operator]
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
            str(path),
            input_names=list(_INPUTS),
            output_names=list(network.tasks),
            dynamic_shapes=({0: rows, 1: width},) * len(_INPUTS),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    encoder.set_input_embeddings(words)  # type: ignore[operator]
