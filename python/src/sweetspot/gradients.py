"""Gradients at two batch sizes, from gradient accumulation: all that an outside trainer needs to tell its gradient noise scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, SupportsFloat, Tuple

from .events import Event, number


@dataclass(frozen=True)
class TwoNorms:
    """Expected squared norms of the mean gradient of `small_batch` and of `big_batch` examples, at the same weights; each an unbiased estimate.

    With tr(Σ) the summed variance of single examples' gradients and G the gradient over all N of them, drawn without replacement:

        E|G_B|² = |G|² + (1/B − 1/N)·tr(Σ)

    so two sizes give both: tr(Σ) = (|G_s|² − |G_b|²)/(1/B_s − 1/B_b). Source: McCandlish et al. 2018, appendix A.1; the 1/N is ours.
    """

    small_batch: float
    small_squared_norm: float
    big_batch: int
    big_squared_norm: float

    def event(self) -> Event:
        return {
            "small": {"batch": self.small_batch, "squaredNorm": self.small_squared_norm},
            "big": {"batch": self.big_batch, "squaredNorm": self.big_squared_norm},
        }


class MicroBatches:
    """Collects the squared gradient norms of the micro-batches that make up one batch.

    Micro-batches may differ in size b_k, as the last one often does. The plain mean of their squared norms then has the expectation
    |G|² + (mean(1/b_k) − 1/N)·tr(Σ): that of one size, the harmonic mean of them all.
    """

    def __init__(self) -> None:
        self._count = 0
        self._examples = 0
        self._squared_norms = 0.0
        self._reciprocals = 0.0

    def add(self, examples: int, squared_norm: SupportsFloat) -> None:
        """`squared_norm`: of the mean gradient of this micro-batch's `examples`, summed over all parameters."""
        if examples < 1:
            raise ValueError(f"a micro-batch has one example or more, got {examples}")
        self._count += 1
        self._examples += examples
        self._squared_norms += number(squared_norm)
        self._reciprocals += 1 / examples

    @property
    def sums(self) -> Tuple[float, float, float, float]:
        """What `add` has summed: micro-batches, examples, squared norms, and 1/b_k. Those of several collections add up to those of all."""
        return self._count, self._examples, self._squared_norms, self._reciprocals

    @classmethod
    def of_sums(cls, count: float, examples: float, squared_norms: float, reciprocals: float) -> MicroBatches:
        micro = cls()
        micro._count, micro._examples = round(count), round(examples)
        micro._squared_norms, micro._reciprocals = squared_norms, reciprocals
        return micro

    def norms(self, squared_norm_of_mean: SupportsFloat) -> Optional[TwoNorms]:
        """With the squared norm of the mean gradient of all their examples; None with fewer than two micro-batches, between which noise would show."""
        if self._count < 2:
            return None
        return TwoNorms(
            small_batch=self._count / self._reciprocals,
            small_squared_norm=self._squared_norms / self._count,
            big_batch=self._examples,
            big_squared_norm=number(squared_norm_of_mean),
        )
