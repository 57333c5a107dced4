"""Gradients added up over micro-batches before an update, in NumPy; a linear decay over max_steps."""

import argparse

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--batch_size", type=int, default=8, help="examples that are taken at once")
parser.add_argument("--gradient_accumulation_steps", type=int, default=4)
parser.add_argument("--learning_rate", type=float, default=0.05)
parser.add_argument("--max_steps", type=int, default=400)
parser.add_argument("--lr_scheduler", choices=["constant", "linear"], default="linear")
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

truth = np.random.default_rng(3)
teacher = truth.normal(size=(30,))
x = truth.normal(size=(5000, 30))
y = x @ teacher + truth.normal(size=5000)
x_train, y_train, x_val, y_val = x[:4000], y[:4000], x[4000:], y[4000:]

rng = np.random.default_rng(args.seed)
w = np.zeros(30)
print(f"training examples: {len(x_train)}")
for step in range(1, args.max_steps + 1):
    gradient = np.zeros_like(w)
    for _ in range(args.gradient_accumulation_steps):
        batch = rng.integers(0, len(x_train), args.batch_size)
        gradient += x_train[batch].T @ (x_train[batch] @ w - y_train[batch]) / args.batch_size / args.gradient_accumulation_steps
    factor = 1 - (step - 1) / args.max_steps if args.lr_scheduler == "linear" else 1
    w -= args.learning_rate * factor * gradient
    if step % 10 == 0 or step == args.max_steps:
        print(f"step {step}/{args.max_steps} train_loss {((x_train @ w - y_train) ** 2).mean():.4f} val_loss {((x_val @ w - y_val) ** 2).mean():.4f}", flush=True)
