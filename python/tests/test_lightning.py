import json
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

try:
    import lightning
    import torch
except ImportError:
    raise unittest.SkipTest("Lightning is not here") from None

from sweetspot import start_trial
from sweetspot.lightning import SweetspotCallback

X = torch.linspace(-1, 1, 40).reshape(-1, 1)
Y = 3 * X


class Line(lightning.LightningModule):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(1, 1)

    def training_step(self, batch: Any, index: int) -> Any:
        loss = ((self.layer(batch[0]) - batch[1]) ** 2).mean()
        self.log("train_loss", loss)
        return loss

    def validation_step(self, batch: Any, index: int) -> None:
        self.log("val_loss", ((self.layer(batch[0]) - batch[1]) ** 2).mean())

    def configure_optimizers(self) -> Any:
        return torch.optim.SGD(self.parameters(), lr=0.1)


def loss_of(module: Any) -> Dict[str, Any]:
    return {"validation.loss": ((module.layer(X) - Y) ** 2).mean()}


class Callback(unittest.TestCase):
    def fit(self, **options: Any) -> List[Dict[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events"
            goal = {"metric": "validation.loss", "atMost": 0.5}
            asked = {"batchSize": 8, "steps": 300, "goal": goal, "until": "goal", "looks": {"ratio": 1.05}}
            with mock.patch.dict(os.environ, {"SWEETSPOT_TRIAL": json.dumps(asked), "SWEETSPOT_EVENTS": str(file)}):
                trial = start_trial(batch_size=1, learning_rate=0.1)
            loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, Y), batch_size=trial.batch_size)
            trainer = lightning.Trainer(
                max_epochs=-1,
                max_steps=trial.max_steps,
                callbacks=[SweetspotCallback(trial, **options)],
                accelerator="cpu",
                logger=False,
                enable_checkpointing=False,
                enable_progress_bar=False,
                enable_model_summary=False,
            )
            trainer.fit(Line(), loader, loader)
            return [json.loads(line) for line in file.read_text().splitlines()]

    def test_reports_each_validation_after_the_updates_of_its_epoch_and_ends_with_the_goal(self) -> None:
        events = self.fit()
        self.assertEqual([event["step"] for event in events], [5 * epoch for epoch in range(1, len(events) + 1)])
        self.assertLessEqual(events[-1]["metrics"]["validation.loss"], 0.5)
        self.assertGreater(events[-2]["metrics"]["validation.loss"], 0.5)

    def test_measures_at_the_looks_where_it_can(self) -> None:
        events = self.fit(evaluate=loss_of)
        self.assertEqual([event["step"] for event in events[:8]], list(range(1, 9)))
        self.assertLessEqual(events[-1]["metrics"]["validation.loss"], 0.5)


if __name__ == "__main__":
    unittest.main()
