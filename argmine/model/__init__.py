"""The classifier of segments at run time: model folder, inputs, ONNX session."""
