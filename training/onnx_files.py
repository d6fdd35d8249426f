"""A network as an ONNX file, its weights in bytes or in floats."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

_OPERATIONS = 17  # version of the set of operations, which onnxruntime reads since 1.12


def write_network(
    network: torch.nn.Module,
    path: Path,
    inputs: Mapping[str, torch.Tensor],
    axes: Mapping[str, Mapping[int, str]],
    *,
    in_bytes: bool,
) -> None:
    """Write a network whose one output is ``scores``.

    Args:
        network: in the state in which it is to be run.
        path: the file to write.
        inputs: names of the inputs, in order, and an example of each.
        axes: names of inputs and of ``scores`` → axes of any length → their names.
        in_bytes: whether weights are kept as bytes, with a scale for each channel.
    """
    with tempfile.TemporaryDirectory() as folder:
        floats = Path(folder) / path.name if in_bytes else path
        _trace(network, floats, inputs, axes)
        if in_bytes:
            quantize_dynamic(floats, path, weight_type=QuantType.QInt8, per_channel=True)


def _trace(
    network: torch.nn.Module,
    path: Path,
    inputs: Mapping[str, torch.Tensor],
    axes: Mapping[str, Mapping[int, str]],
) -> None:
    names: Sequence[str] = list(inputs)
    torch.onnx.export(
        network,
        tuple(inputs.values()),
        str(path),
        input_names=names,
        output_names=["scores"],
        dynamic_axes={name: dict(named) for name, named in axes.items()},
        opset_version=_OPERATIONS,
        dynamo=False,
    )
