"""Makes the fourth eight of the largest data sets of the price benchmark: `python corpora_fourth.py FOLDER`.

Needs manpages, manpages-dev, wordnet-base, wamerican and the Korean typefaces that data/README.md lists (apt); and numpy, pandas, pillow,
fonttools, scikit-image, matplotlib, pyphen and timezonefinder (pip). Sizes, drawing and files are those of corpora.py.
"""

import gzip
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from corpora import coded, drawn, endings_of, letters, moved, next_of, one_hot, save, signs_in, trained, validated


def manuals() -> None:
    """Manual pages of Linux in the markup that they are written in, without its comments."""
    listed = subprocess.run(["dpkg", "-L", "manpages", "manpages-dev"], check=True, capture_output=True, text=True).stdout
    pages = sorted({Path(line) for line in listed.splitlines() if line.startswith("/usr/share/man/man") and line.endswith(".gz")})
    texts = [gzip.decompress(page.read_bytes()).decode().lower() for page in pages if not page.is_symlink()]
    lines = [line for text in texts for line in text.splitlines(keepends=True) if not line.startswith(('.\\"', "'\\\"", ".so "))]
    text = "".join("0" if c.isdigit() else c for line in lines for c in line)
    next_of("manuals", coded(text, 48), 48, 8)


def lexicon() -> None:
    """The last twelve letters of a word that is always a noun, or always a verb, an adjective or an adverb."""
    kinds = ("noun", "verb", "adj", "adv")
    words = {}
    for kind in kinds:
        lines = (Path("/usr/share/wordnet") / f"index.{kind}").read_text().splitlines()
        entries = {line.split(" ", 1)[0] for line in lines if not line.startswith(" ")}
        words[kind] = {word for word in entries if word.isalpha() and word.isascii() and len(word) >= 3}
    known = sorted((word, code) for code, kind in enumerate(kinds) for word in words[kind])
    times = Counter(word for word, _ in known)
    known = [(word, code) for word, code in known if times[word] == 1]
    endings_of("lexicon", known)


def hyphens() -> None:
    """Four letters before and after a place in an English word; may it be hyphenated there?"""
    import pyphen

    hyphenator = pyphen.Pyphen(lang="en_US")
    words = {word.lower() for word in Path("/usr/share/dict/american-english").read_text().split()}
    known = set()
    for word in words:
        if word.isalpha() and word.isascii() and len(word) >= 5:
            points = set(hyphenator.positions(word))
            around = word.join(["   ", "   "])
            known |= {(around[place - 1 : place + 7], place in points) for place in range(2, len(word) - 1)}
    entries = sorted(known)
    chosen = [entries[i] for i in drawn(len(entries))]
    inputs = np.array([[letters.index(c) for c in context] for context, _ in chosen])
    save("hyphens", one_hot(inputs, len(letters)), labels=np.array([is_point for _, is_point in chosen]).astype(np.uint8))


def hangul() -> None:
    """A usual syllable of Korean, drawn as capital letters are in `glyphs`, in eight grays; with which of 19 consonants does it begin?"""
    signs = [chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr")) == 2]
    families = "nanum unfonts baekmuk alee woowa".split()
    files = [path for path in Path("/usr/share/fonts").rglob("*.[ot]tf") if any(family in str(path).lower() for family in families)]
    pictures, places = signs_in(files, signs)
    labels = np.array([(ord(signs[place]) - 0xAC00) // (21 * 28) for place in places])
    save("hangul", (pictures // 32).astype(np.uint8), labels=labels.astype(np.uint8))


def zones() -> None:
    """A place on land, as a point on the unit sphere, and its time zone, of the 32 largest."""
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder()
    chance = np.random.default_rng(20261130)
    count = 400_000
    height, longitude = chance.uniform(-1, 1, size=count), chance.uniform(-np.pi, np.pi, size=count)
    flat = np.sqrt(1 - height**2)
    places = np.stack([flat * np.cos(longitude), flat * np.sin(longitude), height], axis=1)
    degrees = zip(np.degrees(np.arcsin(height)), np.degrees(longitude), strict=True)
    zone = pd.Series([finder.timezone_at_land(lat=lat, lng=lng) for lat, lng in degrees])
    usual = np.flatnonzero(zone.isin(zone.value_counts().index[:32]))
    usual = usual[drawn(len(usual))]
    save("zones", places[usual].astype(np.float32), labels=zone[usual].astype("category").cat.codes.to_numpy().astype(np.uint8))


def colors() -> None:
    """Red, green and blue, and the last word of the name of the nearest color, of the 16 that are the last words of most names."""
    from matplotlib.colors import XKCD_COLORS, to_rgb
    from skimage.color import rgb2lab

    last = {name: name.removeprefix("xkcd:").split()[-1] for name in sorted(XKCD_COLORS)}
    words = [word for word, _ in Counter(last.values()).most_common(16)]
    names = [name for name, word in last.items() if word in words]
    named = rgb2lab(np.array([to_rgb(XKCD_COLORS[name]) for name in names]))
    numbers = np.random.default_rng(20261130).choice(2**24, size=trained + validated, replace=False)
    features = np.stack([numbers >> 16, numbers >> 8 & 255, numbers & 255], axis=1).astype(np.uint8)
    nearest = [np.argmin(((named - color) ** 2).sum(axis=1)) for color in rgb2lab(features / 255)]
    labels = np.array([words.index(last[names[i]]) for i in nearest])
    save("colors", features, labels=labels.astype(np.uint8))


def slides() -> None:
    """Where the eight tiles of a sliding puzzle of 3×3 are, and how many moves solve it at best."""
    near = [[b for b in range(9) if abs(a // 3 - b // 3) + abs(a % 3 - b % 3) == 1] for a in range(9)]
    solved = tuple(range(9))
    moves, edge = {solved: 0}, [solved]
    while edge:
        following = []
        for state in edge:
            gap = state.index(0)
            for place in near[gap]:
                after = list(state)
                after[gap], after[place] = after[place], 0
                if tuple(after) not in moves:
                    moves[tuple(after)] = moves[state] + 1
                    following.append(tuple(after))
        edge = following
    assert len(moves) == 181_440
    states = list(moves)
    chosen = [states[i] for i in drawn(len(states))]
    save("slides", one_hot(np.array(chosen), 9), target=np.array([moves[state] for state in chosen]).astype(np.float32))


def orbits() -> None:
    """
    A planet of two equal stars that circle each other, as its place and speed, and how far to the right it is when the stars are most of
    the way round. Their pull is softened near them, so that a planet that passes close is not flung far away.
    """
    chance = np.random.default_rng(20261130)
    count = trained + validated
    away, angle = chance.uniform(1.5, 2.5, count), chance.uniform(-np.pi, np.pi, count)
    outward = np.stack([np.cos(angle), np.sin(angle)])
    along = np.stack([-outward[1], outward[0]])
    speed = along / np.sqrt(away) + chance.normal(0, 0.15, (2, count))
    state = np.concatenate([away * outward, speed])
    features = state.T

    def change(at: np.ndarray, time: float) -> np.ndarray:
        pull = np.zeros((2, count))
        for side in (-0.5, 0.5):
            apart = at[:2] - side * np.array([[np.cos(time)], [np.sin(time)]])
            pull -= 0.5 * apart / ((apart**2).sum(axis=0) + 0.1) ** 1.5
        return np.concatenate([at[2:], pull])

    state = moved(state, change, 0.005, 1000)
    save("orbits", features.astype(np.float32), target=state[0].astype(np.float32))


if __name__ == "__main__":
    for make in (manuals, lexicon, hyphens, hangul, zones, colors, slides, orbits):
        make()
