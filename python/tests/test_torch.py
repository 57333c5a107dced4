import json
import os
import tempfile
import unittest
from typing import Any, Dict, List, Sequence
from unittest import mock

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not here") from None

from exact_gradients import FEATURES, TARGETS, WEIGHTS, gradients, mean, squared_norm

from sweetspot import TwoNorms, start_trial
from sweetspot.torch import GradientNorms, report_noise


def least_squares() -> Any:
    model = torch.nn.Linear(2, 1, bias=False).double()
    model.weight.data[:] = torch.tensor([WEIGHTS])
    return model


def measured(model: Any, sizes: Sequence[int], parameters: Any = None) -> TwoNorms:
    """The first examples in micro-batches of these sizes, as a script would accumulate them."""
    x, y = torch.tensor(FEATURES).double(), torch.tensor(TARGETS).double()
    model.zero_grad()
    at, batch = 0, sum(sizes)
    with GradientNorms(model if parameters is None else parameters) as norms:
        for size in sizes:
            outputs = model(x[at : at + size])[:, 0]
            loss = 0.5 * (outputs - y[at : at + size]).pow(2).mean()
            (loss * size / batch).backward()
            norms.add(size)
            at += size
    assert norms.pair is not None
    return norms.pair


class Tied(torch.nn.Module):
    """One weight used twice: f(x) = w·(w·x), so that its gradient arrives in two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([[0.5, -0.25], [0.75, 1.0]]).double())

    def forward(self, x: Any) -> Any:
        return x @ self.weight @ self.weight


class Norms(unittest.TestCase):
    def test_those_of_the_closed_form(self) -> None:
        every = gradients()
        for sizes in ([3, 3], [2, 2, 2], [1] * 6, [2, 2, 1], [4, 1]):
            with self.subTest(sizes=sizes):
                norms = measured(least_squares(), sizes)
                starts = [sum(sizes[:k]) for k in range(len(sizes))]
                micro: List[float] = [squared_norm(mean(every[at : at + size])) for at, size in zip(starts, sizes)]
                self.assertAlmostEqual(norms.small_squared_norm, sum(micro) / len(micro), places=12)
                self.assertAlmostEqual(norms.big_squared_norm, squared_norm(mean(every[: sum(sizes)])), places=12)
                self.assertAlmostEqual(norms.small_batch, len(sizes) / sum(1 / size for size in sizes), places=12)
                self.assertEqual(norms.big_batch, sum(sizes))

    def test_a_weight_used_twice(self) -> None:
        model = Tied()
        x = torch.tensor(FEATURES).double()
        alone = []
        for row in x:
            model.zero_grad()
            model(row[None])[:, 0].pow(2).mean().backward()
            assert model.weight.grad is not None
            alone.append(float(model.weight.grad.pow(2).sum()))
        model.zero_grad()
        with GradientNorms(model) as norms:
            for row in x:
                (model(row[None])[:, 0].pow(2).mean() / len(x)).backward()
                norms.add(1)
        assert norms.pair is not None
        self.assertAlmostEqual(norms.pair.small_squared_norm, sum(alone) / len(alone), places=12)

    def test_frozen_parameters_have_no_part(self) -> None:
        model = torch.nn.Sequential(least_squares(), torch.nn.Linear(1, 1).double())
        model[1].weight.data[:] = 1
        model[1].bias.data[:] = 0
        model[1].requires_grad_(False)
        self.assertEqual(measured(model, [3, 3]), measured(least_squares(), [3, 3]))

    def test_half_precision_does_not_lose_small_gradients(self) -> None:
        weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float16))
        slope = 2.0**-14  # exact in half precision, where its square, 2⁻²⁸, is 0
        with GradientNorms([weight]) as norms:
            for _ in range(2):
                weight.backward(torch.tensor([slope / 2], dtype=torch.float16))
                norms.add(1)
        self.assertEqual(norms.pair, TwoNorms(1, slope**2, 2, slope**2))

    def test_a_batch_in_one_piece_tells_nothing(self) -> None:
        model = least_squares()
        with GradientNorms(model) as norms:
            model(torch.tensor(FEATURES).double()).sum().backward()
            norms.add(6)
        self.assertIsNone(norms.pair)

    def test_nothing_is_left_behind(self) -> None:
        model = least_squares()
        norms = GradientNorms(model)
        with self.assertRaises(ZeroDivisionError), norms:
            raise ZeroDivisionError
        self.assertFalse(model.weight._backward_hooks)
        with self.assertRaisesRegex(ValueError, "when the `with` block has ended"):
            norms.pair

    def test_a_micro_batch_without_a_backward_pass(self) -> None:
        with self.assertRaisesRegex(ValueError, "after each backward"), GradientNorms(least_squares()) as norms:
            norms.add(1)


class Apart(unittest.TestCase):
    def reported(self, model: Any, examples: int, size: int = 64, steps: Sequence[int] = (1,)) -> List[Dict[str, Any]]:
        """The gradient events of a least-squares fit whose examples are repeated, one after the other, up to this many."""
        x, y = torch.tensor(FEATURES).double(), torch.tensor(TARGETS).double()

        def mean_loss(part: Any) -> Any:
            return 0.5 * (model(x[part % len(x)])[:, 0] - y[part % len(x)]).pow(2).mean()

        with tempfile.TemporaryDirectory() as folder:
            events = os.path.join(folder, "events")
            given = {"SWEETSPOT_EVENTS": events, "SWEETSPOT_TRIAL": json.dumps({"batchSize": 2, "learningRate": 0.5, "seed": 7})}
            with mock.patch.dict(os.environ, given):
                trial = start_trial(batch_size=1, learning_rate=0.1)
                for step in steps:
                    report_noise(trial, step, model, mean_loss, examples, size)
            with open(events) as file:
                return [json.loads(line) for line in file]

    def test_all_examples_where_there_are_no_more(self) -> None:
        [event] = self.reported(least_squares(), len(FEATURES))
        every = gradients()
        self.assertEqual((event["step"], event["gradient"]["small"]["batch"], event["gradient"]["big"]["batch"]), (0, 1, len(every)))
        self.assertAlmostEqual(event["gradient"]["big"]["squaredNorm"], squared_norm(mean(every)), places=12)
        self.assertAlmostEqual(event["gradient"]["small"]["squaredNorm"], sum(map(squared_norm, every)) / len(every), places=12)

    def test_sixteen_groups_others_at_each_step_and_only_where_they_are_due(self) -> None:
        reported = self.reported(least_squares(), 6000, size=4, steps=(1, 2, 4, 5))
        self.assertEqual([event["step"] for event in reported], [0, 1, 4])
        self.assertEqual({(event["gradient"]["small"]["batch"], event["gradient"]["big"]["batch"]) for event in reported}, {(4, 64)})
        self.assertEqual(len({event["gradient"]["big"]["squaredNorm"] for event in reported}), 3)
        self.assertEqual(reported, self.reported(least_squares(), 6000, size=4, steps=(1, 2, 4, 5)))

    def test_the_run_goes_on_as_if_nothing_had_been_measured(self) -> None:
        model = torch.nn.Sequential(torch.nn.BatchNorm1d(2), torch.nn.Dropout(0.5), torch.nn.Linear(2, 1)).double()
        before = {name: value.clone() for name, value in model.state_dict().items()}
        random_state = torch.get_rng_state()
        self.reported(model, 6000)
        self.assertTrue(all(torch.equal(value, before[name]) for name, value in model.state_dict().items()))
        self.assertTrue(torch.equal(torch.get_rng_state(), random_state))
        self.assertTrue(all(parameter.grad is None for parameter in model.parameters()))
