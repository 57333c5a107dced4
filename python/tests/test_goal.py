import unittest

from sweetspot.goal import Goal, Watch

ACCURACY = Goal("validation.accuracy", at_least=0.9)


def over_after(watch: Watch, values: "list[float]") -> "list[bool]":
    """Whether the trial is over after each of the steps 1, 2, 3, …"""
    said = []
    for step, value in enumerate(values, start=1):
        watch.report(step, {"validation.accuracy": value})
        said.append(watch.over)
    return said


class Goals(unittest.TestCase):
    def test_at_the_value_itself(self) -> None:
        self.assertIs(ACCURACY.met({"validation.accuracy": 0.9}), True)
        self.assertIs(ACCURACY.met({"validation.accuracy": 0.8999}), False)
        self.assertIs(Goal("train.loss", at_most=0.1).met({"train.loss": 0.1}), True)
        self.assertIs(Goal("train.loss", at_most=0.1).met({"train.loss": 0.11}), False)

    def test_without_its_metric(self) -> None:
        self.assertIsNone(ACCURACY.met({"train.accuracy": 0.95}))

    def test_an_error_is_told_by_its_accuracy(self) -> None:
        error = Goal("validation.error", at_most=0.15)
        self.assertIs(error.met({"validation.accuracy": 0.85}), True)
        self.assertIs(error.met({"validation.accuracy": 0.84}), False)


class Ends(unittest.TestCase):
    def test_the_first_look_that_meets_the_goal(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "first", 100, 1.05), [0.5, 0.9]), [False, True])

    def test_three_in_a_row_sustain_it(self) -> None:
        met, not_met = 0.95, 0.5
        watch = Watch(ACCURACY, "sustained", 100, 1.05)
        self.assertEqual(over_after(watch, [0.5, 0.5, 0.5, met, met, not_met, met, met]), [False] * 7 + [True])  # 4 is the first: till 8 at most
        self.assertEqual(over_after(Watch(ACCURACY, "sustained", 100, 1.05), [0.5, 0.5, met, met, met]), [False] * 4 + [True])

    def test_a_sustained_goal_is_waited_for_up_to_twice_the_first(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "sustained", 100, 1.05), [0.5, 0.95, 0.5, 0.5]), [False, False, False, True])

    def test_the_cap(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "first", 2, 1.05), [0.5, 0.5]), [False, True])
        self.assertEqual(over_after(Watch(ACCURACY, "cap", 3, 1.05), [0.95, 0.95, 0.95]), [False, False, True])

    def test_a_metric_that_is_no_finite_number(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "first", 100, 1.05), [0.5, float("nan")]), [False, True])

    def test_only_looks_count(self) -> None:
        watch = Watch(ACCURACY, "first", 1000, 2)  # looks at 1, 2, 4, 8
        self.assertEqual(over_after(watch, [0.5] * 4 + [0.95]), [False] * 5)
        self.assertEqual([step for step in range(5, 12) if watch.is_due(step)], [8, 9, 10, 11])
