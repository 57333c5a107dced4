"""The handwritten digits that ship with Sweetspot, in the very sets that Sweetspot trains and validates on."""

import gzip
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent


def load(letter):
    """Features (examples × 64, from 0 to 1) and labels of one set: "t" for training, "v" for validation, "h" held out for the test."""
    with gzip.open(HERE / "../../data/digits.csv.gz", "rt") as file:
        rows = np.loadtxt(file, delimiter=",", dtype=np.float32)
    chosen = np.array(list((HERE / "digits-split.txt").read_text().replace("\n", ""))) == letter
    return rows[chosen, :64] / 16, rows[chosen, 64].astype(np.int64)


def mini_batches(examples, batch_size, generator):
    """Without end, the places of one mini-batch after the other: every epoch shuffles anew and cuts, and its last batch has what remains."""
    while True:
        order = generator.permutation(examples)
        for at in range(0, examples, batch_size):
            yield order[at : at + batch_size]


def micro_batches(examples, generator, most=16, size=64):
    """Places of disjoint groups of examples, at one time, for measuring the gradient noise."""
    return np.array_split(generator.permutation(examples)[: most * size], most)
