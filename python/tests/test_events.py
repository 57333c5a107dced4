import json
import multiprocessing
import os
import tempfile
import unittest
from pathlib import Path

from sweetspot.events import encoded, open_sink


def write_many(path: str, writer: int, count: int) -> None:
    sink = open_sink({"SWEETSPOT_EVENTS": path})
    for step in range(count):
        sink({"step": step, "writer": writer, "padding": "x" * (step % 700)})


class Events(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "events"

    def test_a_line_of_the_protocol(self) -> None:
        line = encoded({"step": 100, "examples": 3200, "metrics": {"train.loss": 0.31}})
        self.assertEqual(line, b'{"sweetspot":1,"step":100,"examples":3200,"metrics":{"train.loss":0.31}}\n')

    def test_numbers_that_json_has_not_are_words(self) -> None:
        metrics = {"a": float("nan"), "b": float("inf"), "c": float("-inf")}
        line = json.loads(encoded({"metrics": metrics}), parse_constant=lambda word: self.fail(f"{word} is no JSON"))
        self.assertEqual(line["metrics"], {"a": "NaN", "b": "Infinity", "c": "-Infinity"})

    def test_lines_of_several_processes_stay_whole(self) -> None:
        context = multiprocessing.get_context("spawn")
        writers = [context.Process(target=write_many, args=(str(self.file), writer, 300)) for writer in range(3)]
        for process in writers:
            process.start()
        for process in writers:
            process.join()
        seen = [json.loads(line) for line in self.file.read_text().splitlines()]
        for writer in range(3):
            self.assertEqual([event["step"] for event in seen if event["writer"] == writer], list(range(300)))

    def test_half_a_line_of_a_killed_attempt_takes_no_other_with_it(self) -> None:
        self.file.write_bytes(b'{"sweetspot":1,"st')
        open_sink({"SWEETSPOT_EVENTS": str(self.file)})({"step": 1})
        self.assertEqual(self.file.read_bytes(), b'{"sweetspot":1,"st\n{"sweetspot":1,"step":1}\n')

    def test_only_the_first_of_a_distributed_training_reports(self) -> None:
        for rank in ("0", "1"):
            open_sink({"SWEETSPOT_EVENTS": str(self.file), "RANK": rank})({"step": int(rank)})
        self.assertEqual(self.file.read_bytes(), b'{"sweetspot":1,"step":0}\n')

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_a_full_disk_is_an_error(self) -> None:
        with self.assertRaises(OSError):
            open_sink({"SWEETSPOT_EVENTS": "/dev/full"})({"step": 1})
