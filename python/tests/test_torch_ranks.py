import os
import tempfile
import unittest
from typing import Any, List, Optional, Sequence

try:
    import torch
    import torch.distributed as distributed
    import torch.multiprocessing as processes
except ImportError:
    raise unittest.SkipTest("PyTorch is not here") from None

from sweetspot import TwoNorms
from sweetspot.torch import GradientNorms

RANKS = 4
EXAMPLES = 64


def network() -> Any:
    torch.manual_seed(1)
    return torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1)).double()


def data() -> Any:
    generator = torch.Generator().manual_seed(2)
    return torch.randn(EXAMPLES, 8, generator=generator).double(), torch.randn(EXAMPLES, generator=generator).double()


def accumulate(model: Any, norms: GradientNorms, at: int, sizes: Sequence[int], parallel: bool) -> None:
    x, y = data()
    batch = sum(sizes)
    for k, size in enumerate(sizes):
        part = slice(at, at + size)

        def backward() -> None:
            ((model(x[part])[:, 0] - y[part]).pow(2).mean() * size / batch).backward()

        if parallel and k < len(sizes) - 1:
            with model.no_sync():
                backward()
        else:
            backward()
        norms.add(size)
        at += size


def alone(sizes: Sequence[int]) -> TwoNorms:
    model = network()
    with GradientNorms(model) as norms:
        accumulate(model, norms, 0, sizes, False)
    assert norms.pair is not None
    return norms.pair


def run_rank(rank: int, folder: str, shards: List[List[int]], averaged: bool) -> None:
    distributed.init_process_group("gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=RANKS)
    model: Any = network()
    if averaged:
        model = torch.nn.parallel.DistributedDataParallel(model)
    said: Any
    try:
        with GradientNorms(model, group=distributed.group.WORLD) as norms:
            accumulate(model, norms, sum(sum(shard) for shard in shards[:rank]), shards[rank], averaged)
        said = norms.pair
    except ValueError as error:
        said = str(error)
    torch.save(said, os.path.join(folder, f"said-{rank}"))
    distributed.destroy_process_group()


def on_ranks(shards: List[List[int]], averaged: bool = True) -> List[Any]:
    with tempfile.TemporaryDirectory() as folder:
        processes.spawn(run_rank, args=(folder, shards, averaged), nprocs=RANKS)
        return [torch.load(os.path.join(folder, f"said-{rank}")) for rank in range(RANKS)]


class Ranks(unittest.TestCase):
    def assert_equal(self, pair: Optional[TwoNorms], expected: TwoNorms) -> None:
        assert pair is not None
        self.assertEqual((pair.small_batch, pair.big_batch), (expected.small_batch, expected.big_batch))
        self.assertAlmostEqual(pair.small_squared_norm / expected.small_squared_norm, 1, delta=1e-6)
        self.assertAlmostEqual(pair.big_squared_norm / expected.big_squared_norm, 1, delta=1e-6)

    def test_four_ranks_equal_one_process(self) -> None:
        for pair in on_ranks([[8, 8]] * RANKS):
            self.assert_equal(pair, alone([8] * 8))

    def test_one_micro_batch_a_rank_is_enough(self) -> None:
        for pair in on_ranks([[16]] * RANKS):
            self.assert_equal(pair, alone([16] * 4))

    def test_unequal_shards_are_refused_by_all(self) -> None:
        for said in on_ranks([[8, 8], [8, 8], [8, 8], [8, 4]]):
            self.assertRegex(said, "equally many examples of a batch, got 12 to 16")

    def test_gradients_that_were_not_averaged_are_refused(self) -> None:
        for said in on_ranks([[16]] * RANKS, averaged=False):
            self.assertRegex(said, "gradients differ between ranks")
