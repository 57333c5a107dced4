/**
 * What it costs to search momentum and weight decay in addition to the learning rate, in training examples of tuning runs: with all
 * settings sharing one incumbent, as a study does; each setting on its own; and a full grid of whole octaves in every setting.
 * docs/search.md says what came out: `--write` puts the tables there.
 */
import { mean } from "../src/core/mean.js";
import type { HalfOctave } from "../src/core/rates.js";
import { type Setting, settingKey } from "../src/core/setting.js";
import type { FinishedTrial } from "../src/core/trial.js";
import { factsAbout } from "../src/data/load.js";
import { tradeoffDesign } from "../src/study/designs.js";
import { specsOf } from "../src/study/reason.js";
import { resolveStudy } from "../src/study/resolve.js";
import { settingsOf } from "../src/study/search/settings.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { table, writeSections } from "./markdown.js";
import { examplesOf, medianSteps, SharedRuns } from "./rivals/runs.js";

/** As in `bench/search.ts`: a shorter limit than a study's own saves the grid most of what it would spend. */
const limits = { epochs: 20, steps: 300 };
const searched = { momentum: [0, 0.5, 0.9], weightDecay: [0, 0.0001, 0.001] };

const studies = [
	{
		version: 1,
		name: "blobs",
		workload: { data: "blobs", model: [{ dense: 50, init: "he-uniform" }, "relu", { dense: 3 }] },
		goal: { metric: "train.loss", atMost: 0.35 },
		tune: searched,
		limits,
	},
	{
		version: 1,
		name: "digits",
		workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }] },
		goal: { metric: "validation.accuracy", atLeast: 0.93 },
		batchSizes: [4, 32, 256],
		tune: searched,
		limits,
	},
];

/** What one way to search found at each batch size, and the examples of all its runs. */
interface Found {
	readonly way: string;
	readonly examples: number;
	readonly steps: readonly number[];
}

async function measure(file: (typeof studies)[number]) {
	const study = await resolveStudy(file, (source) => factsAbout(source, readBytes));
	const runs = await SharedRuns.of(study);
	const settings = settingsOf(study);
	const shared = await tuned(runs, study.tune);
	const apart: Found[] = [];
	for (const setting of settings) apart.push(await tuned(runs, { learningRate: study.tune.learningRate, ...asLists(setting) }));
	const ways: Found[] = [
		{ ...shared, way: "all settings, one incumbent" },
		{
			way: "each setting on its own",
			examples: apart.reduce((sum, { examples }) => sum + examples, 0),
			steps: study.batchSizes.map((_, i) => Math.min(...apart.map(({ steps }) => steps[i]))),
		},
		await fullGrid(runs, settings),
	];
	const own = apart[settings.findIndex((setting) => settingKey(setting) === settingKey({ momentum: 0.9, weightDecay: 0 }))];
	ways.push({ ...own, way: "momentum 0.9 and no decay alone" });
	const least = study.batchSizes.map((_, i) => Math.min(...ways.map(({ steps }) => steps[i])));
	return {
		name: study.name,
		settings: settings.length,
		sizes: study.batchSizes.length,
		ways: ways.map(({ way, examples, steps }) => ({ way, examples, quality: mean(steps.map((s, i) => s / least[i])) })),
	};
}

const asLists = ({ momentum, weightDecay }: Setting) => ({
	...(momentum !== undefined && { momentum: [momentum] }),
	...(weightDecay !== undefined && { weightDecay: [weightDecay] }),
});

/** The tuning of the tradeoff design, round by round. */
async function tuned(runs: SharedRuns, tune: SharedRuns["study"]["tune"]): Promise<Found> {
	const study = { ...runs.study, tune };
	const finished: FinishedTrial[] = [];
	for (;;) {
		const wanted = specsOf(tradeoffDesign.next(study, finished)).filter(({ phase }) => phase === "tuning");
		if (wanted.length === 0) break;
		for (const spec of wanted) finished.push({ spec, result: await runs.run(spec) });
	}
	const steps = tradeoffDesign.answers(study, finished).map((answer) => answer.steps ?? Number.POSITIVE_INFINITY);
	return { way: "", examples: examplesOf(finished.map(({ result }) => result)), steps };
}

/** Every whole octave of the range, in every setting, on every tuning seed, each run to the goal or the limit. */
async function fullGrid(runs: SharedRuns, settings: readonly Setting[]): Promise<Found> {
	const octaves: readonly HalfOctave[] = runs.rates.filter((_, i) => i % 2 === 0);
	let examples = 0;
	const steps: number[] = [];
	for (const batchSize of runs.study.batchSizes) {
		let best = Number.POSITIVE_INFINITY;
		for (const setting of settings) {
			for (const rate of octaves) {
				const block = await runs.block("tuning", batchSize, rate, setting);
				examples += examplesOf(block);
				best = Math.min(best, medianSteps(block));
			}
		}
		steps.push(best);
	}
	return { way: "full grid of octaves", examples, steps };
}

export async function run(json: boolean, write: boolean): Promise<void> {
	const results = [];
	for (const file of studies) results.push(await measure(file));
	if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, limits, searched, studies: results })}\n`);
	const text = results.map(section).join("\n\n");
	if (write) writeSections(new URL("../docs/search.md", import.meta.url), { settings: text });
	if (!json) process.stdout.write(`${text}\n`);
}

function section({ name, settings, sizes, ways }: Awaited<ReturnType<typeof measure>>): string {
	const [{ examples: ours }] = ways;
	const rows = ways.map(({ way, examples, quality }) => [
		way,
		examples.toLocaleString("en"),
		(examples / ours).toFixed(2),
		Number.isFinite(quality) ? quality.toFixed(3) : "not all reached",
	]);
	const columns = [
		["searched", "left"],
		["examples", "right"],
		["× ours", "right"],
		["S found / least S found", "right"],
	] as const;
	return `${name}, ${settings} settings, ${sizes} batch sizes:\n\n${table(columns, rows)}`;
}
