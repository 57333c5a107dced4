"""Trackers, as a script calls them: each call is heard, then made as ever."""

from __future__ import annotations

import functools
from typing import Any, Callable, Dict

from .lines import hear


def before(cls: Any, name: str, listen: Callable[..., None]) -> None:
    """Lets `listen` have what the method is called with, and then the method. Once for each class; what `listen` raises is nothing."""
    method: Any = getattr(cls, name, None)
    if method is None or getattr(method, "heard", False):
        return

    @functools.wraps(method)
    def heard(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            listen(self, *args, **kwargs)
        except Exception:
            pass
        return method(self, *args, **kwargs)

    heard.__dict__["heard"] = True
    setattr(cls, name, heard)


def _at(step: Any) -> Dict[str, Any]:
    return {} if step is None else {"step": step}


def tensorboard(module: Any) -> None:
    """`torch.utils.tensorboard` and tensorboardX."""

    def add_scalar(self: Any, tag: str, scalar_value: Any, global_step: Any = None, *args: Any, **kwargs: Any) -> None:
        hear("tensorboard", {tag: scalar_value}, _at(global_step))

    def add_scalars(self: Any, main_tag: str, tag_scalar_dict: Dict[str, Any], global_step: Any = None, *args: Any, **kwargs: Any) -> None:
        hear("tensorboard", {f"{main_tag}/{tag}": value for tag, value in tag_scalar_dict.items()}, _at(global_step))

    before(module.SummaryWriter, "add_scalar", add_scalar)
    before(module.SummaryWriter, "add_scalars", add_scalars)


def trackio(module: Any) -> None:
    """`trackio.log` ends in its run."""

    def log(self: Any, metrics: Dict[str, Any], step: Any = None, *args: Any, **kwargs: Any) -> None:
        hear("trackio", metrics, _at(step))

    before(module.Run, "log", log)


def mlflow(module: Any) -> None:
    """The client, which `mlflow.log_metric`, `log_metrics` and autologging end in."""

    def log_metric(self: Any, run_id: str, key: str, value: Any, timestamp: Any = None, step: Any = None, *args: Any, **kwargs: Any) -> None:
        hear("mlflow", {key: value}, _at(step))

    def log_batch(self: Any, run_id: str, metrics: Any = (), *args: Any, **kwargs: Any) -> None:
        for metric in metrics:
            hear("mlflow", {metric.key: metric.value}, _at(metric.step))

    before(module.MlflowClient, "log_metric", log_metric)
    before(module.MlflowClient, "log_batch", log_batch)
