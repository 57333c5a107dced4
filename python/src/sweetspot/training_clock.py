"""Seconds of training, from which the time per step is taken."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import Callable, Iterator, Optional


class TrainingClock:
    """Seconds since it was made, but for those it was held, while metrics are measured. `now`: a clock that only goes forwards."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._began = now()
        self._held_at: Optional[int] = None
        self._held_since = 0.0

    def hold(self, step: int) -> None:
        """Stands still from now on; a hold at an earlier step that was never released is as if it had not been."""
        if self._held_at != step:
            self._held_at = step
            self._held_since = self._now()

    def seconds(self) -> float:
        return (self._now() if self._held_at is None else self._held_since) - self._began

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stands still in this block."""
        since = self._now()
        try:
            yield
        finally:
            if self._held_at is None:
                self._began += self._now() - since

    def release(self) -> None:
        if self._held_at is not None:
            self._began += self._now() - self._held_since
            self._held_at = None
