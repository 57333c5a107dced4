"""The hook, in processes of their own, with stand-ins for the libraries: what it does to the real ones, `npm run bench -- trackers` shows."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any, Dict, List, Tuple

PYTHON = Path(__file__).resolve().parents[1]

TENSORBOARD = """
class SummaryWriter:
    def add_scalar(self, tag, scalar_value, global_step=None, walltime=None):
        return "as ever"
    def add_scalars(self, main_tag, tag_scalar_dict, global_step=None, walltime=None):
        pass
"""
WANDB = """
class Run:
    def log(self, data, step=None, commit=None):
        raise RuntimeError("the tracker's own")
    def define_metric(self, name, step_metric=None, step_sync=None, hidden=None, summary=None, overwrite=None):
        return "as ever"
"""
TRACKIO = """
class Run:
    def log(self, metrics, step=None): pass
"""
TF_SUMMARY = """
import contextlib
from types import SimpleNamespace
_summary_state = SimpleNamespace(writer=None, step=None, recording=True)
def should_record_summaries(): return _summary_state.recording
def get_step(): return _summary_state.step
class Writer:
    def __init__(self, folder): self.folder = folder
    @contextlib.contextmanager
    def as_default(self, step=None):
        _summary_state.writer, before = self, _summary_state.writer
        yield
        _summary_state.writer = before
def create_file_writer_v2(logdir, max_queue=None): return Writer(logdir)
"""
TF_SCALAR = """
def scalar(name, data, step=None, description=None):
    return "as ever"
"""
KERAS_CALLBACK = """
from tensorboard.plugins.scalar.summary_v2 import scalar
def on_epoch_end(): scalar("epoch_loss", 0.5, step=0)
"""
KERAS = """
class Callback:
    def set_model(self, model): self.model = model
class CallbackList:
    def __init__(self, callbacks=None, model=None):
        self.callbacks = list(callbacks or [])
"""
LIGHTNING = """
class _LoggerConnector:
    def __init__(self, trainer): self.trainer = trainer
    def log_metrics(self, metrics, step=None): pass
"""
HUGGING_FACE = """
class Trainer:
    is_in_train = True
    def log(self, logs, start_time=None): logs["epoch"] = 1.0
"""
MLFLOW = """
class MlflowClient:
    def log_metric(self, run_id, key, value, timestamp=None, step=None, synchronous=None): pass
    def log_batch(self, run_id, metrics=(), params=(), tags=(), synchronous=None): pass
"""
LIBRARIES = {
    "tensorboardX/writer.py": TENSORBOARD,
    "wandb/sdk/wandb_run.py": WANDB,
    "trackio/run.py": TRACKIO,
    "tensorflow/python/ops/summary_ops_v2.py": TF_SUMMARY,
    "tensorboard/plugins/scalar/summary_v2.py": TF_SCALAR,
    "keras/src/callbacks/tensorboard.py": KERAS_CALLBACK,
    "keras/src/callbacks/callback_list.py": KERAS,
    "lightning/pytorch/trainer/connectors/logger_connector/logger_connector.py": LIGHTNING,
    "transformers/trainer.py": HUGGING_FACE,
    "mlflow/tracking/client.py": MLFLOW,
}


class Hook(unittest.TestCase):
    def hear(self, script: str, files: Dict[str, str] = {}, **environment: str) -> Tuple[List[Dict[str, Any]], str]:
        """The events, and what the script printed."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**LIBRARIES, **files}.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            events = Path(folder) / "events.jsonl"
            paths = [str(PYTHON / "hook"), folder, str(PYTHON / "src")]
            env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(paths), "SWEETSPOT_EVENTS": str(events), "SWEETSPOT_HOOKS": "1"}
            ran = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env={**env, **environment}, capture_output=True, text=True)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            lines = events.read_text().splitlines() if events.exists() else []
            return [json.loads(line) for line in lines], ran.stdout + ran.stderr

    def test_tensorboard_is_heard_with_its_steps_and_does_what_it_does(self) -> None:
        events, said = self.hear(
            """
            from tensorboardX.writer import SummaryWriter
            writer = SummaryWriter()
            print(writer.add_scalar("acc/val", 0.5, 3))
            writer.add_scalars("loss", {"train": float("nan"), "val": 2}, global_step=4)
            writer.add_scalar("image", "no number", 5)
            """
        )
        self.assertEqual(said, "as ever\n")
        self.assertEqual([(event["heard"], event["at"], event["metrics"]) for event in events[:2]], [
            ("tensorboard", {"step": 3}, {"acc/val": 0.5}),
            ("tensorboard", {"step": 4}, {"loss/train": "NaN", "loss/val": 2}),
        ])
        self.assertEqual(len(events), 2)

    def test_what_a_tracker_raises_is_its_own_and_nested_values_have_names_with_dots(self) -> None:
        events, said = self.hear(
            """
            from wandb.sdk.wandb_run import Run
            try:
                Run().log({"val": {"acc": 0.5}, "epoch": 2, "note": "text"})
            except RuntimeError as error:
                print(error)
            """
        )
        self.assertEqual(said, "the tracker's own\n")
        self.assertEqual([event["metrics"] for event in events], [{"val.acc": 0.5, "epoch": 2}])
        self.assertNotIn("counted", events[0])

    def test_an_axis_that_a_script_defines_for_wandb_says_where_its_values_stand(self) -> None:
        events, said = self.hear(
            """
            from types import SimpleNamespace
            from wandb.sdk.wandb_run import Run
            run = Run()
            print(run.define_metric("val/*", step_metric="eval_step"), run.define_metric("val/f1", SimpleNamespace(name="epoch")))
            run.define_metric("lr", summary="last")
            rows = [
                ({"train/loss": 2, "val/acc": 0.5, "eval_step": 40, "lr": 0.1}, 20),
                ({"val/acc": 0.75}, 21),
                ({"val/f1": 0.25}, 22),
                ({"val": {"acc": 1}, "val/f1": 0.5, "epoch": 3}, None),
            ]
            for row, step in rows:
                try:
                    run.log(row, step=step)
                except RuntimeError:
                    pass
            """
        )
        self.assertEqual(said, "as ever as ever\n")
        self.assertEqual([(event["at"], event["metrics"]) for event in events], [
            ({"step": 40}, {"val/acc": 0.5}),
            ({"step": 20}, {"train/loss": 2, "eval_step": 40, "lr": 0.1}),
            ({"step": 40}, {"val/acc": 0.75}),
            ({"step": 22}, {"val/f1": 0.25}),
            ({"epoch": 3}, {"val/f1": 0.5}),
            ({}, {"val.acc": 1, "epoch": 3}),
        ])

    def test_trackio_is_heard_by_its_run(self) -> None:
        events, _ = self.hear(
            """
            from trackio.run import Run
            Run().log(metrics={"val/acc": 0.5}, step=3)
            Run().log({"val": {"loss": 2}})
            """
        )
        self.assertEqual([(event["heard"], event["at"], event["metrics"]) for event in events], [
            ("trackio", {"step": 3}, {"val/acc": 0.5}),
            ("trackio", {}, {"val.loss": 2}),
        ])

    def test_tf_summary_is_heard_with_the_set_that_its_writer_is_for(self) -> None:
        events, said = self.hear(
            """
            from tensorflow.python.ops import summary_ops_v2 as summary
            from tensorboard.plugins.scalar.summary_v2 import scalar
            from keras.src.callbacks.tensorboard import on_epoch_end
            print(scalar("loss", 9, step=1))  # no writer
            train, validation = summary.create_file_writer_v2("logs/1/train"), summary.create_file_writer_v2("logs/1/validation/")
            with train.as_default():
                scalar("loss", 2, step=4)
                scalar("train_accuracy", 0.25, 4)
                on_epoch_end()
                scalar("loss", object(), step=5)  # not known yet, as in a graph
                summary._summary_state.recording = False
                scalar("loss", 3, step=5)
                summary._summary_state.recording = True
            summary._summary_state.step = 7
            with validation.as_default():
                scalar("accuracy", data=0.5)
            with summary.create_file_writer_v2("logs/1").as_default():
                scalar("val_acc", 0.75, step=8)
            """
        )
        self.assertEqual(said, "as ever\n")
        self.assertEqual([(event["heard"], event["at"], event["metrics"]) for event in events], [
            ("tensorboard", {"step": 4}, {"train/loss": 2}),
            ("tensorboard", {"step": 4}, {"train_accuracy": 0.25}),
            ("tensorboard", {"step": 7}, {"validation/accuracy": 0.5}),
            ("tensorboard", {"step": 8}, {"val_acc": 0.75}),
        ])

    def test_mlflow_is_heard_by_its_client(self) -> None:
        events, _ = self.hear(
            """
            from types import SimpleNamespace
            from mlflow.tracking.client import MlflowClient
            client = MlflowClient()
            client.log_metric("id", "val_loss", 0.5, step=7)
            client.log_batch(run_id="id", metrics=[SimpleNamespace(key="val_acc", value=0.75, step=8)])
            """
        )
        self.assertEqual([(event["at"], event["metrics"]) for event in events], [({"step": 7}, {"val_loss": 0.5}), ({"step": 8}, {"val_acc": 0.75})])

    def test_keras_is_heard_with_the_batches_that_its_fits_have_done(self) -> None:
        events, _ = self.hear(
            """
            from keras.src.callbacks.callback_list import CallbackList
            class Model:
                optimizer = None
            model = Model()
            for fit in range(2):
                for callback in CallbackList([], model=model).callbacks:
                    callback.on_epoch_begin(0)
                    callback.on_train_batch_end(0)
                    callback.on_train_batch_end(4)
                    callback.on_epoch_end(0, {"loss": 1.5, "val_accuracy": 0.5})
            """
        )
        self.assertEqual([(event["counted"], event["metrics"]) for event in events], [
            (5, {"train_loss": 1.5, "val_accuracy": 0.5}),
            (10, {"train_loss": 1.5, "val_accuracy": 0.5}),
        ])

    def test_lightning_is_heard_while_it_fits_but_for_the_sanity_check(self) -> None:
        events, _ = self.hear(
            """
            from types import SimpleNamespace
            from lightning.pytorch.trainer.connectors.logger_connector.logger_connector import _LoggerConnector
            state = SimpleNamespace(fn="fit")
            trainer = SimpleNamespace(state=state, sanity_checking=True, global_step=12, optimizers=[1, 2])
            connector = _LoggerConnector(trainer)
            connector.log_metrics({"val_acc": 0.1})
            trainer.sanity_checking = False
            connector.log_metrics({"val_acc": 0.5})
            connector.log_metrics({"val_acc_step": 0.5}, step=3)
            state.fn = "test"
            connector.log_metrics({"val_acc": 0.9})
            """
        )
        self.assertEqual([(event["counted"], event["metrics"]) for event in events], [(6, {"val_acc": 0.5})])

    def test_hugging_face_is_heard_while_it_trains(self) -> None:
        events, _ = self.hear(
            """
            from types import SimpleNamespace
            from transformers.trainer import Trainer
            trainer = Trainer()
            trainer.state = SimpleNamespace(global_step=20)
            trainer.log({"loss": 0.5})
            trainer.log({"eval_accuracy": 0.75, "eval_runtime": 3.0})
            trainer.is_in_train = False
            trainer.log({"eval_accuracy": 0.9})
            """
        )
        self.assertEqual([(event["counted"], event["metrics"]) for event in events], [(20, {"train/loss": 0.5}), (20, {"eval/accuracy": 0.75})])

    def test_other_ranks_and_scripts_that_report_themselves_are_not_heard(self) -> None:
        log = """
            from tensorboardX.writer import SummaryWriter
            SummaryWriter().add_scalar("acc/val", 0.5, 3)
            """
        refused: List[Dict[str, str]] = [{"RANK": "1"}, {"LOCAL_RANK": "1"}, {"SWEETSPOT_HOOKS": ""}, {"SWEETSPOT_EVENTS": "/nowhere/at/all"}]
        for environment in refused:
            self.assertEqual(self.hear(log, {}, **environment), ([], ""), environment)
        self.assertEqual(self.hear("import sweetspot" + log.replace("\n            ", "\n")), ([], ""))

    def test_a_library_that_is_another_than_was_expected_works_as_ever(self) -> None:
        other = {"wandb/sdk/wandb_run.py": "answer = 42\n", "keras/src/callbacks/callback_list.py": "class CallbackList: pass\n"}
        events, said = self.hear(
            """
            import wandb.sdk.wandb_run, keras.src.callbacks.callback_list
            print(wandb.sdk.wandb_run.answer, type(wandb.sdk.wandb_run.__loader__).__name__)
            """,
            other,
        )
        self.assertEqual((events, said), ([], "42 SourceFileLoader\n"))

    def test_the_users_own_sitecustomize_is_imported_and_what_is_not_used_is_not_touched(self) -> None:
        own = {"sitecustomize.py": "import sys\nsys.own = 'own'\n"}
        _, said = self.hear("import sys, sitecustomize\nprint(sys.own, sitecustomize.sys.own, 'wandb' in sys.modules, 'json' in sys.modules)", own)
        self.assertEqual(said, "own own False False\n")

    def test_a_sitecustomize_that_fails_fails_as_it_does_without_the_hook(self) -> None:
        _, said = self.hear("print('goes on')", {"sitecustomize.py": "raise ValueError('mine')\n"})
        self.assertIn("ValueError: mine", said)
        self.assertIn("goes on", said)


if __name__ == "__main__":
    unittest.main()
