"""Reads a two-layer ReLU network's weights and its examples; prints the two norms that the PyTorch helper finds with one example in each micro-batch."""

import json
import sys

import torch
from sweetspot.torch import GradientNorms

torch.set_num_threads(1)
given = json.load(sys.stdin)
features, labels = torch.tensor(given["features"]), torch.tensor(given["labels"])
model = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10))
at = 0
for layer in (model[0], model[2]):  # Sweetspot's order: the weights inputs × units, then the biases
    for parameter, shape in ((layer.weight.T, layer.weight.T.shape), (layer.bias, layer.bias.shape)):
        parameter.data[:] = torch.tensor(given["parameters"][at : at + parameter.numel()]).reshape(shape)
        at += parameter.numel()
loss = torch.nn.CrossEntropyLoss()
with GradientNorms(model) as norms:
    for i in range(len(labels)):
        (loss(model(features[i : i + 1]), labels[i : i + 1]) / len(labels)).backward()
        norms.add(1)
print(json.dumps(norms.pair.event()))
