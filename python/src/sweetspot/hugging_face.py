"""Hugging Face's Trainer: a callback that has it evaluate wherever Sweetspot looks, reports, and ends the training when the trial is over."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from transformers import TrainerCallback

from .metric_names import validation_metrics
from .trial import Trial

# Endings of what says how fast an evaluation was.
SPEEDS = ("_runtime", "_per_second", "_compilation_time")


class SweetspotCallback(TrainerCallback):
    """Reports to a trial while the trainer trains:

        args = TrainingArguments(…, per_device_train_batch_size=trial.batch_size, learning_rate=trial.learning_rate, max_steps=trial.max_steps)
        trainer = Trainer(…, args=args, eval_dataset=validation, callbacks=[SweetspotCallback(trial)])

    It needs `eval_dataset`, and no `eval_strategy`: the trainer is asked to evaluate at Sweetspot's looks. `eval_accuracy` is reported as
    `validation.accuracy`, any other such as `eval_f1` by its own name. `names`: of metrics with other names, `{"eval_top1": "validation.accuracy"}`.
    """

    def __init__(self, trial: Trial, names: Optional[Mapping[str, str]] = None) -> None:
        self._trial = trial
        self._names = names or {}

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> Any:
        if self._trial.is_due(state.global_step):
            control.should_evaluate = True
        else:
            self._end_if_over(control)
        return control

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Optional[Dict[str, Any]] = None, **kwargs: Any) -> Any:
        figures = {name: value for name, value in (metrics or {}).items() if not name.endswith(SPEEDS)}
        found = validation_metrics(figures, self._names)
        if found and state.global_step > 0 and state.is_world_process_zero:
            self._trial.report(state.global_step, found)
        self._end_if_over(control)
        return control

    def _end_if_over(self, control: Any) -> None:
        if self._trial.should_stop:
            control.should_training_stop = True
