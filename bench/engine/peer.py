"""The peer of `npm run bench -- engine`: the same training steps in PyTorch, eager, on one thread.

Reads one JSON object a line and answers with one. {"case": {...}}: gets the case ready. {"steps": n}: takes n steps, tells the seconds.
"""

import json
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)


def layers_of(case):
    width = case["inputs"]
    for layer in case["layers"]:
        if layer["kind"] == "relu":
            yield torch.nn.ReLU()
        else:
            yield torch.nn.Linear(width, layer["units"])
            width = layer["units"]


class Steps:
    def __init__(self, case, examples):
        self.features = torch.rand(examples, case["inputs"])
        self.labels = torch.randint(case["classes"], (examples,))
        self.model = torch.nn.Sequential(*layers_of(case))
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.001, momentum=0.9)
        size = case["batchSize"]
        self.batches = [batch for batch in torch.randperm(examples).split(size) if len(batch) == size]
        self.at = 0

    def take(self, count):
        total = 0.0
        began = time.perf_counter()
        for _ in range(count):
            batch = self.batches[self.at]
            self.at = (self.at + 1) % len(self.batches)
            self.optimizer.zero_grad()
            loss = self.loss(self.model(self.features[batch]), self.labels[batch])
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return {"seconds": time.perf_counter() - began, "total": total}


steps = None
print(json.dumps({"version": torch.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if "case" in request:
        steps = Steps(request["case"], request["examples"])
        answer = {"ready": request["case"]["name"]}
    else:
        answer = steps.take(request["steps"])
    print(json.dumps(answer), flush=True)
