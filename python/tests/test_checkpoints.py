import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from sweetspot import Checkpoint, Checkpoints

# Saves step 1, then is killed in the middle of saving step 2.
KILLED = """
import os, signal, sys
from sweetspot import Checkpoints
checkpoints = Checkpoints(sys.argv[1])
with checkpoints.save(1) as path: path.write_text("whole")
with checkpoints.save(2) as path:
    path.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


class Saving(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "trial"

    def test_none_at_first(self) -> None:
        self.assertIsNone(Checkpoints(self.folder).find())

    def test_the_newest_is_found_and_the_older_gone(self) -> None:
        checkpoints = Checkpoints(self.folder)
        for step in (9, 10):
            with checkpoints.save(step, ".npz") as path:
                path.write_text(str(step))
        self.assertEqual(checkpoints.find(), Checkpoint(10, self.folder / "step-10.npz"))
        self.assertEqual(os.listdir(self.folder), ["step-10.npz"])

    def test_one_that_was_killed_while_saving_leaves_the_one_before(self) -> None:
        subprocess.run([sys.executable, "-c", KILLED, str(self.folder)], check=False)
        found = Checkpoints(self.folder).find()
        assert found is not None
        self.assertEqual((found.step, found.path.read_text()), (1, "whole"))

    def test_an_exception_while_saving_leaves_the_one_before(self) -> None:
        checkpoints = Checkpoints(self.folder)
        with checkpoints.save(1) as path:
            path.write_text("whole")
        with self.assertRaises(RuntimeError), checkpoints.save(2) as path:
            path.write_text("half")
            raise RuntimeError
        self.assertEqual(os.listdir(self.folder), ["step-1"])

    def test_without_a_folder_nothing_is_kept(self) -> None:
        checkpoints = Checkpoints(None)
        with checkpoints.save(1) as path:
            path.write_text("nowhere")
        self.assertFalse(path.exists())
        self.assertIsNone(checkpoints.find())
