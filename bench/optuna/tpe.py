"""Tunes the learning rate of every batch size with Optuna's TPE sampler, with its MedianPruner or without one, all with their default settings.

Standard input is one JSON object: runs that were trained beforehand, so that no training waits for Python (see bench/rivals/optuna.ts).
Standard output is one JSON list, a row per sampler seed, an entry per batch size: {"examples", "rate"}, the rate null where no trial was complete.

A trial of Optuna's is one learning rate with all its tuning runs side by side. It reports their mean distance from the goal at every look, is pruned on
that, and otherwise returns the median steps-to-target, which is minimised. Rates lie on the lattice of half octaves of the range, as integers.
"""

import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def examples_after(steps, size):
    """The last batch of an epoch is what remains of it."""
    epochs, rest = divmod(steps, math.ceil(size["examples"] / size["batchSize"]))
    return epochs * size["examples"] + rest * size["batchSize"]


def tune(size, sampler_seed, most_trials, pruner):
    """Examples used until the best median is at most `size["asGoodAs"]`, or until `most_trials` trials; a rate drawn again costs nothing."""
    spent = {}

    def objective(trial):
        rate = trial.suggest_int("half octave", size["from"], size["to"])
        runs = size["runs"][str(rate)]
        pruned_at = None
        for look, step in enumerate(size["looks"]):
            if all(look >= len(run["distances"]) for run in runs):
                break
            # A run that has ended, with the goal or diverged, stays where it was.
            now = [run["distances"][min(look, len(run["distances"]) - 1)] if run["distances"] else 1e9 for run in runs]
            trial.report(sum(now) / len(now), step)
            if trial.should_prune():
                pruned_at = step
                break
        used = sum(examples_after(min(run["steps"], pruned_at or run["steps"]), size) for run in runs)
        spent[rate] = max(spent.get(rate, 0), used)
        if pruned_at is not None:
            raise optuna.TrialPruned()
        steps = sorted(run["reached"] or math.inf for run in runs)[len(runs) // 2]
        return steps if math.isfinite(steps) else 10 * size["limit"]

    def stop_when_as_good(study, trial):
        if trial.value is not None and trial.value <= size["asGoodAs"]:
            study.stop()

    study = optuna.create_study(
        direction="minimize",
        sampler=optuna.samplers.TPESampler(seed=sampler_seed),
        pruner=optuna.pruners.MedianPruner() if pruner else optuna.pruners.NopPruner(),
    )
    study.optimize(objective, n_trials=most_trials, callbacks=[stop_when_as_good])
    complete = [trial for trial in study.trials if trial.value is not None]
    best = min(complete, key=lambda trial: trial.value, default=None)
    return {"examples": sum(spent.values()), "rate": best and best.params["half octave"]}


task = json.load(sys.stdin)
print(
    json.dumps(
        [[tune(size, seed, task["mostTrials"], task["pruner"]) for size in task["sizes"]] for seed in range(task["repeats"])]
    )
)
