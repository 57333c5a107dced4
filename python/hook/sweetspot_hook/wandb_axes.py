"""Which number of a row of W&B's says where a value stands: `define_metric("val/*", step_metric="eval_step")`."""

from __future__ import annotations

import re
import weakref
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple

from .lines import flat, hear
from .trackers import before

# Names of axes that count epochs; others count updates, unless the study says otherwise.
EPOCHS = frozenset(("epoch", "epochs", "trainepoch"))


class Axes:
    """Those of one run: its definitions, and the last value of each axis, which W&B adds to the rows that lack it."""

    def __init__(self) -> None:
        self._defined: Dict[str, str] = {}
        self._last: Dict[str, Any] = {}

    def define(self, name: str, axis: Optional[str]) -> None:
        if axis is not None:
            self._defined[name] = axis

    def parts(self, row: Mapping[str, Any], step: Any) -> Iterator[Tuple[Dict[str, Any], Dict[str, Any]]]:
        """The row's values, by where they stand; those without an axis of their own keep the step of the call."""
        axes = set(self._defined.values())
        self._last.update((name, value) for name, value in row.items() if name in axes)
        rest: Dict[str, Any] = {}
        by_axis: Dict[str, Dict[str, Any]] = {}
        for name, value in row.items():
            axis = self._axis(name)
            (rest if axis is None or axis == name or axis not in self._last else by_axis.setdefault(axis, {}))[name] = value
        for axis, values in by_axis.items():
            counter = "epoch" if re.sub(r"[^a-z0-9]", "", axis.lower()) in EPOCHS else "step"
            yield values, {counter: self._last[axis]}
        if rest:
            yield rest, {} if step is None else {"step": step}

    def _axis(self, name: str) -> Optional[str]:
        exact = self._defined.get(name)
        if exact is not None:
            return exact
        for glob, axis in self._defined.items():
            if glob.endswith("*") and name.startswith(glob[:-1]):
                return axis
        return None


def wandb(module: Any) -> None:
    """`module`: wandb.sdk.wandb_run."""
    by_run: "weakref.WeakKeyDictionary[Any, Axes]" = weakref.WeakKeyDictionary()

    def define_metric(self: Any, name: str, step_metric: Any = None, *args: Any, **kwargs: Any) -> None:
        by_run.setdefault(self, Axes()).define(name, getattr(step_metric, "name", step_metric))

    def log(self: Any, data: Mapping[str, Any], step: Any = None, *args: Any, **kwargs: Any) -> None:
        for values, at in by_run.setdefault(self, Axes()).parts(dict(flat(data)), step):
            hear("wandb", values, at)

    before(module.Run, "define_metric", define_metric)
    before(module.Run, "log", log)
