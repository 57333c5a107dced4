import json
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

try:
    import torch
    from transformers import PretrainedConfig, PreTrainedModel, Trainer, TrainingArguments
    from transformers.modeling_outputs import SequenceClassifierOutput
except ImportError:
    raise unittest.SkipTest("transformers is not here") from None

from sweetspot import start_trial
from sweetspot.hugging_face import SweetspotCallback

EXAMPLES = [{"x": torch.tensor([i / 20 - 1]), "labels": int(i > 12)} for i in range(40)]


class Config(PretrainedConfig):  # type: ignore[misc]
    model_type = "line"


class Line(PreTrainedModel):  # type: ignore[misc]
    config_class = Config

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.layer = torch.nn.Linear(1, 2)
        self.post_init()

    def forward(self, x: Any, labels: Any) -> Any:
        logits = self.layer(x)
        return SequenceClassifierOutput(loss=torch.nn.functional.cross_entropy(logits, labels), logits=logits)


class Callback(unittest.TestCase):
    def train(self, goal: Dict[str, Any]) -> List[Dict[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events"
            asked = {"batchSize": 8, "steps": 25, "goal": goal, "until": "goal", "looks": {"ratio": 1.05}}
            with mock.patch.dict(os.environ, {"SWEETSPOT_TRIAL": json.dumps(asked), "SWEETSPOT_EVENTS": str(file)}):
                trial = start_trial(batch_size=1, learning_rate=0.1)
            args = TrainingArguments(
                output_dir=folder,
                per_device_train_batch_size=trial.batch_size,
                learning_rate=0.5,
                max_steps=trial.max_steps,
                report_to=[],
                save_strategy="no",
                disable_tqdm=True,
                use_cpu=True,
            )
            torch.manual_seed(0)
            accuracy = lambda p: {"accuracy": float((p.predictions.argmax(-1) == p.label_ids).mean())}  # noqa: E731
            trainer = Trainer(
                model=Line(Config()), args=args, train_dataset=EXAMPLES, eval_dataset=EXAMPLES, compute_metrics=accuracy, callbacks=[SweetspotCallback(trial)]
            )
            trainer.train()
            return [json.loads(line) for line in file.read_text().splitlines()]

    def test_evaluates_at_every_look_and_reports_by_our_names(self) -> None:
        events = self.train({"metric": "validation.loss", "atMost": 0})
        self.assertEqual([event["step"] for event in events], list(range(1, 26)))
        self.assertEqual(set(events[0]["metrics"]), {"validation.loss", "validation.accuracy"})

    def test_ends_the_training_with_the_look_that_reaches_the_goal(self) -> None:
        events = self.train({"metric": "validation.accuracy", "atLeast": 0.8})
        self.assertGreaterEqual(events[-1]["metrics"]["validation.accuracy"], 0.8)
        self.assertLess(events[-1]["step"], 25)


if __name__ == "__main__":
    unittest.main()
