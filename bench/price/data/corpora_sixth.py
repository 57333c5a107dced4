"""Makes the sixth eight of the largest data sets of the price benchmark: `python corpora_sixth.py FOLDER`.

Needs octave-common, debian-handbook, trans-de-en and fonts-thai-tlwg (apt); and numpy, pandas, pillow and fonttools (pip). Sizes, drawing
and files are those of corpora.py.
"""

import re
from collections import defaultdict
from pathlib import Path

import numpy as np

from corpora import coded, drawn, endings_of, next_of, one_hot, save, signs_in, trained, validated
from corpora_fifth import installed


def octave() -> None:
    """The scripts of GNU Octave without the lines that are comments, but with their tests."""
    lines = [line for text in installed("octave-common", ".m") for line in text.splitlines() if not line.lstrip().startswith("#")]
    next_of("octave", coded("\n".join(lines), 48), 48, 8)


def handbook() -> None:
    """The French pages of The Debian Administrator's Handbook, from their bodies on, in HTML."""
    bodies = [text.partition("<body")[2] for text in installed("debian-handbook", ".html", "/fr-FR/")]
    next_of("handbook", coded("".join(bodies), 48), 48, 8)


def genders() -> None:
    """The last twelve letters of a German noun that has one gender only, and which."""
    letters, kinds = "abcdefghijklmnopqrstuvwxyzäöüß ", "mfn"
    german = [line.partition("::")[0] for line in Path("/usr/share/trans/de-en").read_text().splitlines() if not line.startswith("#")]
    known = defaultdict(set)
    for word, kind in re.findall(r"\b([A-ZÄÖÜ][a-zäöüß]{2,}) \{([mfn])\}", "\n".join(german)):
        known[word.lower()].add(kind)
    nouns = sorted((word, *found) for word, found in known.items() if len(found) == 1)
    endings_of("genders", [(word, kinds.index(kind)) for word, kind in nouns], letters)


def thai() -> None:
    """A consonant of Thai, drawn as capital letters are in `glyphs`, in four grays."""
    signs = [chr(code) for code in range(0xE01, 0xE2F) if code not in (0xE24, 0xE26)]
    pictures, labels = signs_in(list(Path("/usr/share/fonts/truetype/tlwg").glob("*.ttf")), signs)
    save("thai", (pictures // 64).astype(np.uint8), labels=labels.astype(np.uint8))


def pegs() -> None:
    """Which of 4×5 holes have a peg, and how many pegs are left at best: one jumps over another into a hole, and that one goes."""
    rows, columns = 4, 5
    holes = rows * columns
    jumps = []
    for place in range(holes):
        row, column = divmod(place, columns)
        for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            if 0 <= row + 2 * down < rows and 0 <= column + 2 * right < columns:
                over = down * columns + right
                jumps.append((1 << place, 1 << (place + over), 1 << (place + 2 * over)))
    states = np.arange(2**holes)
    counts = (states[:, None] >> np.arange(holes) & 1).sum(axis=1).astype(np.uint8)
    least = counts.copy()
    for pegs in range(2, holes + 1):
        of_these = states[counts == pegs]
        for start, over, end in jumps:
            able = of_these[(of_these & (start | over | end)) == start | over]
            least[able] = np.minimum(least[able], least[able ^ (start | over | end)])
    chosen = drawn(len(states))
    save("pegs", (chosen[:, None] >> np.arange(holes) & 1).astype(np.uint8), target=least[chosen].astype(np.float32))


def knights() -> None:
    """
    A board of 6×6 squares of which ten are closed, a knight and where it is to go: in how many moves is it there at best? One to five, more
    or never.
    """
    size, closed = 6, 10
    count = trained + validated
    chance = np.random.default_rng(20261130)
    squares = chance.permuted(np.tile(np.arange(size**2), (count, 1)), axis=1)[:, : closed + 2]
    start, end = one_hot(squares[:, :1], size**2), one_hot(squares[:, 1:2], size**2)
    shut = one_hot(squares[:, 2:], size**2).reshape(count, closed, -1).sum(axis=1).astype(np.uint8)
    row, column = np.divmod(np.arange(size**2), size)
    near = np.abs(row[:, None] - row) * np.abs(column[:, None] - column) == 2
    reached = start.astype(bool)
    labels = np.full(count, 5)
    for moves in range(1, 6):
        reached |= (reached.astype(np.float32) @ near > 0) & (shut == 0)
        labels[(reached & (end == 1)).any(axis=1) & (labels == 5)] = moves - 1
    save("knights", np.hstack([shut, start, end]), labels=labels.astype(np.uint8))


def mirrors() -> None:
    """
    The thickness of four layers on glass, of magnesium fluoride and titanium dioxide in turn, and the wavelength of light, in nanometres;
    how much of it is reflected, straight on?
    """
    chance = np.random.default_rng(20261130)
    count = trained + validated
    thick, wave = chance.integers(128, size=(count, 4)), chance.integers(400, 701, size=(count, 1))
    # The electric and the magnetic field, from the glass outward.
    electric, magnetic = np.ones(count, dtype=complex), np.full(count, 1.52, dtype=complex)
    for layer, index in enumerate((1.38, 2.4, 1.38, 2.4)):
        phase = 2 * np.pi * index * thick[:, layer] / wave[:, 0]
        cos, sin = np.cos(phase), 1j * np.sin(phase)
        electric, magnetic = electric * cos + magnetic * sin / index, magnetic * cos + electric * sin * index
    reflected = np.abs((electric - magnetic) / (electric + magnetic)) ** 2
    save("mirrors", np.hstack([thick, wave]).astype(np.uint16), target=reflected.astype(np.float32))


def triangles() -> None:
    """The corners of two triangles on a grid of 256×256 points, and whether they overlap."""
    chance = np.random.default_rng(20261130)
    corners = chance.integers(256, size=(trained + validated, 2, 3, 2))
    apart = np.zeros(len(corners), dtype=bool)
    # Apart if along the normal of one of the six sides all of one triangle comes before all of the other.
    for one in range(2):
        for corner in range(3):
            side = corners[:, one, corner] - corners[:, one, corner - 1]
            along = corners[..., 1] * side[:, None, None, 0] - corners[..., 0] * side[:, None, None, 1]
            first, second = along[:, 0], along[:, 1]
            apart |= (first.max(axis=1) < second.min(axis=1)) | (second.max(axis=1) < first.min(axis=1))
    save("triangles", corners.reshape(len(corners), -1).astype(np.uint8), labels=(~apart).astype(np.uint8))


if __name__ == "__main__":
    for make in (octave, handbook, genders, thai, pegs, knights, mirrors, triangles):
        make()
