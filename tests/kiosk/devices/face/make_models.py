"""Makes the stand-in models beside this file: `uv run --no-project --with onnx --with numpy python make_models.py`.

They have the inputs and outputs of YuNet (2023mar) and SFace, so that OpenCV's own wrappers read them, and know nothing
of faces: the detector fires where a cell of its coarsest grid is red, the recogniser is the colours of an 8×8 grid.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info

HERE = Path(__file__).parent
STRIDES = (8, 16, 32)
LANDMARKS = [0.0, 0.1, 1.0, 0.1, 0.5, 0.6, 0.1, 1.1, 0.9, 1.1]  # eyes, nose, mouth, in cells
BOX = [0.5, 0.5, float(np.log(3)), float(np.log(3))]  # its middle in the cell, three cells wide and high


class Net:
    """A graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: object, kind: type = np.float32) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def add(self, operation: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(make_node(operation, inputs, [output], **attributes))
        return output

    def write(self, name: str, given: tuple[str, list[object]], told: list[tuple[str, list[object]]]) -> None:
        values = [make_tensor_value_info(out, TensorProto.FLOAT, shape) for out, shape in told]
        entry = make_tensor_value_info(given[0], TensorProto.FLOAT, given[1])
        graph = make_graph(self.nodes, name, [entry], values, self.constants)
        model = make_model(graph, opset_imports=[make_opsetid("", 13)], ir_version=8)
        (HERE / f"{name}.onnx").write_bytes(model.SerializeToString())


def detector() -> None:
    net, sizes = Net(), {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    net.constant("red", np.array([-1, -1, 2], np.float32).reshape(1, 3, 1, 1) / 255)  # of blue, green, red
    for stride in STRIDES:

        def fixed(name: str, source: str, values: list[float], stride: int = stride) -> None:
            """The same numbers in every cell."""
            zeros = net.constant(f"{name}_w_{stride}", np.zeros((len(values), 1, 1, 1)))
            bias = net.constant(f"{name}_b_{stride}", values)
            cells = net.add("Conv", [source, zeros, bias], f"{name}_c_{stride}", kernel_shape=[1, 1])
            last = net.add("Transpose", [cells], f"{name}_t_{stride}", perm=[0, 2, 3, 1])
            shape = net.constant(f"{name}_s_{stride}", [1, -1, len(values)], np.int64)
            net.add("Reshape", [last, shape], f"{name}_{stride}")

        mean = net.add("AveragePool", ["input"], f"mean_{stride}", kernel_shape=[stride] * 2, strides=[stride] * 2)
        raw = net.add("Conv", [mean, "red"], f"raw_{stride}", kernel_shape=[1, 1])
        gain = net.constant(f"gain_{stride}", [1.0 if stride == 32 else 0.0])
        scaled = net.add("Mul", [raw, gain], f"scaled_{stride}")
        low, high = net.constant(f"low_{stride}", 0), net.constant(f"high_{stride}", 1)
        score = net.add("Clip", [scaled, low, high], f"score_{stride}")
        flat = net.constant(f"flat_{stride}", [1, -1, 1], np.int64)
        net.add("Reshape", [score, flat], f"cls_{stride}")
        net.add("Reshape", [score, flat], f"obj_{stride}")
        fixed("bbox", score, BOX)
        fixed("kps", score, LANDMARKS)
    told = [(f"{name}_{stride}", [1, None, size]) for name, size in sizes.items() for stride in STRIDES]
    net.write("detector", ("input", [1, 3, "height", "width"]), told)


def recogniser() -> None:
    net = Net()
    weights = np.zeros((2, 3, 1, 1))
    weights[0, 1], weights[1, 2] = 1 / 110, 1 / 110  # green, blue: of red, green, blue
    net.constant("weights", weights)
    net.constant("bias", [-1.0, -1.0])
    mean = net.add("AveragePool", ["data"], "mean", kernel_shape=[14, 14], strides=[14, 14])
    colours = net.add("Conv", [mean, "weights", "bias"], "colours", kernel_shape=[1, 1])
    net.add("Reshape", [colours, net.constant("flat", [1, 128], np.int64)], "fc1")
    net.write("recogniser", ("data", [1, 3, 112, 112]), [("fc1", [1, 128])])


if __name__ == "__main__":
    detector()
    recogniser()
