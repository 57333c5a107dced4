import unittest

from sweetspot.training_clock import TrainingClock


class Seconds(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0
        self.clock = TrainingClock(lambda: self.now)

    def test_without_those_of_measuring(self) -> None:
        self.now += 2
        self.clock.hold(1)
        self.now += 30  # measuring
        self.assertEqual(self.clock.seconds(), 2)
        self.clock.release()
        self.now += 4
        self.assertEqual(self.clock.seconds(), 6)

    def test_without_those_of_a_block(self) -> None:
        self.now += 2
        with self.clock.held():
            self.now += 30
        self.assertEqual(self.clock.seconds(), 2)
        self.clock.hold(1)
        with self.clock.held():  # measuring as well, and subtracted once
            self.now += 30
        self.clock.release()
        self.assertEqual(self.clock.seconds(), 2)

    def test_asking_twice_at_a_step_holds_from_the_first(self) -> None:
        self.clock.hold(1)
        self.now += 5
        self.clock.hold(1)
        self.assertEqual(self.clock.seconds(), 0)

    def test_a_step_that_was_due_and_not_reported_is_training(self) -> None:
        self.clock.hold(1)
        self.now += 5
        self.clock.hold(2)
        self.now += 30
        self.assertEqual(self.clock.seconds(), 5)
