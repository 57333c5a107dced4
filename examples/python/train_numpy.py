"""A network in plain NumPy, made to be tuned: `sweetspot tune numpy.yaml`, or by hand `python3 train_numpy.py`."""

import numpy as np
from digits import load, mini_batches

import sweetspot

trial = sweetspot.start_trial(batch_size=32, learning_rate=0.1, momentum=0.9, steps=300)
x, labels = load("t")
x_validation, labels_validation = load("v")

generator = np.random.default_rng(trial.seed)
weights = [generator.normal(0, np.sqrt(2 / inputs), (inputs, units)) for inputs, units in ((64, 64), (64, 10))]
weights += [np.zeros(64), np.zeros(10)]
velocities = [np.zeros_like(weight) for weight in weights]


def forward(features):
    first, second, bias, other = weights
    hidden = np.maximum(features @ first + bias, 0)
    scores = hidden @ second + other
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, exponentials / exponentials.sum(axis=1, keepdims=True)


def gradient(features, targets):
    """Of the mean cross-entropy, in the order of `weights`."""
    hidden, slope = forward(features)
    slope[np.arange(len(targets)), targets] -= 1
    slope /= len(targets)
    behind = (slope @ weights[1].T) * (hidden > 0)
    return features.T @ behind, hidden.T @ slope, behind.sum(axis=0), slope.sum(axis=0)


seen = 0
batches = mini_batches(len(x), trial.batch_size, generator)
for step in trial.steps():
    batch = next(batches)
    seen += len(batch)
    for weight, velocity, slope in zip(weights, velocities, gradient(x[batch], labels[batch])):
        velocity *= trial.momentum
        velocity += slope
        weight -= trial.learning_rate * velocity
    if trial.is_due(step):
        _, shares = forward(x_validation)
        accuracy = np.mean(shares.argmax(axis=1) == labels_validation)
        loss = -np.mean(np.log(shares[np.arange(len(shares)), labels_validation]))
        trial.report(step, {"validation.accuracy": accuracy, "validation.loss": loss}, examples=seen)
