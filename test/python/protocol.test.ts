import { expect, test } from "vitest";
import { type Parsed, parseEvent } from "../../src/trainers/command/protocol.js";
import { pythonWith } from "../fixtures/python.js";
import { runPython } from "./python-process.js";

const python = pythonWith();

const script = `
import os
os.environ["SWEETSPOT_TRIAL"] = '{"version": 1, "trial": "its name", "batchSize": 5, "steps": 9}'
import sweetspot
trial = sweetspot.start_trial(batch_size=1, learning_rate=1)
micro = sweetspot.MicroBatches()
micro.add(4, 0.5)
micro.add(1, 1.5)
trial.report_gradient(1, micro.norms(0.25))
trial.report(1, {"train.loss": 0.75, "validation.accuracy": 1}, examples=5)
trial.report(2, {"train.loss": float("nan"), "batch.loss": float("-inf")})
`;

test.skipIf(python === null)("what the Python client says is understood (needs python3)", () => {
	const { said } = runPython(python, ["-c", script]);
	const events = said.trimEnd().split("\n").map(parseEvent);
	const seconds = (event: Parsed | null | undefined): number => (event && "seconds" in event ? (event.seconds ?? -1) : -1);
	expect(events).toEqual([
		{
			place: { step: 0 },
			metrics: {},
			// 1.6 is the harmonic mean of 4 and 1
			gradient: { small: { batch: 1.6, squaredNorm: 1 }, big: { batch: 5, squaredNorm: 0.25 } },
			seconds: null,
			trial: "its name",
		},
		{
			place: { step: 1, examples: 5 },
			metrics: { "train.loss": 0.75, "validation.accuracy": 1 },
			gradient: null,
			seconds: seconds(events[1]),
			trial: "its name",
		},
		{
			place: { step: 2 },
			metrics: { "train.loss": Number.NaN, "batch.loss": Number.NEGATIVE_INFINITY },
			gradient: null,
			seconds: seconds(events[2]),
			trial: "its name",
		},
	]);
	expect(seconds(events[1])).toBeGreaterThanOrEqual(0);
	expect(seconds(events[2])).toBeGreaterThanOrEqual(seconds(events[1]));
});
