/**
 * What becomes of the examples that small batches need when Adam's second moment is held by its half-life in examples, and not by β₂:
 * E(1)/E(32) on digits, tuned both ways. docs/half-life.md says what came out: `--write` puts the table there. Some minutes of one core.
 */

import type { Findings } from "../src/analysis/findings.js";
import { decayAt } from "../src/core/half-life.js";
import { formatCount } from "../src/words/numbers.js";
import { type Column, table, writeSections } from "./markdown.js";
import { tuned } from "./tuned.js";

/** The batch size at which both ways have the same β₂. */
const meeting = 32;
/** Usual for language models; PyTorch's default is the last. */
const decays = [0.9, 0.95, 0.99, 0.999] as const;

/** After so many examples half of an average is left that keeps this much of itself at each step of `meeting` examples. */
const halfLifeOf = (beta2: number): number => Math.round((meeting * Math.LN2) / -Math.log(beta2));

const studyOf = (beta2: number | { readonly halfLife: number }) => ({
	version: 1,
	name: "half-life",
	workload: {
		data: "digits",
		model: [{ dense: 64 }, "relu", { dense: 10 }],
		optimizer: { name: "adam", beta2 },
	},
	goal: { metric: "validation.accuracy", atLeast: 0.95 },
	batchSizes: [1, meeting],
	tune: { learningRate: { from: 0.00003, to: 0.1 } },
	seeds: { tuning: 5, selecting: 5, reporting: 30 },
	limits: { epochs: 30, steps: 1000 },
	objective: "cheapest",
});

const columns: readonly Column[] = [
	["held", "left"],
	["β₂ at 1", "right"],
	["β₂ at 32", "right"],
	["rate at 1", "right"],
	["rate at 32", "right"],
	["E(1)", "right"],
	["E(32)", "right"],
	["E(1)/E(32)", "right"],
];

export async function run(json: boolean, write: boolean): Promise<void> {
	const rows: (readonly string[])[] = [];
	for (const beta2 of decays) {
		const held = { halfLife: halfLifeOf(beta2) };
		rows.push(rowOf(`β₂ ${beta2}`, beta2, beta2, await tuned(studyOf(beta2), {})));
		rows.push(rowOf(`half-life ${formatCount(held.halfLife)}`, decayAt(held, 1), decayAt(held, meeting), await tuned(studyOf(held), {})));
		process.stderr.write(`${rows.slice(-2).join("\n")}\n`);
	}
	const text = `${table(columns, rows)}\n\nRun on ${new Date().toISOString().slice(0, 10)}. Repeated by \`npm run bench -- half-life\`.`;
	process.stdout.write(json ? `${JSON.stringify({ rows })}\n` : `${text}\n`);
	if (write) writeSections(new URL("../docs/half-life.md", import.meta.url), { "half-life": text });
}

function rowOf(held: string, atOne: number, atMeeting: number, { tradeoff, recommendation }: Findings): readonly string[] {
	const [one, many] = [1, meeting].map((size) => tradeoff.find(({ batchSize }) => batchSize === size));
	const median = (row: typeof one) => (row?.examples.median == null ? "not reached" : formatCount(Math.round(row.examples.median)));
	const rate = (row: typeof one) => (row?.learningRate == null ? "none" : String(Number(row.learningRate.toPrecision(2))));
	return [
		held,
		String(Number(atOne.toPrecision(6))),
		String(Number(atMeeting.toPrecision(6))),
		rate(one),
		rate(many),
		median(one),
		median(many),
		ratioOf(recommendation),
	];
}

/** With its 95 % interval, whichever of the two sizes is the cheaper one. */
function ratioOf({ batchSize, neighbours: [other] }: Findings["recommendation"]): string {
	if (other === undefined) return "none";
	const { estimate, low, high } = other.examples;
	if (estimate === null || low === null || high === null) return "unknown";
	const [at, from, to] = batchSize === 1 ? [1 / estimate, 1 / high, 1 / low] : [estimate, low, high];
	return `${at.toFixed(2)} [${from.toFixed(2)}–${to.toFixed(2)}]`;
}
