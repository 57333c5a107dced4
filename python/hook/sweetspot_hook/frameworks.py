"""Frameworks that train: what they log is heard before any tracker of theirs has it, with the number of updates that they have made."""

from __future__ import annotations

import weakref
from typing import Any, Dict

from .lines import hear
from .trackers import before


# Endings of what says how fast the trainer was.
SPEEDS = ("_runtime", "_per_second", "_compilation_time")


def hugging_face(module: Any) -> None:
    """`Trainer.log`, with the names that its own trackers get: `eval_f1` is `eval/f1`. Only what comes while it trains."""

    def log(self: Any, logs: Dict[str, Any], *args: Any, **kwargs: Any) -> None:
        if self.is_in_train:
            figures = {_named(name): value for name, value in logs.items() if not name.endswith(SPEEDS)}
            hear("hugging-face", figures, counted=self.state.global_step)

    before(module.Trainer, "log", log)


def _named(name: str) -> str:
    for prefix in ("eval", "test"):
        if name.startswith(f"{prefix}_"):
            return f"{prefix}/{name[len(prefix) + 1 :]}"
    return f"train/{name}"


def lightning(module: Any) -> None:
    """What goes to a trainer's loggers, or would if it had any: all that the module logs, but for the sanity check before training."""

    def log_metrics(self: Any, metrics: Dict[str, Any], step: Any = None) -> None:
        if step is not None:
            return  # of a single batch of an evaluation
        trainer = self.trainer
        if trainer.state.fn == "fit" and not trainer.sanity_checking:
            hear("lightning", metrics, counted=trainer.global_step // max(1, len(trainer.optimizers)))

    connector = getattr(module, "_LoggerConnector", None) or module.LoggerConnector
    before(connector, "log_metrics", log_metrics)


def keras(module: Any) -> None:
    """Keras 3: a callback of ours in every list of callbacks. The means over an epoch's mini-batches are called `train_loss` and so on."""
    # By model: `fit` may be called again and again, and a model's updates go on.
    batches: "weakref.WeakKeyDictionary[Any, int]" = weakref.WeakKeyDictionary()

    class Hearing(module.Callback):  # type: ignore[misc]
        async_safe = True

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self._before = batches.get(self.model, 0)

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            batches[self.model] = self._before + batch + 1

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            named = {name if name.startswith("val_") else f"train_{name}": value for name, value in (logs or {}).items()}
            accumulated = getattr(getattr(self.model, "optimizer", None), "gradient_accumulation_steps", None) or 1
            hear("keras", named, {"epoch": epoch + 1}, counted=batches.get(self.model, 0) // accumulated)

    initialize = module.CallbackList.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        initialize(self, *args, **kwargs)
        try:
            model = kwargs.get("model")
            if model is not None:
                hearing = Hearing()
                hearing.set_model(model)
                self.callbacks.insert(0, hearing)
        except Exception:
            pass

    module.CallbackList.__init__ = __init__
