"""Optuna's TPE sampler with a pruner, as its users run it, for as much as an answer of the ladder costs: see bench/price/rivals.ts.

The first line of standard input is one JSON object: the studies and the pruner. Then this program asks for runs, one line of standard output each,
and reads each from one line of standard input. Its last line is a JSON list: for every study the place of the best complete trial, or null.

A trial is one batch size and rate. It reports its distance from the goal at the end of every stretch of examples, is pruned on that, and ends after
a fixed number of stretches, or where it reaches the goal; what it took to the goal is minimised. Everything is charged up to where it ended.
"""

import json
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

# Worse than any run that reaches the goal.
NEVER = 1e12


def pruner_of(name, stretches):
    if name == "median":
        return optuna.pruners.MedianPruner()
    if name == "hyperband":
        return optuna.pruners.HyperbandPruner(min_resource=1, max_resource=stretches, reduction_factor=3)
    return optuna.pruners.SuccessiveHalvingPruner()


def run_of(study, size, rate):
    print(json.dumps({"study": study, "size": size, "rate": rate}), flush=True)
    return json.loads(sys.stdin.readline())


def tune(index, study, pruner):
    sizes, rates, budget = study["sizes"], study["rates"], study["budget"]
    tuner = optuna.create_study(
        direction="minimize",
        sampler=optuna.samplers.TPESampler(seed=study["seed"]),
        pruner=pruner_of(pruner, study["stretches"]),
    )
    spent = {"examples": 0.0, "seconds": 0.0}
    best = None
    while max(spent.values()) < budget:
        trial = tuner.ask()
        size = trial.suggest_int("log2 of the batch size", 0, len(sizes) - 1)
        rate = trial.suggest_int("half octave", 0, len(rates) - 1)
        run = run_of(index, size, rate)
        ended = None
        for stretch, distance in enumerate(run["distances"], start=1):
            trial.report(distance, stretch)
            if trial.should_prune():
                ended = stretch
                break
        share = 1.0 if ended is None else min(1.0, ended / run["stretches"])
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


task = json.loads(sys.stdin.readline())
print(json.dumps([tune(i, study, task["pruner"]) for i, study in enumerate(task["studies"])]), flush=True)
