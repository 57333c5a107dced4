/**
 * What an answer of the ladder costs and how good it is, on workloads that the design was not fitted on: 10 studies each, that differ in
 * their seed. Every setting that a design chose is judged by runs that no study saw, and so is the best one there is, from a dense grid.
 * Next to it the ladder limited by runs, and the ladder held to batch size 32.
 *
 * `--fitting` measures the workloads that the ladder's numbers were chosen on, `--plentiful`, `--left`, `--drawn`, `--larger`, `--small` and
 * `--spent` those that judged before. `--workload TEXT`, as often as you like, measures the one of that name, or else those whose name has
 * it; `--design TEXT` the same of designs.
 * `--rivals` adds Optuna, for as much as the ladder took on the same study. `--one-seed` measures what a single seed can show, on the
 * workloads that judge nothing any more; `--constructed` how often answers that are wrong by little say that they are found, on trainings in
 * closed form. `--simulate` tries other numbers of the ladder on workloads that judge nothing any more (`--plentiful` and the others; with
 * `--constructed` on trainings in closed form): `--with openAt=20,rivals.most=4`, as often as you like, each a variant; `--studies 3` of each
 * workload, for `--trainings 5`. `--records FOLDER` keeps what settings cost, so that the next call needn't measure it. `--scripts` measures
 * training scripts in Python, which wait between rungs; it needs a Python with PyTorch and NumPy (SWEETSPOT_PYTHON). `--goals` prints what
 * the rule of goals gives (goals.ts), and judges nothing.
 *
 * docs/price.md says what came out: `--write` puts the tables there.
 */

import { parseArgs } from "node:util";
import { Rng } from "../src/core/rng.js";
import { secondsPerStep } from "../src/study/seconds-per-step.js";
import type { TrainableStudy } from "../src/study/study.js";
import { writeSections } from "./markdown.js";
import { constructed, constructedAnswers, constructedTable } from "./price/constructed.js";
import { goalByRule } from "./price/goals.js";
import { type OneSeedChoice, oneSeedChoices } from "./price/one-seed.js";
import { recordsIn } from "./price/records.js";
import type { Judged } from "./price/reference.js";
import { rivalChoices } from "./price/rivals.js";
import { measuredScript, pricedScripts, scriptDesigns } from "./price/scripts.js";
import { simulated, simulatedTable } from "./price/simulate.js";
import { answerOf, type Subject, subjectOf, truthRuns } from "./price/subject.js";
import { type Best, type Outcome, oneSeedTable, priceTables } from "./price/tables.js";
import { variantOf } from "./price/variants.js";
import { drawn, fitting, heldBack, larger, left, type PricedWorkload, plentiful, small, spent } from "./price/workloads.js";
import { torchEnvironment } from "./python.js";

const studies = 10;
const firstSeed = 8000;
/** Seeds of every workload for what one of them can show. */
const seedsAlone = 4;
/** The designs that are compared, by what they change in a study. */
const designs: readonly { readonly name: string; readonly change: Partial<TrainableStudy> }[] = [
	{ name: "ladder", change: { budget: { trials: null, seconds: null, trainings: 5 } } },
	{ name: "ladder, 10 trainings", change: { budget: { trials: null, seconds: null, trainings: 10 } } },
	{ name: "ladder, 20 trainings", change: { budget: { trials: null, seconds: null, trainings: 20 } } },
	{ name: "ladder, 40 trainings", change: { budget: { trials: null, seconds: null, trainings: 40 } } },
	{ name: "ladder at batch size 32", change: { budget: { trials: null, seconds: null, trainings: 5 }, batchSizes: [32] } },
	{ name: "ladder, 20 runs", change: { budget: { trials: 20, seconds: null } } },
	{ name: "ladder, 40 runs", change: { budget: { trials: 40, seconds: null } } },
];

/** Workloads that judge nothing any more, each asked for by its name. */
const others: Readonly<Record<string, readonly PricedWorkload[]>> = { fitting, plentiful, left, drawn, larger, small, spent };

const page = new URL("../docs/price.md", import.meta.url);

/** That something is done, for whoever waits. */
const seen = (name: string): void => void process.stderr.write(`${name}\n`);

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const { workloads, chosen, withRivals, isOneSeed, isConstructed, isOfGoals, simulation, scripts, scriptDesigns } = chosenBy(flags);
	if (isOfGoals) {
		for (const workload of workloads) process.stdout.write(`${workload.name}: ${JSON.stringify(await goalByRule(workload))}\n`);
		return;
	}
	if (simulation) {
		const { variants, records, ...size } = simulation;
		const subjects = isConstructed ? constructed : subjectsOf(workloads, records);
		process.stdout.write(`${simulatedTable(await simulated(subjects, variants, size, seen))}\n`);
		return;
	}
	if (isOneSeed || isConstructed) {
		const table = isOneSeed ? await oneSeed(workloads) : constructedTable(await constructedAnswers(seen));
		if (write) writeSections(page, { [isOneSeed ? "one seed" : "constructed"]: table });
		process.stdout.write(`${table}\n`);
		return;
	}
	const env = scripts && torchEnvironment();
	if (scripts && env === null) return;
	Object.assign(process.env, env);
	const { bests, outcomes } = await (scripts
		? ofAll(scripts, (script) => measuredScript(script, scriptDesigns))
		: ofAll(workloads, (workload) => measured(workload, chosen, withRivals)));
	const tables = priceTables([...new Set(outcomes.map(({ design }) => design))], bests, outcomes);
	const sections: Readonly<Record<string, string>> = scripts ? { scripts: tables.designs, "by script": tables.workloads } : tables;
	if (write) writeSections(page, sections);
	process.stdout.write(json ? `${JSON.stringify({ bests, outcomes })}\n` : `${Object.values(sections).join("\n\n")}\n`);
}

function chosenBy(flags: readonly string[]) {
	const { values } = parseArgs({
		args: [...flags],
		options: {
			...Object.fromEntries(Object.keys(others).map((name) => [name, { type: "boolean", default: false } as const])),
			rivals: { type: "boolean", default: false },
			"one-seed": { type: "boolean", default: false },
			constructed: { type: "boolean", default: false },
			goals: { type: "boolean", default: false },
			simulate: { type: "boolean", default: false },
			with: { type: "string", multiple: true, default: [] },
			studies: { type: "string", default: "3" },
			trainings: { type: "string", default: "5" },
			records: { type: "string" },
			scripts: { type: "boolean", default: false },
			workload: { type: "string", multiple: true, default: [""] },
			design: { type: "string", multiple: true, default: [""] },
		},
	});
	const isOneSeed = values["one-seed"];
	const asked: Readonly<Record<string, unknown>> = values;
	const [group] = Object.entries(others).flatMap(([name, workloads]) => (asked[name] ? [workloads] : []));
	const all = isOneSeed ? [...fitting, ...spent] : (group ?? heldBack);
	if (values.simulate && all === heldBack && !values.constructed)
		throw new Error("--simulate is to choose numbers by: name workloads that judge nothing any more, such as --plentiful");
	return {
		workloads: values.workload.flatMap((name) => named(all, name)),
		chosen: values.design.flatMap((name) => named(designs, name)),
		withRivals: values.rivals,
		isOneSeed,
		isConstructed: values.constructed,
		isOfGoals: values.goals,
		simulation: values.simulate && {
			variants: values.with.map(variantOf),
			studies: countOf("studies", values.studies),
			trainings: countOf("trainings", values.trainings),
			records: values.records,
		},
		scripts: values.scripts ? values.workload.flatMap((name) => named(pricedScripts, name)) : null,
		scriptDesigns: values.design.flatMap((name) => named(scriptDesigns, name)),
	};
}

function countOf(flag: string, text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count > 0) return count;
	throw new Error(`--${flag} ${text}: expected a whole number from 1 on`);
}

/** The one of this name; where there is none, those whose name has this text. */
function named<T extends { readonly name: string }>(all: readonly T[], text: string): readonly T[] {
	const same = all.filter(({ name }) => name === text);
	return same.length > 0 ? same : all.filter(({ name }) => name.includes(text));
}

/** One after the other. */
async function ofAll<W extends { readonly name: string }>(
	all: readonly W[],
	measure: (one: W) => Promise<{ readonly best: Judged; readonly found: readonly Outcome[] }>,
): Promise<{ readonly bests: readonly Best[]; readonly outcomes: readonly Outcome[] }> {
	const outcomes: Outcome[] = [];
	const bests: Best[] = [];
	for (const one of all) {
		const { best, found } = await measure(one);
		bests.push({ ...best, workload: one.name });
		outcomes.push(...found);
		seen(one.name);
	}
	return { bests, outcomes };
}

/** One after the other, so that a machine holds the data of one at a time. `folder`: of what was measured before. */
async function* subjectsOf(workloads: readonly PricedWorkload[], folder: string | undefined): AsyncGenerator<Subject> {
	for (const workload of workloads) yield await subjectOf(workload, folder === undefined ? undefined : recordsIn(folder, workload));
}

/** What one seed can show at all, on `seedsAlone` seeds of each workload: a table. */
async function oneSeed(workloads: readonly PricedWorkload[]): Promise<string> {
	const choices: OneSeedChoice[] = [];
	for (const workload of workloads) {
		const { truth, best, train } = await subjectOf(workload);
		const judge = (batchSize: number, rate: number) => truth.judge(batchSize, rate, truthRuns);
		for (let i = 0; i < seedsAlone; i++) {
			const seed = Rng.fromSeed(firstSeed).split("one seed").split(i).uint32();
			choices.push(...(await oneSeedChoices(truth, best, train, seed, judge)));
		}
		seen(workload.name);
	}
	return oneSeedTable(choices);
}

async function measured(workload: PricedWorkload, chosen: typeof designs, withRivals: boolean) {
	const subject = await subjectOf(workload);
	const { calibration, truth, train, best } = subject;
	const found: Outcome[] = [];
	for (let seed = firstSeed; seed < firstSeed + studies; seed++) {
		for (const { name: design, change } of chosen) found.push({ design, ...(await answerOf(subject, { ...change, seed })) });
	}
	if (!withRivals) return { best, found };
	const asDear = found.filter(({ design }) => design === "ladder");
	const time = (batchSize: number): number => secondsPerStep(calibration, batchSize) ?? Number.NaN;
	const studiesOf = asDear.map(({ examples, seconds }, i) => ({ seed: firstSeed + i, budget: Math.max(examples, seconds) }));
	for (const { rival, choices } of await rivalChoices(truth, best, train, time, studiesOf)) {
		for (const [i, choice] of choices.entries()) {
			const steps = choice ? await truth.judge(choice.batchSize, choice.rate, truthRuns) : Number.POSITIVE_INFINITY;
			const regret = choice ? truth.cost(choice.batchSize, steps) / best.cost : Number.POSITIVE_INFINITY;
			found.push({ ...asDear[i], design: rival, regret, isFound: false });
		}
	}
	return { best, found };
}
