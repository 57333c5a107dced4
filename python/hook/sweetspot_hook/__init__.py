"""Hears what an unedited script sends to its trackers, and passes it on as lines of Sweetspot's events file.

A library is touched only when the script itself imports it: until then all there is of this is an entry in `sys.meta_path`.
"""

from __future__ import annotations

import sys
from typing import Callable, Dict

from .after_import import AfterImport

Attach = Callable[[object], None]


def _frameworks(name: str) -> Attach:
    def attach(module: object) -> None:
        from . import frameworks

        getattr(frameworks, name)(module)

    return attach


def _trackers(name: str) -> Attach:
    def attach(module: object) -> None:
        from . import trackers

        getattr(trackers, name)(module)

    return attach


def _wandb(module: object) -> None:
    from . import wandb_axes

    wandb_axes.wandb(module)


def _tf_summary(name: str) -> Attach:
    def attach(module: object) -> None:
        from . import tf_summary

        getattr(tf_summary, name)(module)

    return attach


def _count_updates(module: object) -> None:
    from . import updates

    updates.count_in(module)


# By module: what attaches to it once it is imported.
HOOKS: Dict[str, Attach] = {
    "torch.optim.optimizer": _count_updates,
    "torch.utils.tensorboard.writer": _trackers("tensorboard"),
    "tensorboardX.writer": _trackers("tensorboard"),
    "tensorflow.python.ops.summary_ops_v2": _tf_summary("writers"),
    "tensorboard.plugins.scalar.summary_v2": _tf_summary("scalars"),
    "wandb.sdk.wandb_run": _wandb,
    "trackio.run": _trackers("trackio"),
    "mlflow.tracking.client": _trackers("mlflow"),
    "transformers.trainer": _frameworks("hugging_face"),
    "keras.src.callbacks.callback_list": _frameworks("keras"),
    "lightning.pytorch.trainer.connectors.logger_connector.logger_connector": _frameworks("lightning"),
    "pytorch_lightning.trainer.connectors.logger_connector.logger_connector": _frameworks("lightning"),
}


def install() -> None:
    """From now on. May be called again."""
    if not any(isinstance(finder, AfterImport) for finder in sys.meta_path):
        sys.meta_path.insert(0, AfterImport(HOOKS))
