"""Run the network of a model folder: OpenVINO on a processor, ONNX Runtime on a GPU.

On processors that multiply bfloat16 numbers (AMX, AVX-512 BF16) OpenVINO does so, which is
five times as fast as float32 there; elsewhere, and where it is asked to, it computes in
float32.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Literal, Protocol

import openvino
from openvino import passes

from argmine.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from argmine.model.inputs import Batch

Device = Literal["cpu", "cuda"]
Precision = Literal["auto", "float32"]
Answers = dict[str, "NDArray[np.float32]"]


class Engine(Protocol):
    """A loaded network; threads may share it."""

    def __call__(self, batch: Batch) -> Answers:
        """Return logits by task, each of shape ``(rows, sentences, labels)``.

        A network of one sentence a row may have no axis for it.
        """
        ...

    def prepare(self) -> None:
        """Do what the first call would have to do first."""
        ...


def load(
    path: Path, tasks: Mapping[str, int], device: Device, precision: Precision, threads: int
) -> Engine:
    """Load a network for so many threads that call it side by side.

    ``tasks`` maps what it is asked to its number of labels.

    Raises:
        ModelError: It cannot be loaded, answers something else, or the device is not to be
            had.
    """
    if device == "cuda":
        return _Cuda(path, tasks)
    return _Processor(path, tasks, arithmetic(device, precision), threads)


def arithmetic(device: Device, precision: Precision) -> str:
    """Return the kind of number that scores will be computed with, such as bfloat16."""
    able = device == "cpu" and "BF16" in openvino.Core().get_property(
        "CPU", "OPTIMIZATION_CAPABILITIES"
    )
    return "bfloat16" if able and precision == "auto" else "float32"


class _Processor:
    """The network on a processor: one stream and one request for each thread.

    It is compiled when first asked, in the process that asks: what OpenVINO has started
    does not outlive a fork.
    """

    def __init__(self, path: Path, tasks: Mapping[str, int], kind: str, threads: int) -> None:
        self._tasks = tuple(tasks)
        self._settings = {
            "INFERENCE_PRECISION_HINT": "bf16" if kind == "bfloat16" else "f32",
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": threads,
            # Processes that each pin their first thread would share one core.
            "ENABLE_CPU_PINNING": False,
        }
        try:
            self._network = openvino.Core().read_model(path)
        except Exception as error:  # noqa: BLE001 - its error types share no base class
            msg = f"{path}: OpenVINO cannot load it: {error}"
            raise ModelError(msg) from None
        answers = _answers(self._network)
        for task, labels in tasks.items():
            if answers.get(task, 0) not in (labels, None):
                told = answers.get(task, 0)
                msg = f"{path}: has {told} labels for {task!r}, and its description {labels}"
                raise ModelError(msg)
        self._compiled: openvino.CompiledModel | None = None
        self._process = 0
        self._lock = threading.Lock()
        self._requests = threading.local()

    def __call__(self, batch: Batch) -> Answers:
        request = getattr(self._requests, "own", None)
        if request is None or self._process != os.getpid():
            request = self._requests.own = self._ready().create_infer_request()
        found = request.infer(_inputs(batch), share_inputs=True)
        return {task: found[task].copy() for task in self._tasks}

    def prepare(self) -> None:
        self._ready()

    def _ready(self) -> openvino.CompiledModel:
        with self._lock:
            if self._compiled is None:
                _unguard(self._network)
                # Weights are unpacked once here, not again for every batch.
                manager = passes.Manager()
                manager.register_pass(passes.ConstantFolding())
                manager.run_passes(self._network)
                self._compiled = openvino.Core().compile_model(self._network, "CPU", self._settings)
                self._process = os.getpid()
        if self._process != os.getpid():
            msg = (
                "a model that has been used cannot be used on in a forked process: fork "
                "before its first use, or start processes with 'spawn'"
            )
            raise ModelError(msg)
        return self._compiled


def _answers(network: openvino.Model) -> dict[str, int | None]:
    """Return the number of labels of each output by name, None where it is not told."""
    widths = ((output, output.partial_shape[-1]) for output in network.outputs)
    return {
        name: width.get_length() if width.is_static else None
        for output, width in widths
        for name in output.get_names()
    }


def _unguard(network: openvino.Model) -> None:
    """Take away what guards attention against rows that attend to nothing: there are none.

    Without it the engine does the steps of attention in one.
    """
    for guard in network.get_ops():
        if guard.get_type_name() != "Select":
            continue
        asked, value = guard.input_value(0).get_node(), guard.input_value(2)
        if asked.get_type_name() == "IsNaN" and asked.input_value(0) == value:
            for consumer in guard.output(0).get_target_inputs():
                consumer.replace_source_output(value)


class _Cuda:
    """The network on a GPU."""

    def __init__(self, path: Path, tasks: Mapping[str, int]) -> None:
        provider = "CUDAExecutionProvider"
        msg = "device 'cuda' needs the extra cuda (onnxruntime-gpu) and a GPU; use --device cpu"
        try:
            import onnxruntime  # noqa: PLC0415 - an extra
        except ImportError:
            raise ModelError(msg) from None
        if provider not in onnxruntime.get_available_providers():
            raise ModelError(msg)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._tasks = tuple(tasks)
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=[provider])
        except Exception as error:  # noqa: BLE001 - its error types share no base class
            msg = f"{path}: ONNX Runtime cannot load it: {error}"
            raise ModelError(msg) from None

    def __call__(self, batch: Batch) -> Answers:
        values = self._session.run(list(self._tasks), _inputs(batch))
        return dict(zip(self._tasks, values, strict=True))

    def prepare(self) -> None:
        """Nothing is left to be done."""


def _inputs(batch: Batch) -> Mapping[str, NDArray[np.int64]]:
    return {"ids": batch.ids, "mask": batch.mask, "own": batch.own}
