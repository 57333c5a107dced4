"""`tf.summary.scalar` of TensorFlow 2, whose values go to the writer that is the default at the time."""

from __future__ import annotations

import functools
import os
import sys
import weakref
from typing import Any, Callable, Optional

from .lines import hear

# Folders of writers that say which set their values are of, as `logs/20261128/train` does: their tags are the same.
SETS = frozenset(("train", "training", "validation", "valid", "val", "dev", "eval", "test"))

# By writer: the folder that it writes into.
_folders: "weakref.WeakKeyDictionary[Any, str]" = weakref.WeakKeyDictionary()


def writers(module: Any) -> None:
    """`module`: tensorflow.python.ops.summary_ops_v2."""
    create: Callable[..., Any] = module.create_file_writer_v2

    @functools.wraps(create)
    def create_file_writer_v2(logdir: Any, *args: Any, **kwargs: Any) -> Any:
        writer = create(logdir, *args, **kwargs)
        try:
            _folders[writer] = os.fspath(logdir)
        except Exception:
            pass
        return writer

    module.create_file_writer_v2 = create_file_writer_v2


def scalars(module: Any) -> None:
    """`module`: tensorboard.plugins.scalar.summary_v2."""
    scalar: Callable[..., Any] = module.scalar

    @functools.wraps(scalar)
    def heard(name: Any, data: Any, step: Any = None, *args: Any, **kwargs: Any) -> Any:
        try:
            _hear(str(name), data, step, str(sys._getframe(1).f_globals.get("__name__")))
        except Exception:
            pass
        return scalar(name, data, step, *args, **kwargs)

    module.scalar = heard


def _hear(name: str, data: Any, step: Any, caller: str) -> None:
    # Keras' own callback counts epochs and names them otherwise: its `fit` is heard itself.
    if caller.split(".")[0] in ("keras", "tf_keras"):
        return
    at = step
    summary = sys.modules.get("tensorflow.python.ops.summary_ops_v2")
    if summary is not None:
        writer: Any = summary._summary_state.writer
        if writer is None or not bool(summary.should_record_summaries()):
            return  # it goes nowhere
        at = summary.get_step() if step is None else step
        name = _named(name, _folders.get(writer))
    # Within a `tf.function` the value is not known yet, and is not heard.
    hear("tensorboard", {name: data}, {} if at is None else {"step": at})


def _named(tag: str, folder: Optional[str]) -> str:
    base = os.path.basename(os.path.normpath(folder)) if folder else ""
    return f"{base}/{tag}" if base.lower() in SETS and base.lower() not in tag.lower() else tag
