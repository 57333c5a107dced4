"""Everything comes from one YAML file: `python3 yaml_only.py config.yaml`."""

import json
import sys

import numpy as np
import yaml

with open(sys.argv[1]) as file:
    config = yaml.safe_load(file)
training, optimizer = config["training"], config["optimizer"]

truth = np.random.default_rng(5)
x = truth.normal(size=(4000, 16))
y = (np.tanh(x @ truth.normal(size=(16, 8))) @ truth.normal(size=8) > 0).astype(float)
x_train, y_train, x_val, y_val = x[:3200], y[:3200], x[3200:], y[3200:]

rng = np.random.default_rng(config["seed"])
w1, w2 = rng.normal(size=(16, 32)) / 4, rng.normal(size=32) / 6
step = 0
for epoch in range(1, training["epochs"] + 1):
    order = rng.permutation(len(x_train))
    for start in range(0, len(order), training["batch_size"]):
        batch = order[start : start + training["batch_size"]]
        h = np.maximum(0, x_train[batch] @ w1)
        error = (1 / (1 + np.exp(-h @ w2)) - y_train[batch]) / len(batch)
        g2 = h.T @ error
        g1 = x_train[batch].T @ (np.outer(error, w2) * (h > 0))
        w1 -= optimizer["lr"] * g1
        w2 -= optimizer["lr"] * g2
        step += 1
        if step % max(1, 400 // training["batch_size"]) == 0:
            accuracy = (((np.maximum(0, x_val @ w1) @ w2) > 0) == y_val).mean()
            print(json.dumps({"step": step, "epoch": epoch, "val_acc": round(float(accuracy), 4)}), flush=True)
