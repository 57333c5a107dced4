"""When a trial is over, by the rules that Sweetspot itself follows: so a script ends right after the report that decides."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Tuple

from .looks import first_look_after, next_look

# Over which looks the metric is averaged: those from this share of the steps on.
USUAL_WINDOW = 1.1

# Of these it is known that they are 1 - accuracy; any other name is the script's own.
KNOWN_ERRORS = ("train.error", "validation.error")


@dataclass(frozen=True)
class Goal:
    """A metric such as `validation.accuracy` or one of your own such as `f1`, and the value it must reach. An error is checked by its accuracy.

    It is reached at the first look s where the mean over the looks from s / `window` to s meets it.
    """

    metric: str
    at_least: Optional[float] = None
    at_most: Optional[float] = None
    window: float = USUAL_WINDOW

    @staticmethod
    def read(goal: Mapping[str, Any]) -> Goal:
        return Goal(goal["metric"], goal.get("atLeast"), goal.get("atMost"), goal.get("window", USUAL_WINDOW))

    @property
    def measured(self) -> str:
        """The metric that must be measured."""
        return self.metric.replace(".error", ".accuracy") if self.metric in KNOWN_ERRORS else self.metric

    def met_at(self, value: float) -> bool:
        """Whether the measured metric meets it at this value."""
        if self.metric in KNOWN_ERRORS:
            # Compared as accuracies: 1 - 0.85 is 0.15000000000000002, and an error of 0.15 meets a goal of 0.15.
            return self.at_most is not None and value >= 1 - self.at_most
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class Watch:
    """Follows a run's reports: which of them are looks, and whether the trial is over.

    A report is a look if it carries the goal's metric and a look is due: so reporting more often doesn't reach the goal earlier. `until` says when
    a trial ends: at the look that reaches the "goal", or else at the cap; or always at the "cap".
    """

    def __init__(self, goal: Optional[Goal], until: str, cap: int, ratio: float) -> None:
        self.over = False
        self._goal = goal
        self._until = until
        self._cap = cap
        self._ratio = ratio
        self._look = next_look(0, ratio)
        self._recent: List[Tuple[int, float]] = []
        self._reached = False

    def go_on_after(self, step: int) -> None:
        """The run begins after this step, at a checkpoint."""
        self._look = first_look_after(step, self._ratio)

    def is_due(self, step: int) -> bool:
        return step >= self._look or step >= self._cap

    def report(self, step: int, metrics: Mapping[str, float]) -> None:
        if self.over:
            return
        if step > self._cap or not all(map(math.isfinite, metrics.values())):
            self.over = True
            return
        due = step >= self._look or (self._until == "cap" and step == self._cap)
        if due and self._goal is not None and self._goal.measured in metrics:
            self._look_at(self._goal, step, metrics[self._goal.measured])
        self.over = (self._until == "goal" and self._reached) or step >= self._cap

    def _look_at(self, goal: Goal, step: int, value: float) -> None:
        self._look = first_look_after(step, self._ratio)
        self._recent = [look for look in self._recent if look[0] * goal.window > step] + [(step, value)]
        values = [value for _, value in self._recent]
        total = 0.0
        for one in values:  # not `sum`, which since Python 3.12 rounds otherwise than Sweetspot does
            total += one
        # Each by itself first: the mean of three times 0.93 may be a rounding error below 0.93.
        self._reached = self._reached or all(map(goal.met_at, values)) or goal.met_at(total / len(values))
