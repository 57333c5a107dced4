import unittest

from sweetspot.goal import Goal, Watch

ACCURACY = Goal("validation.accuracy", at_least=0.9)
FIRST = Goal("validation.accuracy", at_least=0.9, window=1)


def over_after(watch: Watch, values: "list[float]") -> "list[bool]":
    """Whether the trial is over after each of the steps 1, 2, 3, …"""
    said = []
    for step, value in enumerate(values, start=1):
        watch.report(step, {"validation.accuracy": value})
        said.append(watch.over)
    return said


class Goals(unittest.TestCase):
    def test_at_the_value_itself(self) -> None:
        self.assertIs(ACCURACY.met_at(0.9), True)
        self.assertIs(ACCURACY.met_at(0.8999), False)
        self.assertIs(Goal("train.loss", at_most=0.1).met_at(0.1), True)
        self.assertIs(Goal("train.loss", at_most=0.1).met_at(0.11), False)

    def test_an_error_is_compared_by_its_accuracy(self) -> None:
        error = Goal("validation.error", at_most=0.15)
        self.assertIs(error.met_at(0.85), True)
        self.assertIs(error.met_at(0.84), False)

    def test_a_metric_of_the_scripts_own(self) -> None:
        self.assertIs(Goal("f1", at_least=0.9).met_at(0.9), True)
        self.assertIs(Goal("return", at_least=-110).met_at(-120), False)
        own = Goal("token.error", at_most=3)
        self.assertEqual((own.measured, own.met_at(2.5), own.met_at(3.5)), ("token.error", True, False))


class Ends(unittest.TestCase):
    def test_the_first_look_that_meets_the_goal(self) -> None:
        self.assertEqual(over_after(Watch(FIRST, "goal", 100, 1.05), [0.5, 0.9]), [False, True])

    def test_the_mean_over_the_last_tenth(self) -> None:
        values = [0.5] * 30 + [0.94, 0.85, 0.92, 0.9]  # at 33 the window holds 31, 32 and 33, whose mean is 0.903
        self.assertEqual(over_after(Watch(ACCURACY, "goal", 100, 1), values), [False] * 32 + [True, True])

    def test_a_value_met_by_every_look_is_met_by_their_mean(self) -> None:
        goal = Goal("validation.accuracy", at_least=0.93)
        values = [0.5] * 30 + [0.93] * 4
        self.assertIs(over_after(Watch(goal, "goal", 100, 1), values)[-1], True)

    def test_the_cap(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "goal", 2, 1.05), [0.5, 0.5]), [False, True])
        self.assertEqual(over_after(Watch(ACCURACY, "cap", 3, 1.05), [0.95, 0.95, 0.95]), [False, False, True])

    def test_a_metric_that_is_no_finite_number(self) -> None:
        self.assertEqual(over_after(Watch(ACCURACY, "goal", 100, 1.05), [0.5, float("nan")]), [False, True])

    def test_only_looks_count(self) -> None:
        watch = Watch(FIRST, "goal", 1000, 2)  # looks at 1, 2, 4, 8
        self.assertEqual(over_after(watch, [0.5] * 4 + [0.95]), [False] * 5)
        self.assertEqual([step for step in range(5, 12) if watch.is_due(step)], [8, 9, 10, 11])
