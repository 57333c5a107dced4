"""A peer of `npm run bench -- engine`: the same training steps in PyTorch, eager, on one pinned thread.

Reads one JSON object a line and answers with one. {"case": {...}}: gets the case ready. {"steps": n}: takes n steps, answers with the seconds of processor time.
"""

import json
import os
import sys
import time

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import torch

torch.set_num_threads(1)
torch.manual_seed(1)


def layers_of(case):
    width = case["inputs"]
    height, channels = case.get("image", {}).get("height"), case.get("image", {}).get("channels")
    for layer in case["layers"]:
        if layer["kind"] == "relu":
            yield torch.nn.ReLU()
        elif layer["kind"] == "conv":
            yield torch.nn.Conv2d(channels, layer["filters"], layer["size"])
            channels, height = layer["filters"], height - layer["size"] + 1
        elif layer["kind"] == "max-pool":
            yield torch.nn.MaxPool2d(layer["size"])
            height //= layer["size"]
        elif layer["kind"] == "flatten":
            yield torch.nn.Flatten()
            width = height * height * channels
        else:
            yield torch.nn.Linear(width, layer["units"])
            width = layer["units"]


class Steps:
    def __init__(self, case, examples):
        image = case.get("image")
        shape = (image["channels"], image["height"], image["width"]) if image else (case["inputs"],)
        self.features = torch.rand(examples, *shape)
        self.labels = torch.randint(case["classes"], (examples,))
        self.model = torch.nn.Sequential(*layers_of(case))
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.001, momentum=0.9)
        size = case["batchSize"]
        self.batches = [batch for batch in torch.randperm(examples).split(size) if len(batch) == size]
        self.at = 0

    def take(self, count):
        total = 0.0
        began = time.process_time()
        for _ in range(count):
            batch = self.batches[self.at]
            self.at = (self.at + 1) % len(self.batches)
            self.optimizer.zero_grad()
            loss = self.loss(self.model(self.features[batch]), self.labels[batch])
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return {"seconds": time.process_time() - began, "total": total, "steps": count}


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
