"""How many updates of the weights were made: what a tracker calls a step may be an epoch, a call, or an index from 0."""

from __future__ import annotations

import weakref
from typing import Any, Callable

# By optimizer: where there are several, as in a GAN, the busiest counts.
_steps: "weakref.WeakKeyDictionary[Any, int]" = weakref.WeakKeyDictionary()


def made() -> int:
    """By PyTorch's optimizers; 0 where none has made one, or the script uses another library."""
    return max(_steps.values(), default=0)


def _count(optimizer: Any) -> None:
    try:
        _steps[optimizer] = _steps.get(optimizer, 0) + 1
    except Exception:
        pass


def count_in(module: Any) -> None:
    """`module`: torch.optim.optimizer."""
    register = getattr(module, "register_optimizer_step_post_hook", None)
    if register is None:
        _count_by_wrapping(module.Optimizer)
        return

    def after(optimizer: Any, args: Any, kwargs: Any) -> None:
        # A step that is compiled must not be given anything to trace: then the tracker's own step counts.
        if not _is_compiling():
            _count(optimizer)

    register(after)


def _is_compiling() -> bool:
    import torch

    return bool(torch.compiler.is_compiling())


def _count_by_wrapping(optimizer_class: Any) -> None:
    """Before PyTorch 2.0 there is no such hook: the class of each optimizer is given a `step` that counts, once."""
    initialize: Callable[..., None] = optimizer_class.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        initialize(self, *args, **kwargs)
        cls = type(self)
        step = cls.step
        if getattr(step, "counted", False):
            return

        def counting(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = step(self, *args, **kwargs)
            _count(self)
            return result

        counting.__dict__.update(getattr(step, "__dict__", {}), counted=True)
        cls.step = counting

    optimizer_class.__init__ = __init__
