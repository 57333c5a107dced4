import { z } from "zod";
import { curveRuns } from "../charts/learning-curves.js";
import { axisScales, axisUnits, usualAxis } from "../page/axis.js";
import { curveUnits } from "../page/charts-fields.js";
import { measures } from "../page/compare-page.js";
import { mostRuns } from "../page/most-runs.js";
import { mostCompared, studyOrders } from "../page/studies-page.js";
import { outcomes } from "../page/trials-page.js";
import { type ChartsChoice, usualCharts } from "../report/charts-choice.js";

/** The parameters of requests, each checked here once. No address of the page reads any other parameter. */
const id = z.string().min(1).max(200);

export const studiesQuery = z.object({
	search: z.string().max(100).default(""),
	sort: z.enum(studyOrders).default("newest"),
	study: z.array(id).max(64).default([]),
});

const empty = z.literal("").transform(() => null);
export const trialsQuery = z.object({
	phase: z.string().max(60).default(""),
	batch: z.union([empty, z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)]).default(null),
	rate: z.union([empty, z.coerce.number().positive()]).default(null),
	outcome: z.union([z.literal(""), z.enum(outcomes)]).default(""),
	trial: z.array(z.coerce.number().int()).max(64).default([]),
	from: z.coerce.number().int().min(0).max(1e9).default(0),
});

/** Ends of an axis. */
const end = z.union([empty, z.coerce.number().min(0).max(1e15)]).default(null);
const axis = {
	x: z.enum(axisUnits).default(usualAxis.x),
	scale: z.enum(axisScales).default(usualAxis.scale),
	from: end,
	to: end,
};
export const axisQuery = z.object(axis);

/** What is chosen of the charts of a study's page. */
export const chartsQuery = z
	.object({
		"batch-from": end,
		"batch-to": end,
		"curves-from": end,
		"curves-to": end,
		runs: z.enum(curveRuns).default(usualCharts.runs),
		unit: z.enum(curveUnits).default(usualCharts.unit),
	})
	.transform(
		({ runs, unit, ...ends }): ChartsChoice => ({
			...{ isZoomable: true, runs, unit },
			batch: { from: ends["batch-from"], to: ends["batch-to"] },
			curves: { from: ends["curves-from"], to: ends["curves-to"] },
		}),
	);

export const compareQuery = z.object({
	study: z.array(id).max(mostCompared, `choose at most ${mostCompared} studies`).default([]),
	measure: z.enum(measures).default("steps"),
	from: end,
	to: end,
});

export const runsQuery = z.object({
	...axis,
	trial: z.array(z.coerce.number().int().min(1).max(1e9)).max(mostRuns, `choose at most ${mostRuns} runs`).default([]),
	metric: z.string().max(200).default(""),
});

export const trialNumber = z.coerce.number().int().min(1).max(1e9);

/** Parts that a page has already, by name: "answer=0123456789ab,noise=…". */
export const heldParts = z
	.string()
	.max(2000)
	.regex(/^([a-z]+=[0-9a-f]{12}(,[a-z]+=[0-9a-f]{12})*)?$/)
	.transform((text) => new Map(text === "" ? [] : text.split(",").map((pair) => pair.split("=") as [string, string])));

/** Parameters as an object: those in `lists` as arrays, of others the last one. */
export function parametersOf(url: string, lists: readonly string[] = []): Record<string, string | string[]> {
	const { searchParams } = new URL(url);
	return Object.fromEntries(
		[...new Set(searchParams.keys())].map((name) => [
			name,
			lists.includes(name) ? searchParams.getAll(name) : (searchParams.getAll(name).at(-1) ?? ""),
		]),
	);
}
