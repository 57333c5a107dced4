"""How many updates of the weights were made: what a tracker calls a step may be an epoch, a call, or an index from 0."""

from __future__ import annotations

import weakref
from typing import Any, Callable, Dict, List

# Each optimizer's number.
_numbers: "weakref.WeakKeyDictionary[Any, int]" = weakref.WeakKeyDictionary()

# Steps by the number of the optimizer. Optimizers that take turns, as in a GAN, are one group, of which the busiest counts; one that begins when another has
# ended, as after the first phase of a fine-tuning, is a group of its own, and goes on from there.
_groups: List[Dict[int, int]] = []


def made() -> int:
    """By PyTorch's optimizers; 0 where none has made one, or the script uses another library."""
    return sum(max(group.values()) for group in _groups)


def _count(optimizer: Any) -> None:
    try:
        number = _numbers.get(optimizer)
        if number is None:
            number = _numbers[optimizer] = sum(len(group) for group in _groups)
            _groups.append({number: 0})
        at = next(i for i, group in enumerate(_groups) if number in group)
        for later in _groups[at + 1 :]:
            _groups[at].update(later)
        del _groups[at + 1 :]
        _groups[at][number] += 1
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
