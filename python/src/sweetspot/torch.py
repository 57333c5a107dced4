"""PyTorch: the two gradient norms, measured apart or from the micro-batches of gradient accumulation."""

from __future__ import annotations

import random
from types import TracebackType
from typing import Any, Callable, Iterable, List, Optional, Type, Union

import torch

from .gradients import MicroBatches, TwoNorms
from .trial import Trial

# The number of groups of examples: the differences of their gradients are the noise.
GROUPS = 16

# Gradients that were averaged over ranks have squared norms that differ by rounding alone.
SAME = 1e-3


def report_noise(
    trial: Trial, step: int, model: "torch.nn.Module", mean_loss: Callable[["torch.Tensor"], "torch.Tensor"], examples: int, size: int = 64
) -> None:
    """Reports the gradient's norms before update number `step`, where they are due, from 16 groups of `size` training examples drawn for it:

        for step, batch in zip(trial.steps(), mini_batches()):
            report_noise(trial, step, model, lambda part: loss(model(x[part]), labels[part]), len(x))
            optimizer.zero_grad()
            ...

    `mean_loss(part)`: the mean loss over the examples that the integers in `part` number, from 0 to `examples` − 1. A run that is measured is the same as one
    that isn't: random numbers and the model's buffers, such as batch normalization's means, are put back, and no gradient is left. None may be there before:
    call it ahead of the update. Costs 16 backward passes, some ten times in a run; their time counts as measuring. Of fewer examples all are taken.
    """
    if not trial.is_gradient_due(step):
        return
    with trial.measuring():
        drawn = random.Random(f"noise {trial.seed} {step}").sample(range(examples), min(GROUPS * size, examples))
        buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
        devices = {parameter.device for parameter in model.parameters() if parameter.is_cuda}
        model.zero_grad(set_to_none=True)
        with torch.random.fork_rng(devices=list(devices)), GradientNorms(model) as norms:
            for part in torch.tensor(drawn).chunk(GROUPS):
                (mean_loss(part) * len(part) / len(drawn)).backward()
                norms.add(len(part))
        model.zero_grad(set_to_none=True)
        with torch.no_grad():
            for buffer, before in buffers:
                buffer.copy_(before)
    trial.report_gradient(step, norms.pair)


class GradientNorms:
    """Measures while micro-batches accumulate the mean gradient of one batch:

        optimizer.zero_grad()
        with GradientNorms(model) as norms:
            for x, y in micro_batches:
                (loss(model(x), y) * len(x) / batch_size).backward()
                norms.add(len(x))
        trial.report_gradient(step, norms.pair)
        optimizer.step()

    The gradients must be zero before, and what accumulates must be the mean over the batch: of k equal micro-batches, each mean loss divided by k. Costs a
    pass over each micro-batch's gradient and no memory: it is seen by hooks on its way into `.grad`. Nothing is left behind.

    `group`: the data-parallel ranks, such as `torch.distributed.group.WORLD`. Each rank adds its own micro-batches, which are measured before gradients are
    averaged over ranks; when the block ends, `.grad` must be that average, as DistributedDataParallel leaves it. One micro-batch a rank is enough. Every rank then
    has the same pair, that of the whole batch; ranks must have equally many examples, or that average is not the mean over them. Costs two small
    all-reduces.
    """

    def __init__(self, parameters: Union["torch.nn.Module", Iterable["torch.Tensor"]], group: Any = None) -> None:
        self._group = group
        every = parameters.parameters() if isinstance(parameters, torch.nn.Module) else parameters
        self._parameters: List[Any] = [parameter for parameter in every if parameter.requires_grad]
        self._hooks: List[Any] = []
        self._sums: List[Any] = []
        self._added: List[Any] = []
        self._sizes: List[int] = []
        self._pair: Optional[TwoNorms] = None
        self._ended = False

    def __enter__(self) -> GradientNorms:
        self._hooks = [parameter.register_hook(self._see) for parameter in self._parameters]
        return self

    def add(self, examples: int) -> None:
        """After the backward pass of a micro-batch of this many examples."""
        if not self._sums:
            raise ValueError("no gradient has come since the last micro-batch: call add(…) after each backward()")
        self._added.append(_total(self._sums))
        self._sizes.append(examples)
        self._sums = []

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        for hook in self._hooks:
            hook.remove()
        if kind is None:
            self._pair = self._measured()
            self._ended = True

    @property
    def pair(self) -> Optional[TwoNorms]:
        """For `Trial.report_gradient`, once the block has ended; None where the batch was in one piece."""
        if not self._ended:
            raise ValueError("the norms are known when the `with` block has ended")
        return self._pair

    def _see(self, gradient: Any) -> None:
        self._sums.append(_squared_norm(gradient))

    def _measured(self) -> Optional[TwoNorms]:
        # A micro-batch of n_k examples adds its mean gradient times n_k/B to the mean over all B.
        batch = sum(self._sizes)
        micro = MicroBatches()
        for examples, added in zip(self._sizes, self._added):
            micro.add(examples, added * (batch / examples) ** 2)
        mean = _total([_squared_norm(p.grad) for p in self._parameters if p.grad is not None])
        return micro.norms(mean) if self._group is None else self._over_ranks(micro, batch, mean)

    def _over_ranks(self, micro: MicroBatches, batch: int, mean: float) -> Optional[TwoNorms]:
        distributed = torch.distributed
        device = self._parameters[0].device
        sums = torch.tensor(micro.sums, dtype=torch.float64, device=device)
        most = torch.tensor([batch, -batch, mean, -mean], dtype=torch.float64, device=device)
        distributed.all_reduce(sums, group=self._group)
        distributed.all_reduce(most, op=distributed.ReduceOp.MAX, group=self._group)
        most_examples, fewest_examples, largest, smallest = most[0].item(), -most[1].item(), most[2].item(), -most[3].item()
        if most_examples != fewest_examples:
            raise ValueError(f"ranks must have equally many examples of a batch, got {fewest_examples:.0f} to {most_examples:.0f}")
        if largest - smallest > SAME * largest:
            raise ValueError("gradients differ between ranks: average them over the group before the block ends, as DistributedDataParallel does")
        return MicroBatches.of_sums(*sums.tolist()).norms(mean)


def _squared_norm(gradient: Any) -> Any:
    """In single precision at least: the squares of half-precision gradients vanish."""
    dense = gradient.detach()
    return dense.to(torch.promote_types(dense.dtype, torch.float32)).pow(2).sum()


def _total(sums: List[Any]) -> float:
    """Of several devices, in double precision; waits for each device once."""
    by_device: Any = {}
    for term in sums:
        by_device.setdefault(term.device, []).append(term)
    return sum(float(torch.stack(terms).double().sum()) for terms in by_device.values())
