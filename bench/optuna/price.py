"""Optuna's TPE sampler with a pruner, as its users run it, for as much as an answer of the ladder costs: see bench/price/rivals.ts.

Standard input is one JSON object: runs that were trained beforehand, one for every batch size and rate. Standard output is one JSON list: for every study
the place of the best complete trial, or null.

A trial is one batch size and rate. It reports its distance from the goal at the end of every epoch, is pruned on that, and ends after a fixed number of
epochs, or where it reaches the goal; what it took to the goal is minimised. Everything is charged up to where it ended.
"""

import json
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

# Worse than any run that reaches the goal.
NEVER = 1e12


def pruner_of(name, epochs):
    if name == "median":
        return optuna.pruners.MedianPruner()
    if name == "hyperband":
        return optuna.pruners.HyperbandPruner(min_resource=1, max_resource=epochs, reduction_factor=3)
    return optuna.pruners.SuccessiveHalvingPruner()


def tune(study, pruner):
    sizes, rates, runs, budget = study["sizes"], study["rates"], study["runs"], study["budget"]
    tuner = optuna.create_study(
        direction="minimize",
        sampler=optuna.samplers.TPESampler(seed=study["seed"]),
        pruner=pruner_of(pruner, study["epochs"]),
    )
    spent = {"examples": 0.0, "seconds": 0.0}
    best = None
    while max(spent.values()) < budget:
        trial = tuner.ask()
        size = trial.suggest_int("log2 of the batch size", 0, len(sizes) - 1)
        rate = trial.suggest_int("half octave", 0, len(rates) - 1)
        run = runs[size][rate]
        ended = None
        for epoch, distance in enumerate(run["distances"], start=1):
            trial.report(distance, epoch)
            if trial.should_prune():
                ended = epoch
                break
        share = 1.0 if ended is None else min(1.0, ended / run["epochs"])
        spent["examples"] += share * run["examples"]
        spent["seconds"] += share * run["seconds"]
        # A trial that the budget doesn't pay for to its end isn't one.
        if max(spent.values()) > 1.1 * budget:
            break
        if ended is not None:
            tuner.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        cost = NEVER if run["cost"] is None else run["cost"]
        tuner.tell(trial, cost)
        if run["cost"] is not None and (best is None or cost < best[0]):
            best = (cost, size, rate)
    return None if best is None else [best[1], best[2]]


task = json.load(sys.stdin)
print(json.dumps([tune(study, task["pruner"]) for study in task["studies"]]))
