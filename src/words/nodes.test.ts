import { expect, test } from "vitest";
import type { FinishedTrial } from "../core/trial.js";
import { nodesSentence } from "./nodes.js";

const trial = (machine: string | undefined, batchSize: number, steps: number, seconds: number): FinishedTrial => ({
	spec: {
		...{ phase: "tuning", batchSize, learningRate: 0.1, seedIndex: 0, seed: 0, cap: 100, until: "goal", curves: false, probe: false },
	},
	result: {
		...{ outcome: "missed", steps, examples: 1, first: null, reached: null, evaluations: [], probes: [], seconds, message: null },
		...(machine !== undefined && { machine }),
	},
});

test("names the machines with what a step took on each, at a batch size that all of them have had", () => {
	const trials = [trial("n2", 8, 100, 1), trial("n1", 8, 100, 1.2), trial("n1", 64, 100, 9), trial("n1", 64, 100, 9)];
	expect(nodesSentence(trials)).toBe(
		"Trials ran on n1 (3, 12 ms a step), n2 (1, 10 ms a step); steps are those at batch size 8, evaluations between them included.",
	);
});

test("says where kinds of machines are mixed", () => {
	expect(nodesSentence([trial("n1", 8, 100, 1), trial("n2", 8, 100, 3)])).toContain("Their steps differ by a factor of 3");
});

test("has nothing to say of one machine", () => {
	expect(nodesSentence([trial(undefined, 8, 100, 1), trial("n1", 8, 100, 1)])).toBeNull();
});
