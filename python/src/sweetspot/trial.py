"""One training run: what it is asked to do, and what it says of itself."""

from __future__ import annotations

import json
import operator
import os
from typing import Any, ContextManager, Dict, Iterator, Mapping, Optional, SupportsFloat, SupportsIndex, Union

from .checkpoints import Checkpoints
from .events import Event, number, open_sink
from .goal import Goal, Watch
from .gradients import TwoNorms
from .stop_signal import StopSignal
from .training_clock import TrainingClock

VERSION = 1
DEFAULT_RATIO = 1.05


def start_trial(
    *,
    batch_size: int,
    learning_rate: float,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
    seed: int = 0,
    steps: int = 1000,
    checkpoints: Union[str, "os.PathLike[str]", None] = None,
) -> Trial:
    """The trial that Sweetspot asks for; what is given here holds where it asks for nothing, as it does when the script is run by hand.

    `steps`: after how many updates the run ends at the latest. `checkpoints`: the folder to keep them in; none are kept without one.
    ValueError where `SWEETSPOT_TRIAL` can't be read.
    """
    given: Dict[str, Any] = {
        "batchSize": batch_size,
        "learningRate": learning_rate,
        "momentum": momentum,
        "weightDecay": weight_decay,
        "seed": seed,
        "steps": steps,
        "checkpoints": checkpoints,
        **_asked(os.environ.get("SWEETSPOT_TRIAL")),
    }
    return Trial(given, os.environ)


def _asked(text: Optional[str]) -> Dict[str, Any]:
    if not text:
        return {}
    try:
        asked = json.loads(text)
    except ValueError:
        raise ValueError(f"SWEETSPOT_TRIAL is not JSON: {text[:200]}") from None
    if not isinstance(asked, dict):
        raise ValueError(f"SWEETSPOT_TRIAL is not an object: {text[:200]}")
    if asked.get("version", VERSION) != VERSION:
        raise ValueError(f"this client speaks version {VERSION} of the protocol, Sweetspot version {asked['version']}: install the client it came with")
    return {key: value for key, value in asked.items() if value is not None}


class Trial:
    """Made by `start_trial`.

    `batch_size`, `learning_rate`, `momentum`, `weight_decay`: what to train with. `micro_batch`, `accumulation`: how many examples a device takes at once, and how many
    such parts make an update (`workload.microBatch`, `workload.devices`); the whole batch and 1 where the study doesn't divide it, and when run by hand. `held`: settings that move with the batch size, by name (`workload.hold`); empty when run by hand. `flags`: placeholders of your own that the study searches, by name (`tune.flags`); empty when run by hand. `seed`: of the weights and of the order of examples, the same for every
    batch size and rate, so that runs are compared in pairs. `max_steps`: updates after which the run ends at the latest. `checkpoints`: to save and find them.
    """

    def __init__(self, given: Mapping[str, Any], environ: Mapping[str, str]) -> None:
        self.batch_size = int(given["batchSize"])
        self.learning_rate = float(given["learningRate"])
        self.momentum = float(given["momentum"])
        self.weight_decay = float(given["weightDecay"])
        self.seed = int(given["seed"])
        self.micro_batch = int(given.get("microBatch", self.batch_size))
        self.accumulation = int(given.get("accumulation", 1))
        self.held: Dict[str, float] = dict(given.get("held", {}))
        self.flags: Dict[str, float] = dict(given.get("flags", {}))
        self.max_steps = int(given["steps"])
        self.checkpoints = Checkpoints(given["checkpoints"])
        ratio = given.get("looks", {}).get("ratio", DEFAULT_RATIO)
        goal = Goal.read(given["goal"]) if "goal" in given else None
        self._watch = Watch(goal, given.get("until", "cap"), self.max_steps, ratio)
        self._signal = StopSignal()
        self._clock = TrainingClock()
        self._write = open_sink(environ)
        # Sweetspot's name for this trial: a report that reaches another trial's file is recognized by it.
        self._name: Event = {"trial": given["trial"]} if "trial" in given else {}

    def steps(self, after: int = 0) -> Iterator[int]:
        """Numbers the updates, from `after` + 1 until the trial is over. `after`: the step of the checkpoint that the run goes on from."""
        self._watch.go_on_after(after)
        step = after
        while step < self.max_steps and not self.should_stop:
            step += 1
            yield step

    def is_due(self, step: int) -> bool:
        """Whether a report after this step would be looked at: no need to measure anything where it wouldn't.

        Time from here to the report counts as measuring, not as training.
        """
        due = self._watch.is_due(step)
        if due:
            self._clock.hold(step)
        return due

    def report(
        self,
        step: SupportsIndex,
        metrics: Optional[Mapping[str, SupportsFloat]] = None,
        examples: Optional[SupportsIndex] = None,
        **own: SupportsFloat,
    ) -> bool:
        """Reports the metrics after `step` updates; returns whether the trial is over.

            trial.report(step, {"validation.accuracy": 0.91, "eval/auc": 0.97})
            trial.report(step, f1=0.88)

        Metrics are {batch, train, validation, test}.{loss, accuracy}, of which accuracies are shares from 0 to 1, and any of your own, with any value:
        the study's goal says which way is better. `examples`: used so far; else step × batch size.
        A metric that is no finite number says that the run has diverged.
        """
        step = operator.index(step)
        numbers = {name: number(value) for name, value in {**(metrics or {}), **own}.items()}
        event: Event = {**self._name, "step": step, "seconds": self._clock.seconds(), "metrics": numbers}
        if examples is not None:
            event["examples"] = operator.index(examples)
        self._write(event)
        self._watch.report(step, numbers)
        self._clock.release()
        return self._watch.over

    def is_gradient_due(self, step: int) -> bool:
        """Whether the gradient noise should be measured in this update: at updates 1, 2, 3, 5, 9, 17, …, when 0 and the powers of two are done."""
        done = step - 1
        return done & (done - 1) == 0

    def measuring(self) -> ContextManager[None]:
        """A block whose time counts as measuring, not as training."""
        return self._clock.held()

    def report_gradient(self, step: SupportsIndex, norms: Optional[TwoNorms]) -> None:
        """Reports the squared norm, at two batch sizes, of the gradient that update number `step` is made of.

        It was taken at the weights after step − 1 updates, and is reported as that. Measure it before the metrics of `step`. None, as of a batch in one
        piece, reports nothing.
        """
        if norms is not None:
            self._write({**self._name, "step": operator.index(step) - 1, "gradient": norms.event()})

    @property
    def should_stop(self) -> bool:
        """Whether the trial is over: the goal is met, the last step taken, the run has diverged, or Sweetspot asks it to end (SIGTERM).

        Once this was read, or `steps` is used, SIGTERM no longer ends the process: it has two seconds to end by itself.
        """
        return self._signal.came() or self._watch.over
