"""What was heard, as lines of the trial's events file. Sweetspot decides what each name means, and which source of a figure counts."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from typing import Any, Dict, Mapping, Optional

from . import updates

# A row of a tracker may have thousands of values; a line holds so many.
MOST_VALUES = 200

_began = time.perf_counter()
_file: Optional[int] = None


def hear(tracker: str, values: Mapping[str, Any], at: Optional[Mapping[str, Any]] = None, counted: Optional[int] = None) -> None:
    """Passes on what a tracker was given; never raises.

    `at`: where by the tracker's own account, such as {"step": 3}. `counted`: updates that were made by then, where a framework counts them; else
    those of PyTorch's optimizers. Of the processes of one distributed training only the first is heard.
    """
    try:
        if os.environ.get("RANK", "0") != "0" or os.environ.get("LOCAL_RANK", "0") != "0" or _speaks_itself():
            return
        numbers = {name: value for name, value in ((str(name), _number(value)) for name, value in flat(values)) if value is not None}
        place = {name: value for name, value in ((name, _number(value)) for name, value in (at or {}).items()) if value is not None}
        done = updates.made() if counted is None else counted
        items = list(numbers.items())
        for first in range(0, len(items), MOST_VALUES):
            _write(tracker, dict(items[first : first + MOST_VALUES]), place, done)
    except Exception:
        pass


def _write(tracker: str, values: Mapping[str, Any], place: Mapping[str, Any], done: int) -> None:
    global _file
    if _file is None:
        _file = os.open(os.environ["SWEETSPOT_EVENTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    line: Dict[str, Any] = {"sweetspot": 1, "heard": tracker}
    if done > 0:
        line["counted"] = done
    line.update(at=place, seconds=time.perf_counter() - _began, metrics=values)
    os.write(_file, json.dumps(line, allow_nan=False, separators=(",", ":")).encode() + b"\n")


def _speaks_itself() -> bool:
    """Whether the script uses Sweetspot's client: then it says all itself."""
    return hasattr(sys.modules.get("sweetspot"), "start_trial")


def flat(values: Mapping[Any, Any], above: str = "") -> Any:
    """Keys of nested values are joined by dots, as W&B joins them."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _number(value: Any) -> Any:
    """A number of Python's, NumPy's, PyTorch's or JAX's; None for anything else, such as an image. JSON has words for what is not finite."""
    if isinstance(value, (str, bytes, bool)) or value is None or not hasattr(value, "__float__"):
        return None
    try:
        number = float(value)
    except Exception:
        return None  # of several elements
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
