"""Reads one case a line: a goal, until, cap, ratio and reports [step, value]. Prints what the client's watch says at each: [due, over]."""

import json
import sys

from sweetspot.goal import Goal, Watch

for line in sys.stdin:
    case = json.loads(line)
    watch = Watch(Goal.read(case["goal"]), case["until"], case["cap"], case["ratio"])
    metric = case["goal"]["metric"].replace(".error", ".accuracy")
    said = []
    for step, value in case["reports"]:
        due = watch.is_due(step)
        watch.report(step, {metric: float(value)})
        said.append([due, watch.over])
    print(json.dumps(said))
