"""When a run is looked at: the same steps for every batch size, and for every trainer."""

from __future__ import annotations

import math


def next_look(step: int, ratio: float) -> int:
    """The look after `step`: steps 1, 2, 3, … and from there on max(s + 1, floor(s · ratio)). A ratio of 1 looks after every step."""
    return max(step + 1, math.floor(step * ratio))


def first_look_after(step: int, ratio: float) -> int:
    """The first step above `step` at which a run is looked at."""
    look = 0
    while look <= step:
        look = next_look(look, ratio)
    return look
