import { expect, test } from "vitest";
import type { Conclusion } from "../../src/experiments/experiment.js";
import { canvasOf } from "../fixtures/canvas.js";
import * as convex from "./made/convex.js";
import * as distance from "./made/distance.js";
import * as flavors from "./made/flavors.js";
import * as generalization from "./made/generalization.js";
import * as learningCurves from "./made/learning-curves.js";
import * as learningRate from "./made/learning-rate.js";
import type { Quick } from "./made/quick.js";
import * as regularization from "./made/regularization.js";
import * as schedules from "./made/schedules.js";
import * as sharpness from "./made/sharpness.js";
import * as stopping from "./made/stopping.js";
import { unwritten } from "./unwritten.js";

/** A run that diverged after its first look: its columns end there. */
function diverged<Run extends { readonly diverged: boolean }>(run: Run): Run {
	const columns = Object.entries(run).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, 1) : value]);
	return { ...run, ...(Object.fromEntries(columns) as Partial<Run>), diverged: true };
}

/** Concludes on results of which every seventh has diverged, and on such as have all. */
function lost<Settings, Task, Result>(
	{ experiment, conclude }: Quick<Settings, Task, Result>,
	results: readonly Result[],
	lose: (result: Result) => Result,
): readonly (readonly [name: string, conclude: () => Conclusion])[] {
	return [
		[`${experiment.id}, some`, () => conclude(results.map((result, i) => (i % 7 === 0 ? lose(result) : result)))],
		[`${experiment.id}, all`, () => conclude(results.map(lose))],
	];
}

const cases = [
	...lost(flavors.asked, flavors.made(flavors.known), (result) =>
		result.kind === "run" ? { ...result, curves: diverged(result.curves) } : result,
	),
	...lost(learningCurves.asked, learningCurves.made(learningCurves.known), (result) =>
		result.kind === "run" ? { ...result, curves: diverged(result.curves) } : result,
	),
	...lost(distance.asked, distance.made(-0.5, 1), (result) =>
		result.kind === "travel" ? { ...result, travel: { ...diverged(result.travel), path: null } } : result,
	),
	...lost(learningRate.asked, learningRate.made(0.5, 0.1), (result) => ({ ...result, end: null })),
	...lost(generalization.asked, generalization.made(generalization.known), (result) => {
		if ("budget" in result) {
			const untuned = { ...result.untuned, ends: result.untuned.ends.map(() => null) };
			return { ...result, untuned, tuned: null, tuningAccuracy: null };
		}
		return "width" in result ? { ...result, ends: result.ends.map((seeds) => seeds.map(() => null)) } : result;
	}),
	...lost(convex.asked, convex.made(0.5, 0.001), (result) => {
		if (result.kind === "converge") return { ...result, converged: { ...result.converged, left: null } };
		return result.kind === "race" ? { ...result, race: { ...result.race, reached: result.race.reached.map(() => null) } } : result;
	}),
	...lost(stopping.asked, stopping.made(stopping.known), (result) =>
		result.kind === "cell" ? { ...result, runs: result.runs.map(diverged) } : result,
	),
	...lost(regularization.asked, regularization.made(regularization.peaked), (cell) => ({ ...cell, runs: cell.runs.map(diverged) })),
	...lost(sharpness.asked, sharpness.made(0.5, 1), (result) =>
		result.kind === "solution"
			? { ...result, solution: null }
			: { ...result, solutions: result.solutions.map(() => null), lines: result.lines.map(() => null) },
	),
	...lost(schedules.asked, schedules.made(schedules.known), diverged),
];

test.each(cases)("where runs diverged, no NaN is written, and charts are drawn: %s", (_, conclude) => {
	const { words, tables, charts, claims } = conclude();
	const texts = [
		...words,
		...tables.flatMap(({ title, rows }) => [title, ...rows.flat()]),
		...charts.flatMap(({ title, caption }) => [title, caption]),
		...claims.flatMap(({ effect, evidence }) => [effect, evidence]),
	];
	for (const text of texts) expect(text).not.toMatch(unwritten);
	for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
	for (const chart of charts) for (const width of [720, 328]) expect(chart.draw(canvasOf(width)).outerHTML).not.toMatch(unwritten);
});
