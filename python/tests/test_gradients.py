import itertools
import unittest
from typing import List, Sequence

from exact_gradients import gradients, mean, signal, squared_norm, variance

from sweetspot import MicroBatches, TwoNorms


def measured(sizes: Sequence[int], order: Sequence[int]) -> TwoNorms:
    """What one batch of these micro-batches shows, its examples taken in this order."""
    every = gradients()
    micro = MicroBatches()
    at = 0
    for size in sizes:
        micro.add(size, squared_norm(mean([every[i] for i in order[at : at + size]])))
        at += size
    norms = micro.norms(squared_norm(mean([every[i] for i in order[:at]])))
    assert norms is not None
    return norms


def moments(norms: TwoNorms, population: int) -> List[float]:
    """tr(Σ) and |G|² by the formulas of McCandlish et al. 2018, for examples drawn without replacement."""
    spread = (norms.small_squared_norm - norms.big_squared_norm) / (1 / norms.small_batch - 1 / norms.big_batch)
    return [spread, norms.big_squared_norm - (1 / norms.big_batch - 1 / population) * spread]


class Unbiased(unittest.TestCase):
    def test_over_every_order_of_the_examples(self) -> None:
        """The mean over all 720 orders is the expectation itself, so it is the truth but for rounding."""
        count = len(gradients())
        for sizes in ([1, 1], [2, 2], [3, 3], [1, 1, 1, 1, 1, 1], [2, 2, 1], [3, 1], [4, 2]):
            with self.subTest(sizes=sizes):
                every = [moments(measured(sizes, order), count) for order in itertools.permutations(range(count))]
                spread, square = mean(every)
                self.assertAlmostEqual(spread, variance(), places=12)
                self.assertAlmostEqual(square, signal(), places=12)


class Usage(unittest.TestCase):
    def test_unequal_micro_batches_have_their_harmonic_mean(self) -> None:
        norms = measured([4, 1], range(6))
        self.assertAlmostEqual(norms.small_batch, 1.6)  # 2/(1/4 + 1/1)
        self.assertEqual(norms.big_batch, 5)

    def test_one_micro_batch_shows_no_variance(self) -> None:
        micro = MicroBatches()
        micro.add(4, 1.0)
        self.assertIsNone(micro.norms(1.0))

    def test_an_empty_micro_batch(self) -> None:
        with self.assertRaisesRegex(ValueError, "got 0"):
            MicroBatches().add(0, 1.0)

    def test_the_event(self) -> None:
        event = TwoNorms(32, 0.52, 256, 0.11).event()
        self.assertEqual(event, {"small": {"batch": 32, "squaredNorm": 0.52}, "big": {"batch": 256, "squaredNorm": 0.11}})
