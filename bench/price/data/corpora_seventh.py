"""Makes the seventh eight of the largest data sets of the price benchmark: `python corpora_seventh.py FOLDER`.

Needs tcllib, vim-runtime, hunspell-cs and fonts-bpg-georgian (apt); and numpy, pandas, pillow and fonttools (pip). Sizes, drawing and files
are those of corpora.py.
"""

from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import numpy as np

from corpora import coded, drawn, endings_of, moved, next_of, one_hot, save, signs_in, trained, validated
from corpora_fifth import installed


def without_comments(texts: list[str], mark: str) -> str:
    """Texts without the lines that begin with this mark."""
    return "\n".join(line for text in texts for line in text.splitlines() if not line.lstrip().startswith(mark))


def tcl() -> None:
    """The Tcl of Tcllib without the lines that are comments."""
    next_of("tcl", coded(without_comments(installed("tcllib", ".tcl"), "#"), 48), 48, 8)


def vim() -> None:
    """The scripts by which Vim indents and edits the files of each language, without the lines that are comments."""
    texts = [text for kind in ("indent", "ftplugin") for text in installed("vim-runtime", ".vim", f"/{kind}/")]
    next_of("vim", coded(without_comments(texts, '"'), 48), 48, 8)


def inflected() -> None:
    """The last twelve letters of a Czech word, and by which rules it is inflected, of the sixteen sets of rules with the most words."""
    letters = "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž "
    known = defaultdict(set)
    for line in Path("/usr/share/hunspell/cs_CZ.dic").read_text().splitlines():
        word, _, rules = line.partition("/")
        if rules and len(word) >= 3 and set(word) < set(letters):
            known[word].add(rules)
    words = sorted((word, *found) for word, found in known.items() if len(found) == 1)
    common = [rules for rules, _ in Counter(rules for _, rules in words).most_common(16)]
    endings_of("inflected", [(word, common.index(rules)) for word, rules in words if rules in common], letters)


def georgian() -> None:
    """A letter of Georgian, drawn as capital letters are in `glyphs`, in four grays."""
    signs = [chr(code) for code in range(0x10D0, 0x10F1)]
    pictures, labels = signs_in(list(Path("/usr/share/fonts/truetype/fonts-bpg-georgian").glob("*.ttf")), signs)
    save("georgian", (pictures // 64).astype(np.uint8), labels=labels.astype(np.uint8))


def coins() -> None:
    """
    Eight coins in a row, of 0 to 99 each, and by how much the first of two players comes out ahead, if both play at their best: they take
    turns, and each takes a coin from one end or the other.
    """
    coins = np.random.default_rng(20261130).integers(100, size=(trained + validated, 8))
    # By which coins are left, those from one on and before another: by how much whoever is to take comes out ahead.
    ahead = np.zeros((9, 9, len(coins)), dtype=int)
    for left in range(1, 9):
        for start in range(9 - left):
            end = start + left
            first, last = coins[:, start] - ahead[start + 1, end], coins[:, end - 1] - ahead[start, end - 1]
            ahead[start, end] = np.maximum(first, last)
    save("coins", coins.astype(np.uint8), target=ahead[0, 8].astype(np.float32))


def pancakes() -> None:
    """A stack of nine pancakes of nine sizes, and how often it takes to turn over some of them from the top until they lie in order."""
    count = 9
    stacks = np.array(list(permutations(range(count))), dtype=np.uint8)
    powers = 10 ** np.arange(count)
    numbers = stacks @ powers
    order = np.argsort(numbers)
    flips = np.full(len(stacks), -1)
    edge, depth = np.array([0]), 0
    while len(edge):
        flips[edge] = depth
        turned = [np.hstack([stacks[edge, :top][:, ::-1], stacks[edge, top:]]) for top in range(2, count + 1)]
        reached = np.unique(np.vstack(turned) @ powers)
        reached = order[np.searchsorted(numbers, reached, sorter=order)]
        edge, depth = reached[flips[reached] < 0], depth + 1
    assert flips.min() == 0 and flips.max() == 10
    chosen = drawn(len(stacks))
    save("pancakes", one_hot(stacks[chosen], count), target=flips[chosen].astype(np.float32))


def resistors() -> None:
    """
    Twelve resistors along the edges of a cube, each in steps of a 24th of a power of ten, and the logarithm of the resistance between two
    corners across from each other.
    """
    steps = np.random.default_rng(20261130).integers(49, size=(trained + validated, 12))
    conducts = 10 ** (-steps / 24)
    edges = [(a, a | 1 << axis) for a in range(8) for axis in range(3) if not a >> axis & 1]
    laplacian = np.zeros((len(steps), 8, 8))
    for i, (a, b) in enumerate(edges):
        for one, other in ((a, b), (b, a)):
            laplacian[:, one, one] += conducts[:, i]
            laplacian[:, one, other] -= conducts[:, i]
    # A current of one from corner 0 to corner 7, which is at no voltage: the voltage of corner 0 is the resistance.
    current = np.eye(7)[:, :1]
    voltages = np.linalg.solve(laplacian[:, :7, :7], np.broadcast_to(current, (len(steps), 7, 1)))
    save("resistors", steps.astype(np.uint8), target=np.log10(voltages[:, 0, 0]).astype(np.float32))


def species() -> None:
    """
    Three species that compete (Lotka–Volterra): by how much each of them is kept back by each other one, in hundredths of by how much it is
    by itself; how many there are of each, in hundredths of as many as there would be of it alone; and of which there are most at time 10.
    """
    chance = np.random.default_rng(20261130)
    count = trained + validated
    others, start = chance.integers(201, size=(count, 6)), chance.integers(5, 101, size=(count, 3))
    against = np.empty((3, 3, count))
    against[np.eye(3, dtype=bool)] = 1
    against[~np.eye(3, dtype=bool)] = others.T / 100

    def change(at: np.ndarray, _: float) -> np.ndarray:
        return at * (1 - (against * at).sum(axis=1))

    state = moved(start.T / 100, change, 0.05, 200)
    save("species", np.hstack([others, start]).astype(np.uint8), labels=state.argmax(axis=0).astype(np.uint8))


if __name__ == "__main__":
    for make in (tcl, vim, inflected, georgian, coins, pancakes, resistors, species):
        make()
