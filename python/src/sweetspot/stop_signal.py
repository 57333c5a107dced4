"""SIGTERM as a question rather than an end: for scripts that ask whether they should stop."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Optional


class StopSignal:
    """Whether SIGTERM has come, since it was first asked. Until then the signal ends the process, as it does one that never asks."""

    def __init__(self) -> None:
        self._came = False
        self._listening = False

    def came(self) -> bool:
        if not self._listening:
            self._listen()
        return self._came

    def _listen(self) -> None:
        self._listening = True
        if threading.current_thread() is not threading.main_thread():
            return  # Python leaves signals to the main thread
        listener = os.getpid()
        before = signal.getsignal(signal.SIGTERM)

        def heard(number: int, frame: Optional[FrameType]) -> None:
            if os.getpid() != listener:  # a forked worker, which asks no one
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)
                return
            self._came = True
            if callable(before):
                before(number, frame)

        signal.signal(signal.SIGTERM, heard)
