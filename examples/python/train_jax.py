"""The same network in JAX, with gradient norms: `sweetspot tune jax.yaml`, or by hand `python3 train_jax.py`."""

import jax
import jax.numpy as jnp
import numpy as np
from digits import load, micro_batches, mini_batches

import sweetspot

trial = sweetspot.start_trial(batch_size=32, learning_rate=0.1, momentum=0.9, steps=300)
x, labels = load("t")
x_validation, labels_validation = load("v")


def scores_of(weights, features):
    return jnp.maximum(features @ weights["first"] + weights["bias"], 0) @ weights["second"] + weights["other"]


def loss(weights, features, targets):
    return -jnp.mean(jax.nn.log_softmax(scores_of(weights, features))[jnp.arange(len(targets)), targets])


@jax.jit
def update(weights, velocities, gradient):
    velocities = jax.tree.map(lambda velocity, slope: trial.momentum * velocity + slope, velocities, gradient)
    return jax.tree.map(lambda weight, velocity: weight - trial.learning_rate * velocity, weights, velocities), velocities


@jax.jit
def squared_norm(gradient):
    return sum(jnp.sum(part**2) for part in jax.tree.leaves(gradient))


@jax.jit
def measure(weights):
    scores = scores_of(weights, x_validation)
    return jnp.mean(scores.argmax(axis=1) == labels_validation), loss(weights, x_validation, labels_validation)


gradient_of = jax.jit(jax.grad(loss))


apart = np.random.default_rng([trial.seed, 1])


def measure_gradient(step):
    """The gradient's norms at two batch sizes, from examples of their own: so a run that is measured is the same as one that isn't."""
    with trial.measuring():
        micro = sweetspot.MicroBatches()
        parts = micro_batches(len(x), apart)
        gradients = [gradient_of(weights, x[part], labels[part]) for part in parts]
        for part, gradient in zip(parts, gradients):
            micro.add(len(part), squared_norm(gradient))
        mean = jax.tree.map(lambda *slopes: np.average(slopes, axis=0, weights=list(map(len, parts))), *gradients)
        norms = micro.norms(squared_norm(mean))
    trial.report_gradient(step, norms)


keys = jax.random.split(jax.random.key(trial.seed))
weights = {
    "first": jnp.sqrt(2 / 64) * jax.random.normal(keys[0], (64, 64)),
    "bias": jnp.zeros(64),
    "second": jnp.sqrt(2 / 64) * jax.random.normal(keys[1], (64, 10)),
    "other": jnp.zeros(10),
}
velocities = jax.tree.map(jnp.zeros_like, weights)
seen = 0
batches = mini_batches(len(x), trial.batch_size, np.random.default_rng(trial.seed))
for step in trial.steps():
    batch = next(batches)
    seen += len(batch)
    if trial.is_gradient_due(step):
        measure_gradient(step)
    gradient = gradient_of(weights, x[batch], labels[batch])
    weights, velocities = update(weights, velocities, gradient)
    if trial.is_due(step):
        accuracy, loss_there = measure(weights)
        trial.report(step, {"validation.accuracy": accuracy, "validation.loss": loss_there}, examples=seen)
