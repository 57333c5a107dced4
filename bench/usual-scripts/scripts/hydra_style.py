"""Settings as `name=value`, as hydra has them: `python3 hydra_style.py train.batch_size=32 optimizer.lr=0.1`."""

import hydra
import numpy as np
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig) -> None:
    truth = np.random.default_rng(11)
    x = truth.normal(size=(4000, 12))
    y = np.argmax(np.tanh(x @ truth.normal(size=(12, 12))) @ truth.normal(size=(12, 4)), axis=1)
    x_train, y_train, x_val, y_val = x[:3200], y[:3200], x[3200:], y[3200:]
    rng = np.random.default_rng(cfg.seed)
    w1, w2 = rng.normal(size=(12, 32)) / 3, rng.normal(size=(32, 4)) / 6
    step = 0
    for epoch in range(cfg.train.epochs):
        order = rng.permutation(len(x_train))
        for start in range(0, len(order), cfg.train.batch_size):
            batch = order[start : start + cfg.train.batch_size]
            h = np.maximum(0, x_train[batch] @ w1)
            z = np.exp(h @ w2 - (h @ w2).max(axis=1, keepdims=True))
            error = z / z.sum(axis=1, keepdims=True)
            error[np.arange(len(batch)), y_train[batch]] -= 1
            error /= len(batch)
            g1, g2 = x_train[batch].T @ ((error @ w2.T) * (h > 0)), h.T @ error
            w1 -= cfg.optimizer.lr * g1
            w2 -= cfg.optimizer.lr * g2
            step += 1
            if step % max(1, 320 // cfg.train.batch_size) == 0:
                accuracy = (np.argmax(np.maximum(0, x_val @ w1) @ w2, axis=1) == y_val).mean()
                print(f"[{epoch}] step={step} val/acc={accuracy:.4f}", flush=True)


if __name__ == "__main__":
    main()
