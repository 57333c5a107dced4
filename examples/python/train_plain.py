"""A script that has never heard of Sweetspot: `sweetspot tune plain.yaml` reads what it prints."""

import argparse

import numpy as np
from digits import load

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--epochs", type=int, default=20)
args = parser.parse_args()

x, labels = load("t")
x_validation, labels_validation = load("v")
generator = np.random.default_rng(args.seed)
weights = generator.normal(0, 0.1, (64, 10))

for epoch in range(1, args.epochs + 1):
    order = generator.permutation(len(x))
    for at in range(0, len(x), args.batch_size):
        batch = order[at : at + args.batch_size]
        shares = np.exp(x[batch] @ weights)
        shares /= shares.sum(axis=1, keepdims=True)
        shares[np.arange(len(batch)), labels[batch]] -= 1
        weights -= args.lr * x[batch].T @ shares / len(batch)
    accuracy = np.mean((x_validation @ weights).argmax(axis=1) == labels_validation)
    print(f"epoch {epoch} val_acc={accuracy:.4f}")
