import unittest

from sweetspot.looks import first_look_after, next_look


class Looks(unittest.TestCase):
    def test_every_step_then_five_percent_more(self) -> None:
        looks = [1]
        while looks[-1] < 60:
            looks.append(next_look(looks[-1], 1.05))
        # floor(40 · 1.05) = 42 is the first that skips a step
        self.assertEqual(looks, [*range(1, 41), 42, 44, 46, 48, 50, 52, 54, 56, 58, 60])

    def test_a_ratio_of_one_looks_after_every_step(self) -> None:
        self.assertEqual(next_look(1000, 1), 1001)

    def test_the_grid_goes_on_after_a_checkpoint(self) -> None:
        self.assertEqual([first_look_after(step, 1.05) for step in (0, 1, 40, 41, 42)], [1, 2, 42, 42, 44])
