"""A trial's checkpoints: whole or not there, whenever the process is killed."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional, Union


@dataclass(frozen=True)
class Checkpoint:
    """A file that was saved whole after `step`."""

    step: int
    path: Path


class Checkpoints:
    """A trial's folder of checkpoints. Without a folder nothing is kept, and nothing found."""

    def __init__(self, folder: Union[str, "os.PathLike[str]", None]) -> None:
        self._folder = None if folder is None else Path(folder)

    def find(self) -> Optional[Checkpoint]:
        """The newest whole checkpoint, or None: then the trial begins at step 0."""
        found = self._all()
        return max(found, key=lambda checkpoint: checkpoint.step) if found else None

    @contextmanager
    def save(self, step: int, suffix: str = "") -> Iterator[Path]:
        """Gives the path to write the checkpoint after `step` to; it counts once the block has ended without an exception.

            with trial.checkpoints.save(step) as path:
                torch.save(state, path)

        `suffix`: for writers that insist on one, such as ".npz". Written under another name, brought to the disk, then renamed; older ones are removed.
        """
        if self._folder is None:
            with tempfile.TemporaryDirectory() as nowhere:
                yield Path(nowhere) / f"checkpoint{suffix}"
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"unfinished-{os.getpid()}{suffix}"
        try:
            yield unfinished
            _to_disk(unfinished)
            whole = self._folder / f"step-{step}{suffix}"
            os.replace(unfinished, whole)
        finally:
            unfinished.unlink(missing_ok=True)
        _to_disk(self._folder)
        for older in self._all():
            if older.path != whole:
                older.path.unlink(missing_ok=True)

    def _all(self) -> List[Checkpoint]:
        if self._folder is None or not self._folder.is_dir():
            return []
        found = ((re.match(r"step-(\d+)(\.|$)", path.name), path) for path in self._folder.iterdir())
        return [Checkpoint(int(match[1]), path) for match, path in found if match]


def _to_disk(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
