"""Tunes the learning rate of every batch size with Optuna's TPE sampler and MedianPruner, both with their default settings.

Standard input is one JSON object: runs that were trained beforehand, so that no training waits for Python (see bench/rivals/optuna.ts).
Standard output is one JSON list, a row per sampler seed, an entry per batch size: {"examples", "rate", "reached"}.

A trial of Optuna's is one learning rate with all its tuning runs side by side. It reports their mean distance from the goal at every look, is pruned on
that, and otherwise returns the median steps-to-target, which is minimised. Rates lie on the lattice of half octaves of the range, as integers.
"""

import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def tune(size, sampler_seed, most_trials):
    """Examples used until the best median is at most `size["asGoodAs"]`, or until `most_trials` trials; a rate drawn again costs nothing."""
    spent = {}

    def objective(trial):
        rate = trial.suggest_int("half octave", size["from"], size["to"])
        runs = size["runs"][str(rate)]
        pruned_at = None
        for look, step in enumerate(size["looks"]):
            running = [run for run in runs if look < len(run["distances"])]
            if not running:
                break
            trial.report(sum(run["distances"][look] for run in running) / len(running), step)
            if trial.should_prune():
                pruned_at = step
                break
        used = sum(min(run["steps"], pruned_at or run["steps"]) for run in runs) * size["batchSize"]
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
        pruner=optuna.pruners.MedianPruner(),
    )
    study.optimize(objective, n_trials=most_trials, callbacks=[stop_when_as_good])
    complete = [trial for trial in study.trials if trial.value is not None]
    best = min(complete, key=lambda trial: trial.value, default=None)
    reached = best is not None and best.value <= size["asGoodAs"]
    return {"examples": sum(spent.values()), "rate": best and best.params["half octave"], "reached": reached}


task = json.load(sys.stdin)
print(
    json.dumps(
        [[tune(size, seed, task["mostTrials"]) for size in task["sizes"]] for seed in range(task["repeats"])]
    )
)
