"""The embedded study's network in PyTorch, with gradient norms: `sweetspot tune pytorch.yaml`, or by hand `python3 train_pytorch.py`."""

import numpy as np
import torch
from digits import load, micro_batches, mini_batches

import sweetspot
from sweetspot.torch import GradientNorms

trial = sweetspot.start_trial(batch_size=32, learning_rate=0.1, momentum=0.9, steps=300)
torch.set_num_threads(1)  # Sweetspot runs several trials at once
torch.manual_seed(trial.seed)
x, labels = map(torch.from_numpy, load("t"))
x_validation, labels_validation = map(torch.from_numpy, load("v"))

model = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10))
for layer in (model[0], model[2]):
    torch.nn.init.kaiming_normal_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
loss = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=trial.learning_rate, momentum=trial.momentum)


apart = np.random.default_rng([trial.seed, 1])


def measure_gradient(step):
    """The gradient's norms at two batch sizes, from examples of their own: so a run that is measured is the same as one that isn't."""
    optimizer.zero_grad()
    parts = micro_batches(len(x), apart)
    examples = sum(map(len, parts))
    with trial.measuring(), GradientNorms(model) as norms:
        for part in parts:
            (loss(model(x[part]), labels[part]) * len(part) / examples).backward()
            norms.add(len(part))
    trial.report_gradient(step, norms.pair)


seen = 0
batches = mini_batches(len(x), trial.batch_size, np.random.default_rng(trial.seed))
for step in trial.steps():
    batch = torch.from_numpy(next(batches))
    seen += len(batch)
    if trial.is_gradient_due(step):
        measure_gradient(step)
    optimizer.zero_grad()
    loss(model(x[batch]), labels[batch]).backward()
    optimizer.step()
    if trial.is_due(step):
        with torch.no_grad():
            scores = model(x_validation)
        accuracy = (scores.argmax(dim=1) == labels_validation).double().mean()
        trial.report(step, {"validation.accuracy": accuracy, "validation.loss": loss(scores, labels_validation)}, examples=seen)
