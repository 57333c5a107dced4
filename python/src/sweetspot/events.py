"""Where reports go: one JSON object a line, of protocol version 1."""

from __future__ import annotations

import json
import math
import os
import sys
from typing import Any, Callable, Dict, Mapping

Event = Dict[str, Any]
Sink = Callable[[Event], None]


def number(value: Any) -> float:
    """A number of Python's: of NumPy's, PyTorch's or JAX's scalars as well."""
    return float(value)


def encoded(event: Event) -> bytes:
    """The event's line. JSON has no NaN and no infinity: they are the words "NaN", "Infinity" and "-Infinity"."""
    text = json.dumps({"sweetspot": 1, **_in_json(event)}, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def _in_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_json(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def open_sink(environ: Mapping[str, str]) -> Sink:
    """What this process's reports are written to.

    The file `SWEETSPOT_EVENTS`; else, in a trial, standard output; else, run by hand, standard error, for people. Of the processes of one distributed
    training, recognized by `RANK`, only the first reports.
    """
    if environ.get("RANK", "0") != "0":
        return lambda event: None
    if environ.get("SWEETSPOT_EVENTS"):
        return _append_to(environ["SWEETSPOT_EVENTS"])
    if environ.get("SWEETSPOT_TRIAL"):
        return _to_stdout
    return _for_people


def _append_to(path: str) -> Sink:
    """Every line is one write to a file opened for appending: lines of several processes never mix."""
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    if os.fstat(file).st_size > 0 and os.lseek(file, -1, os.SEEK_END) >= 0 and os.read(file, 1) != b"\n":
        os.write(file, b"\n")  # an attempt before this one was killed in the middle of a line

    def append(event: Event) -> None:
        line = encoded(event)
        written = os.write(file, line)
        if written != len(line):
            raise OSError(f"only {written} of {len(line)} bytes could be written to {path}: is the disk full?")

    return append


def _to_stdout(event: Event) -> None:
    sys.stdout.flush()  # what the script printed before stays before
    os.write(1, encoded(event))


def _for_people(event: Event) -> None:
    step = event.get("step")
    gradient = event.get("gradient")
    if gradient is not None:
        sizes = "  ".join(f"{part['squaredNorm']:.6g} at batch size {part['batch']:g}" for part in gradient.values())
        print(f"step {step}  squared gradient norm {sizes}", file=sys.stderr)
    else:
        print(f"step {step}  " + "  ".join(f"{name} {value:.6g}" for name, value in event["metrics"].items()), file=sys.stderr)
