"""Keras 3: a callback that reports, and that ends `fit` when the trial is over."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

import keras

from .trial import Trial

# What Keras calls a metric, and what Sweetspot calls it.
NAMES: Mapping[str, str] = {"loss": "loss", "accuracy": "accuracy", "acc": "accuracy"}


class SweetspotCallback(keras.callbacks.Callback):
    """Reports to a trial while Keras trains.

        model.fit(x, y, batch_size=trial.batch_size, epochs=trial.max_steps, verbose=0,
                  callbacks=[SweetspotCallback(trial, validation_data=(x_val, y_val), examples=len(x))])

    With `validation_data` the model is evaluated on it wherever Sweetspot looks, which is what comparisons need: an epoch is many steps at a small batch
    size and few at a large one. Without it, the metrics of Keras's own validation are reported at the end of each epoch. `examples`: the size of the
    training set, so that a short last batch counts as what it is. Give `fit` more epochs than it can need: the trial ends it.
    """

    def __init__(self, trial: Trial, validation_data: Optional[Tuple[Any, Any]] = None, examples: Optional[int] = None) -> None:
        super().__init__()
        self._trial = trial
        self._validation_data = validation_data
        self._examples = examples
        self._epoch_begins_after = 0
        self._epochs = 0
        self._step = 0

    def on_train_batch_end(self, batch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._step = self._epoch_begins_after + batch + 1
        if self._validation_data is not None and self._trial.is_due(self._step):
            features, labels = self._validation_data
            measured = self.model.evaluate(features, labels, verbose=0, return_dict=True)
            self._report({f"validation.{NAMES[name]}": value for name, value in measured.items() if name in NAMES})
        self._end_if_over()

    def on_epoch_end(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._epochs += 1
        self._epoch_begins_after = self._step
        if self._validation_data is None:
            self._report(_of_epoch(logs or {}))
            self._end_if_over()

    def _report(self, metrics: Mapping[str, Any]) -> None:
        self._trial.report(self._step, metrics, self._seen())

    def _seen(self) -> Optional[int]:
        """Examples used so far: whole epochs, and whole batches of this one."""
        if self._examples is None:
            return None
        of_epoch = (self._step - self._epoch_begins_after) * self._trial.batch_size
        return self._epochs * self._examples + min(of_epoch, self._examples)

    def _end_if_over(self) -> None:
        if self._trial.should_stop:
            self.model.stop_training = True


def _of_epoch(logs: Mapping[str, Any]) -> Dict[str, Any]:
    """Keras's own: `loss` and `accuracy` are means over the epoch's mini-batches, not of the training set."""
    renamed = {f"batch.{NAMES[name]}": value for name, value in logs.items() if name in NAMES}
    validation = {name[len("val_") :]: value for name, value in logs.items() if name.startswith("val_")}
    renamed.update({f"validation.{NAMES[name]}": value for name, value in validation.items() if name in NAMES})
    return renamed
