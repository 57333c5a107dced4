"""Lets a Python training script be tuned by Sweetspot.

    import sweetspot

    trial = sweetspot.start_trial(batch_size=32, learning_rate=0.1)
    for step in trial.steps():
        ...                                          # one update with trial.batch_size and trial.learning_rate
        if trial.is_due(step):
            trial.report(step, {"validation.accuracy": evaluate()})

Under `sweetspot tune` the trial is what the study asks for; run by hand it is what the script says, and reports go to standard error.
`sweetspot.torch` and `sweetspot.keras` have helpers for those frameworks; nothing here needs more than the standard library.
"""

from .checkpoints import Checkpoint, Checkpoints
from .gradients import MicroBatches, TwoNorms
from .trial import Trial, start_trial

__all__ = ["Checkpoint", "Checkpoints", "MicroBatches", "Trial", "TwoNorms", "start_trial"]
