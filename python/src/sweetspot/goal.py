"""When a trial is over, by the rules that Sweetspot itself follows: so a script ends right after the report that decides."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from .looks import first_look_after, next_look

# How many looks in a row must meet the goal to sustain it.
IN_A_ROW = 3


@dataclass(frozen=True)
class Goal:
    """A metric such as `validation.accuracy`, and the value it must reach. An error is told by its accuracy."""

    metric: str
    at_least: Optional[float] = None
    at_most: Optional[float] = None

    @staticmethod
    def read(goal: Mapping[str, Any]) -> Goal:
        return Goal(goal["metric"], goal.get("atLeast"), goal.get("atMost"))

    def met(self, metrics: Mapping[str, float]) -> Optional[bool]:
        """Whether these metrics meet it; None where they lack the one it is on."""
        value = metrics.get(self.metric.replace(".error", ".accuracy"))
        if value is None:
            return None
        if self.metric.endswith(".error"):
            # Held against each other as accuracies: 1 - 0.85 is 0.15000000000000002, and an error of 0.15 meets a goal of 0.15.
            return self.at_most is not None and value >= 1 - self.at_most
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class Watch:
    """Follows a run's reports: which of them are looks, and whether the trial is over.

    A report is a look if it carries the goal's metric and a look is due: so reporting more often doesn't reach the goal earlier. `until` says when
    a trial ends: with the "first" look that meets the goal; with three such looks in a row, "sustained", waited for up to twice the first; or,
    whatever the goal, at the "cap".
    """

    def __init__(self, goal: Optional[Goal], until: str, cap: int, ratio: float) -> None:
        self.over = False
        self._goal = goal
        self._until = until
        self._cap = cap
        self._ratio = ratio
        self._look = next_look(0, ratio)
        self._first: Optional[int] = None
        self._row = 0

    def go_on_after(self, step: int) -> None:
        """The run begins after this step, at a checkpoint."""
        self._look = first_look_after(step, self._ratio)

    @property
    def horizon(self) -> int:
        """The last step that counts."""
        return self._cap if self._first is None or self._until == "cap" else 2 * self._first

    def is_due(self, step: int) -> bool:
        return step >= self._look or step >= self.horizon

    def report(self, step: int, metrics: Mapping[str, float]) -> None:
        if self.over:
            return
        if step > self.horizon or not all(map(math.isfinite, metrics.values())):
            self.over = True
            return
        due = step >= self._look or (self._until == "cap" and step == self._cap)
        met = False if self._goal is None else self._goal.met(metrics)
        if due and met is not None:
            self._look_at(step, met)
        self.over = self._is_over(step)

    def _look_at(self, step: int, met: bool) -> None:
        self._look = first_look_after(step, self._ratio)
        self._row = self._row + 1 if met else 0
        if met and self._first is None:
            self._first = step

    def _is_over(self, step: int) -> bool:
        if self._first is None or self._until == "cap":
            return step >= self._cap
        return self._until == "first" or self._row >= IN_A_ROW or step >= self.horizon
