"""The trained network as ONNX, its products in 8 bits: a quarter of the size, and faster."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network import SpanTagger

OPSET = 17


def export(network: SpanTagger, target: Path) -> None:
    """Write the network; each output channel has its own scale, the head stays in 32 bits."""
    sample = (torch.randint(1000, 2000, (1, 48)), torch.randint(0, 6, (1, 48)))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracing exporter calls itself old
            torch.onnx.export(
                network.eval(),
                sample,
                str(plain),
                input_names=["ids", "shapes"],
                output_names=["tags"],
                dynamic_axes={name: {1: "pieces"} for name in ("ids", "shapes", "tags")},
                opset_version=OPSET,
                dynamo=False,
            )
        head = [
            node.name
            for node in onnx.load(plain).graph.node
            if node.op_type in ("MatMul", "Gemm") and "/head/" in node.name
        ]
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=head)
