"""The hook counts what PyTorch's optimizers do, in this version of it."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import torch  # noqa: F401
except ImportError:
    raise unittest.SkipTest("PyTorch is not here") from None

HOOK = str(Path(__file__).resolve().parents[1] / "hook")

SCRIPT = """
import torch
from sweetspot_hook.lines import hear
weights = torch.nn.Parameter(torch.ones(2))
optimizer, other = torch.optim.SGD([weights], lr=0.1), torch.optim.Adam([weights])
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
hear("wandb", {"val/acc": torch.tensor(0.5)})
for _ in range(3):
    optimizer.zero_grad()
    weights.sum().backward()
    optimizer.step()
    schedule.step()
    other.step()
hear("wandb", {"val/acc": torch.tensor([0.25]), "many": torch.ones(2)})
del optimizer, other, schedule
later = torch.optim.SGD([weights], lr=0.1)
later.step()
hear("wandb", {"val/acc": 0.75})
"""


class Updates(unittest.TestCase):
    def test_of_optimizers_that_take_turns_the_busiest_counts_and_a_later_one_goes_on(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            events = Path(folder) / "events.jsonl"
            env = {**os.environ, "PYTHONPATH": HOOK, "SWEETSPOT_EVENTS": str(events), "SWEETSPOT_HOOKS": "1"}
            ran = subprocess.run([sys.executable, "-W", "error", "-c", SCRIPT], env=env, capture_output=True, text=True)
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            heard = [json.loads(line) for line in events.read_text().splitlines()]
            self.assertEqual([(event.get("counted"), event["metrics"]) for event in heard], [
                (None, {"val/acc": 0.5}),
                (3, {"val/acc": 0.25}),
                (4, {"val/acc": 0.75}),
            ])


if __name__ == "__main__":
    unittest.main()
