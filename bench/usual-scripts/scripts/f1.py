"""A rare class, found by logistic regression in NumPy: F1 on held-out examples, printed every so many steps. No schedule."""

import argparse

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("-b", "--batch-size", type=int, default=32)
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--eval-every", type=int, default=500, help="examples between two evaluations")
args = parser.parse_args()

truth = np.random.default_rng(7)
weights = truth.normal(size=20)
features = truth.normal(size=(6000, 20))
y = (features @ weights + truth.normal(size=6000) > 4).astype(float)
x = features * np.logspace(0, -1, 20)
x_train, y_train, x_val, y_val = x[:5000], y[:5000], x[5000:], y[5000:]

rng = np.random.default_rng(args.seed)
w, bias = rng.normal(size=20) * 0.1, 0.0
step, seen, due = 0, 0, args.eval_every
for epoch in range(1, args.epochs + 1):
    order = rng.permutation(len(x_train))
    for start in range(0, len(order), args.batch_size):
        batch = order[start : start + args.batch_size]
        p = 1 / (1 + np.exp(-(x_train[batch] @ w + bias)))
        error = p - y_train[batch]
        w -= args.lr * x_train[batch].T @ error / len(batch)
        bias -= args.lr * error.mean()
        step += 1
        seen += len(batch)
        if seen >= due:
            due += args.eval_every
            said = x_val @ w + bias > 0
            hits = (said & (y_val == 1)).sum()
            precision, recall = hits / max(1, said.sum()), hits / (y_val == 1).sum()
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"epoch {epoch} step {step} precision {precision:.3f} recall {recall:.3f} f1 {f1:.4f}", flush=True)
