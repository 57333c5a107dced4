"""Lightning: a callback that reports, and that ends `fit` when the trial is over."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional

try:
    from lightning.pytorch import Callback
except ImportError:
    from pytorch_lightning import Callback

from .metric_names import validation_metrics
from .trial import Trial


class SweetspotCallback(Callback):
    """Reports to a trial while Lightning trains:

        trainer = L.Trainer(max_steps=trial.max_steps, max_epochs=-1, callbacks=[SweetspotCallback(trial)])

    What the module logs in `validation_step` is reported after each validation: `val_acc` as `validation.accuracy`, `val_f1` as `val_f1`. With `evaluate`, a
    function of the module that returns metrics by Sweetspot's names, the model is measured wherever Sweetspot looks, which is what comparisons need: an
    epoch is many steps at a small batch size and few at a large one. It is called with the module in `eval` mode and without gradients. `names`: of metrics
    with other names, `{"top1": "validation.accuracy"}`.
    """

    def __init__(
        self,
        trial: Trial,
        evaluate: Optional[Callable[[Any], Mapping[str, Any]]] = None,
        names: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__()
        self._trial = trial
        self._evaluate = evaluate
        self._names = names or {}
        self._measured = 0

    def on_train_batch_end(self, trainer: Any, pl_module: Any, *args: Any, **kwargs: Any) -> None:
        step = trainer.global_step
        # Several batches are one step where gradients are accumulated.
        if self._evaluate is not None and step > self._measured and self._trial.is_due(step):
            self._measured = step
            self._trial.report(step, self._evaluated(self._evaluate, pl_module))
        self._end_if_over(trainer)

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        if trainer.sanity_checking or trainer.state.fn != "fit" or self._evaluate is not None:
            return
        found = validation_metrics(trainer.callback_metrics, self._names)
        if found and trainer.global_step > 0:
            self._trial.report(trainer.global_step, found)
        self._end_if_over(trainer)

    def _evaluated(self, evaluate: Callable[[Any], Mapping[str, Any]], module: Any) -> Dict[str, Any]:
        import torch

        was_training = module.training
        module.eval()
        try:
            with torch.no_grad():
                return dict(evaluate(module))
        finally:
            module.train(was_training)

    def _end_if_over(self, trainer: Any) -> None:
        if self._trial.should_stop:
            trainer.should_stop = True
