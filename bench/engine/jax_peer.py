"""A peer of `npm run bench -- engine`: the same training steps in JAX, compiled, a loop of many steps at a time (scan), on one pinned thread.

Reads one JSON object a line and answers with one. {"case": {...}, "replicas": r}: gets the case ready, for r networks side by side (vmap) where r is more than one.
{"steps": n}: takes at least n steps of each network, answers with how many and with the seconds of processor time. Compiling is part of getting ready.
"""

import json
import os
import sys
import time

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy

RATE, MOMENTUM = 0.001, 0.9
# Steps of one call: as many as take this many floating-point operations, so that the call itself doesn't show.
FLOP_PER_CALL, MOST_STEPS = 2e8, 4096


def initial(case, generator):
    """Weights and biases of every layer that has some, He normal."""
    width = case["inputs"]
    image = case.get("image") or {}
    height, channels = image.get("height"), image.get("channels")
    parameters = []
    for layer in case["layers"]:
        if layer["kind"] == "conv":
            shape = (layer["size"], layer["size"], channels, layer["filters"])
            channels, height = layer["filters"], height - layer["size"] + 1
        elif layer["kind"] == "dense":
            shape = (width, layer["units"])
            width = layer["units"]
        else:
            if layer["kind"] == "max-pool":
                height //= layer["size"]
            elif layer["kind"] == "flatten":
                width = height * height * channels
            continue
        deviation = numpy.sqrt(2 / numpy.prod(shape[:-1]))
        weights = generator.normal(0, deviation, shape).astype(numpy.float32)
        parameters.append((weights, numpy.zeros(shape[-1], numpy.float32)))
    return parameters


def forward(case, parameters, x):
    left = iter(parameters)
    for layer in case["layers"]:
        if layer["kind"] == "relu":
            x = jnp.maximum(x, 0)
        elif layer["kind"] == "conv":
            w, b = next(left)
            x = jax.lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
        elif layer["kind"] == "max-pool":
            window = (1, layer["size"], layer["size"], 1)
            x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")
        elif layer["kind"] == "flatten":
            x = x.reshape(x.shape[0], -1)
        else:
            w, b = next(left)
            x = x @ w + b
    return x


def loop(case):
    """One call: SGD with momentum over batches (steps × batch size), each gathered from the set by its indices."""

    def loss_of(parameters, x, y):
        logits = forward(case, parameters, x)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], axis=1))

    def run(state, batches, features, labels):
        def step(state, batch):
            parameters, velocity = state
            loss, gradient = jax.value_and_grad(loss_of)(parameters, features[batch], labels[batch])
            velocity = jax.tree.map(lambda v, g: MOMENTUM * v + g, velocity, gradient)
            parameters = jax.tree.map(lambda p, v: p - RATE * v, parameters, velocity)
            return (parameters, velocity), loss

        state, losses = jax.lax.scan(step, state, batches)
        return state, losses.sum()

    return run


class Steps:
    def __init__(self, case, examples, replicas):
        generator = numpy.random.default_rng(1)
        image = case.get("image")
        shape = (image["height"], image["width"], image["channels"]) if image else (case["inputs"],)
        self.features = jnp.asarray(generator.random((examples, *shape), numpy.float32))
        self.labels = jnp.asarray(generator.integers(case["classes"], size=examples))
        size = case["batchSize"]
        self.steps = int(min(MOST_STEPS, max(1, FLOP_PER_CALL // (case["flop"] * replicas))))
        run = loop(case)
        if replicas > 1:
            run = jax.vmap(run, in_axes=(0, 0, None, None))
        self.run = jax.jit(run, donate_argnums=0)
        networks = [initial(case, generator) for _ in range(replicas)]
        parameters = jax.tree.map(lambda *of: jnp.asarray(numpy.stack(of) if replicas > 1 else of[0]), *networks)
        self.state = (parameters, jax.tree.map(jnp.zeros_like, parameters))
        # Orders of the whole set, each cut into batches; a few calls' worth.
        calls = max(1, examples // (self.steps * size))
        self.calls = [jnp.asarray(self.batches(generator, examples, size, replicas)) for _ in range(min(calls, 8))]
        self.at = 0
        self.take(1)

    def batches(self, generator, examples, size, replicas):
        def one():
            batches = []
            while len(batches) < self.steps:
                order = generator.permutation(examples).astype(numpy.int32)
                batches.extend(order[: examples - examples % size].reshape(-1, size))
            return numpy.stack(batches[: self.steps])

        return numpy.stack([one() for _ in range(replicas)]) if replicas > 1 else one()

    def take(self, count):
        calls = -(-count // self.steps)
        totals = []
        began = time.process_time()
        for _ in range(calls):
            self.state, total = self.run(self.state, self.calls[self.at], self.features, self.labels)
            self.at = (self.at + 1) % len(self.calls)
            totals.append(total)
        total = float(jnp.sum(jnp.stack(totals)))
        return {"seconds": time.process_time() - began, "total": total, "steps": calls * self.steps}


steps = None
print(json.dumps({"version": jax.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if "case" in request:
        steps = Steps(request["case"], request["examples"], request["replicas"])
        answer = {"ready": request["case"]["name"]}
    else:
        answer = steps.take(request["steps"])
    print(json.dumps(answer), flush=True)
