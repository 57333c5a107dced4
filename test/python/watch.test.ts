import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Goal, goalMetric } from "../../src/core/goal.js";
import { Rng } from "../../src/core/rng.js";
import { ReportWatch } from "../../src/trainers/report-watch.js";
import { pythonWith } from "../fixtures/python.js";
import { runPython } from "./python-process.js";

const python = pythonWith();

const goals: readonly Goal[] = [
	{ metric: "validation.accuracy", atLeast: 0.8 },
	{ metric: "validation.error", atMost: 0.15 },
	{ metric: "train.loss", atMost: 0.3 },
];

/** A run that reports after random steps, and mostly draws nearer to the goal. A value in a thousand is not a number. */
function someCase(rng: Rng) {
	const goal: Goal = { ...goals[rng.below(goals.length)], window: [1, 1.1, 1.5][rng.below(3)] };
	const stride = 1 + rng.below(4);
	const chance = rng.uniform();
	const reports: [number, number | "nan"][] = [];
	for (let i = 0, step = 0; i < 40; i++) {
		step += 1 + rng.below(stride);
		const isMet = rng.uniform() < chance;
		const value = goal.metric === "train.loss" ? (isMet ? 0.3 : 0.4) : isMet ? 0.85 : 0.7;
		reports.push([step, rng.below(1000) === 0 ? "nan" : value]);
	}
	const until = (["goal", "goal", "cap"] as const)[rng.below(3)];
	return { goal, until, cap: 1 + rng.below(80), ratio: [1, 1.05, 1.2, 2][rng.below(4)], reports };
}

test.skipIf(python === null)("the Python client ends a trial exactly where Sweetspot does (needs python3)", () => {
	const rng = Rng.fromSeed(6);
	const cases = Array.from({ length: 2000 }, () => someCase(rng));
	const { said } = runPython(
		python,
		[fileURLToPath(new URL("watch.py", import.meta.url))],
		cases.map((one) => `${JSON.stringify(one)}\n`).join(""),
	);
	const lines = said.trimEnd().split("\n");
	expect(lines.length).toBe(cases.length);
	for (const [i, { goal, until, cap, ratio, reports }] of cases.entries()) {
		const watch = new ReportWatch({ goal, looks: { ratio, examples: 100 } }, { batchSize: 1, cap, until });
		const ours = reports.map(([step, value]) => [
			watch.isDue(step),
			watch.report({ step, metrics: { [goalMetric(goal)]: value === "nan" ? Number.NaN : value } }),
		]);
		expect(JSON.parse(lines[i]), JSON.stringify(cases[i])).toEqual(ours);
	}
});
