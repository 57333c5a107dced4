"""REINFORCE on a chain of states, in NumPy: the batch is a number of episodes, the metric a mean return that is below zero."""

import argparse

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--episodes-per-batch", dest="batch", type=int, default=16, help="episodes in a batch, from which one update is made")
parser.add_argument("--lr", type=float, default=0.2, help="step size of the policy")
parser.add_argument("--updates", type=int, default=3000)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

states, horizon = 8, 20
rng = np.random.default_rng(args.seed)
logits = np.zeros((states, 2))


def episodes(count, rng):
    """Every step costs 1 until the last state is reached; the wrong way leads back to the first."""
    at = np.zeros(count, dtype=int)
    returns = np.zeros(count)
    steps = []
    for _ in range(horizon):
        p = 1 / (1 + np.exp(logits[at, 0] - logits[at, 1]))
        forward = rng.random(count) < p
        running = at < states - 1
        steps.append((at.copy(), forward, p, running))
        returns -= running
        at = np.where(running, np.where(forward, at + 1, 0), at)
    return returns, steps


for update in range(1, args.updates + 1):
    returns, steps = episodes(args.batch, rng)
    advantage = returns - returns.mean()
    gradient = np.zeros_like(logits)
    for at, forward, p, running in steps:
        score = np.where(forward, 1 - p, -p) * advantage * running
        np.add.at(gradient[:, 1], at, score)
        np.add.at(gradient[:, 0], at, -score)
    logits += args.lr * gradient / args.batch
    if update % 5 == 0:
        test, _ = episodes(200, np.random.default_rng(1000 + update))
        print(f"update {update} | mean_return {test.mean():.2f}", flush=True)
