import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List, Optional

ASKED: Dict[str, Any] = {
    "version": 1,
    "batchSize": 64,
    "learningRate": 0.125,
    "momentum": 0.9,
    "seed": 123,
    "steps": 50,
    "until": "goal",
    "goal": {"metric": "validation.accuracy", "atLeast": 0.95},
    "looks": {"ratio": 1.05},
}

START = """
import sweetspot
trial = sweetspot.start_trial(batch_size=8, learning_rate=0.5, momentum=0.3, weight_decay=0.01, steps=3)
"""


class Scripts(unittest.TestCase):
    """Real scripts, in processes of their own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.events = Path(folder.name) / "events"

    def start(self, script: str, trial: Optional[Dict[str, Any]], events: bool = True) -> "subprocess.Popen[str]":
        env = {name: value for name, value in os.environ.items() if not name.startswith("SWEETSPOT_")}
        if trial is not None:
            env["SWEETSPOT_TRIAL"] = json.dumps(trial)
        if events:
            env["SWEETSPOT_EVENTS"] = str(self.events)
        return subprocess.Popen([sys.executable, "-c", START + script], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_script(self, script: str, trial: Optional[Dict[str, Any]] = None, events: bool = True) -> "subprocess.CompletedProcess[str]":
        process = self.start(script, trial, events)
        stdout, stderr = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def reported(self) -> List[Dict[str, Any]]:
        return [json.loads(line) for line in self.events.read_text().splitlines()]

    def test_the_trial_is_what_sweetspot_asks_for_and_else_what_the_script_says(self) -> None:
        script = "print(trial.batch_size, trial.learning_rate, trial.momentum, trial.weight_decay, trial.seed, trial.max_steps)"
        self.assertEqual(self.run_script(script, ASKED).stdout, "64 0.125 0.9 0.01 123 50\n")
        self.assertEqual(self.run_script(script, None, events=False).stdout, "8 0.5 0.3 0.01 0 3\n")

    def test_it_says_how_its_batch_is_divided_and_what_moves_with_it(self) -> None:
        script = "print(trial.micro_batch, trial.accumulation, trial.held)"
        divided = {**ASKED, "microBatch": 16, "accumulation": 4, "held": {"warmup": 25}}
        self.assertEqual(self.run_script(script, divided).stdout, "16 4 {'warmup': 25}\n")
        self.assertEqual(self.run_script(script, ASKED).stdout, "64 1 {}\n")
        self.assertEqual(self.run_script(script, None, events=False).stdout, "8 1 {}\n")

    def test_it_ends_with_the_report_that_meets_the_goal(self) -> None:
        script = "for step in trial.steps(): trial.report(step, {'validation.accuracy': step / 10}, 64 * step)"
        ended = self.run_script(script, {**ASKED, "steps": 100})
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "", ""))
        self.assertEqual([(event["step"], event["examples"], event["metrics"]) for event in self.reported()][-1], (10, 640, {"validation.accuracy": 1}))
        self.assertEqual(len(self.reported()), 10)

    def test_metrics_of_the_scripts_own_by_name(self) -> None:
        asked = {**ASKED, "goal": {"metric": "f1", "atLeast": 0.3, "window": 1}}
        self.run_script("for step in trial.steps(): trial.report(step, f1=step / 10)", asked)
        self.assertEqual([event["metrics"] for event in self.reported()], [{"f1": 0.1}, {"f1": 0.2}, {"f1": 0.3}])
        self.events.unlink()
        self.run_script("for step in trial.steps(): trial.report(step, {'eval/auc': 1}, f1=step / 10)", asked)
        self.assertEqual(self.reported()[-1]["metrics"], {"eval/auc": 1, "f1": 0.3})

    def test_it_ends_at_the_cap(self) -> None:
        self.run_script("for step in trial.steps():\n if trial.is_due(step): trial.report(step, {'validation.accuracy': 0})", ASKED)
        self.assertEqual([event["step"] for event in self.reported()], [*range(1, 41), 42, 44, 46, 48, 50])
        seconds = [event["seconds"] for event in self.reported()]
        self.assertEqual(seconds, sorted(seconds))

    def test_it_goes_on_from_a_checkpoint(self) -> None:
        self.run_script("for step in trial.steps(after=44):\n if trial.is_due(step): trial.report(step, {'validation.accuracy': 0})", ASKED)
        self.assertEqual([event["step"] for event in self.reported()], [46, 48, 50])

    def test_by_hand_reports_are_for_people(self) -> None:
        ended = self.run_script("for step in trial.steps(): trial.report(step, {'train.loss': 1 / step})", events=False)
        self.assertEqual(ended.stdout, "")
        self.assertEqual(ended.stderr, "step 1  train.loss 1\nstep 2  train.loss 0.5\nstep 3  train.loss 0.333333\n")

    def test_without_a_file_of_events_reports_stand_on_standard_output_in_order(self) -> None:
        ended = self.run_script("print('before')\ntrial.report(1, {'train.loss': 1}, 64)\nprint('after')", ASKED, events=False)
        before, report, after = ended.stdout.splitlines()
        self.assertEqual((before, json.loads(report)["examples"], after), ("before", 64, "after"))

    def test_gradients_at_two_batch_sizes(self) -> None:
        self.run_script("trial.report_gradient(6, None)\ntrial.report_gradient(7, sweetspot.TwoNorms(32, 0.5, 256, float('inf')))", {**ASKED, "trial": "its name"})
        small, big = {"batch": 32, "squaredNorm": 0.5}, {"batch": 256, "squaredNorm": "Infinity"}
        self.assertEqual(self.reported(), [{"sweetspot": 1, "trial": "its name", "step": 6, "gradient": {"small": small, "big": big}}])

    def test_gradients_are_due_at_the_steps_of_our_own_probes(self) -> None:
        script = "print([step - 1 for step in range(1, 100) if trial.is_gradient_due(step)])"
        self.assertEqual(self.run_script(script, ASKED).stdout, "[0, 1, 2, 4, 8, 16, 32, 64]\n")

    def test_a_script_that_asks_is_asked_to_end(self) -> None:
        script = "import time\nfor step in trial.steps():\n print(step, flush=True)\n time.sleep(0.01)\nprint('done')"
        process = self.start(script, {**ASKED, "steps": 10**9})
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        stdout, _ = process.communicate(timeout=60)
        self.assertEqual((process.returncode, stdout.splitlines()[-1]), (0, "done"))

    def test_a_script_that_never_asks_is_ended(self) -> None:
        process = self.start("import time\nprint('here', flush=True)\ntime.sleep(60)", ASKED)
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, -signal.SIGTERM)

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_worker_is_ended_by_the_signal(self) -> None:
        script = """
import os, signal, time
trial.should_stop
here, there = os.pipe()
worker = os.fork()
if worker == 0:
    os.write(there, b"ready")  # a signal before this would be lost: Python forgets what came while it forked
    time.sleep(60)
    os._exit(0)
os.read(here, 5)
os.kill(worker, signal.SIGTERM)
print(os.WTERMSIG(os.waitpid(worker, 0)[1]))
"""
        self.assertEqual(self.run_script(script, ASKED).stdout, f"{int(signal.SIGTERM)}\n")

    def test_a_trial_that_cannot_be_read(self) -> None:
        ended = self.run_script("", {**ASKED, "version": 2})
        self.assertIn("this client speaks version 1 of the protocol, Sweetspot version 2", ended.stderr)
