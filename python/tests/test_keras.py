import json
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
try:
    import keras
    import numpy as np
except ImportError:
    raise unittest.SkipTest("Keras is not here") from None

from sweetspot import start_trial
from sweetspot.keras import SweetspotCallback

RNG = np.random.default_rng(0)
X, X_VALIDATION = RNG.normal(size=(50, 3)).astype("float32"), RNG.normal(size=(40, 3)).astype("float32")
Y, Y_VALIDATION = X.sum(axis=1, keepdims=True), X_VALIDATION.sum(axis=1, keepdims=True)
RATE = 0.05


class Callback(unittest.TestCase):
    """A linear model from zero weights, in one batch or in batches of 16, 16, 16 and 2."""

    def fit(self, batch_size: int, steps: int, goal: Dict[str, Any], **options: Any) -> List[Dict[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events"
            asked = {"batchSize": batch_size, "steps": steps, "goal": goal, "until": "goal", "looks": {"ratio": 1.05}}
            with mock.patch.dict(os.environ, {"SWEETSPOT_TRIAL": json.dumps(asked), "SWEETSPOT_EVENTS": str(file)}):
                trial = start_trial(batch_size=1, learning_rate=RATE)
            model = keras.Sequential([keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")])
            model.compile(keras.optimizers.SGD(trial.learning_rate), "mean_squared_error")
            validation = None if "validation_data" in options else (X_VALIDATION, Y_VALIDATION)
            model.fit(X, Y, batch_size=trial.batch_size, epochs=steps, verbose=0, callbacks=[SweetspotCallback(trial, validation, len(X))], **options)
            return [json.loads(line) for line in file.read_text().splitlines()]

    def test_the_losses_at_the_weights_after_each_step(self) -> None:
        """Gradient descent on all examples, computed apart: so evaluating in the middle of `fit` shows the right weights and disturbs nothing."""
        events = self.fit(50, 12, {"metric": "validation.loss", "atMost": 0})
        weights: Any = np.zeros((3, 1))
        for event in events:
            weights -= RATE * 2 * X.T @ (X @ weights - Y) / len(X)
            expected = float(np.mean((X_VALIDATION @ weights - Y_VALIDATION) ** 2))
            # single precision, through a dozen steps
            self.assertAlmostEqual(event["metrics"]["validation.loss"] / expected, 1, places=4)
        self.assertEqual([(event["step"], event["examples"]) for event in events], [(step, 50 * step) for step in range(1, 13)])

    def test_the_trial_ends_fit_in_the_middle_of_an_epoch(self) -> None:
        events = self.fit(16, 1000, {"metric": "validation.loss", "atMost": 1.0})
        self.assertLessEqual(events[-1]["metrics"]["validation.loss"], 1.0)
        self.assertGreater(events[-2]["metrics"]["validation.loss"], 1.0)

    def test_a_short_last_batch_counts_as_what_it_is(self) -> None:
        events = self.fit(16, 6, {"metric": "validation.loss", "atMost": 0})
        self.assertEqual([event["examples"] for event in events], [16, 32, 48, 50, 66, 82])

    def test_without_data_of_its_own_it_reports_what_keras_validates(self) -> None:
        events = self.fit(16, 8, {"metric": "validation.loss", "atMost": 0}, validation_data=(X_VALIDATION, Y_VALIDATION))
        self.assertEqual([(event["step"], event["examples"], sorted(event["metrics"])) for event in events], [
            (4, 50, ["batch.loss", "validation.loss"]),
            (8, 100, ["batch.loss", "validation.loss"]),
        ])
