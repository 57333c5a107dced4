"""Softmax regression in NumPy with trackio: the step that it is given counts updates."""

import argparse

import numpy as np
import trackio
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    images, labels = load_digits(return_X_y=True)
    x_train, x_val, y_train, y_val = train_test_split(images / 16, labels, test_size=0.2, random_state=0)

    rng = np.random.default_rng(args.seed)
    weights = np.zeros((64, 10))
    trackio.init(project="digits", config=vars(args))
    updates = 0
    for epoch in range(args.epochs):
        order = rng.permutation(len(x_train))
        for at in range(0, len(order) - args.batch_size + 1, args.batch_size):
            batch = order[at : at + args.batch_size]
            scores = np.exp(x_train[batch] @ weights)
            shares = scores / scores.sum(axis=1, keepdims=True)
            loss = -np.log(shares[np.arange(len(batch)), y_train[batch]]).mean()
            shares[np.arange(len(batch)), y_train[batch]] -= 1
            weights -= args.lr * x_train[batch].T @ shares / len(batch)
            updates += 1
        accuracy = ((x_val @ weights).argmax(1) == y_val).mean()
        trackio.log({"train/loss": loss, "val/acc": accuracy}, step=updates)
    trackio.finish()


if __name__ == "__main__":
    main()
