import type { Goal } from "../../../core/goal.js";
import { goalMetric } from "../../../core/goal.js";
import { isKnownShare } from "../../../core/metric-names.js";
import { latticeRange } from "../../../core/rates.js";
import { settingKey } from "../../../core/setting.js";
import { meantBy } from "../../../trackers/float32.js";
import type { RunState, TrackedRun } from "../../../trackers/run.js";
import type { ImportedLook } from "../look.js";
import type { ImportedRun, ImportedRuns } from "../runs.js";
import type { Answers } from "./answers.js";
import { type Batch, batchOf } from "./batch.js";
import { settingsIn } from "./further-settings.js";
import { inPercent, type KnownCurve, knownCurves } from "./metrics.js";
import { type Rate, rateOf, tiedSchedule } from "./rate.js";
import { settingIn, settingInName, settingNamed } from "./settings.js";
import { updatesAt } from "./steps.js";
import { some, unusable } from "./unusable.js";

/** Runs of a tracker as runs to import, with what was found where. */
export interface InterpretedRuns extends ImportedRuns {
	/** Sentences on what was assumed, or left out. */
	readonly notes: readonly string[];
	/** The tracker's name of each run, in the order of `runs`. */
	readonly names: readonly string[];
}

/**
 * The outcome for each way of ending that a tracker states. A run that was ended from outside is censored at its last step: it hasn't
 * missed the goal.
 */
const outcomes: Readonly<Record<RunState, ImportedRun["outcome"]>> = {
	finished: null,
	unknown: null,
	running: "stopped",
	pruned: "stopped",
	failed: "failed",
};

/** Interprets runs: batch size, peak rate, seed, metrics and steps. `examples`: of the training set. Throws `import/unusable`. */
export function interpreted(all: readonly TrackedRun[], examples: number, goal: Goal, answers: Answers): InterpretedRuns {
	const notes = new Set<string>();
	const chosen = ofGroup(all, answers);
	const withCurves = chosen.map((run) => [run, knownCurves(run, goal, answers.metricKey)] as const);
	const usable = withCurves.filter(([, curves]) => curves.some(({ name }) => name === goalMetric(goal)));
	if (usable.length === 0)
		throw unusable(
			`the goal is on ${goal.metric}, and no run logs it; they log ${some([...new Set(chosen.flatMap(({ curves }) => [...curves.keys()]))])}`,
			"name the metric with --metric-key KEY, or set the goal on another",
			"metricKey",
		);
	if (usable.length < chosen.length) {
		const without = withCurves.filter((one) => !usable.includes(one)).map(([{ name }]) => name);
		notes.add(`Left out, since they log no ${goal.metric}: ${some(without)}.`);
	}
	const percent = inPercent(usable);
	for (const name of percent) notes.add(`${name} is logged in per cent: it is read as a share.`);
	const settings = settingsIn(
		usable.map(([run]) => run),
		answers.settingKeys,
	);
	const names: string[] = [];
	const found = usable.map(([run, curves]): ImportedRun => {
		const batch = batchOf(run, answers, examples);
		const rate = rateOf(run, answers);
		const seed = seedOf(run, answers);
		check(run, batch, rate, examples);
		notes.add(`Batch size from ${batch.from}, learning rate from ${rate.from}, seed from ${seed.from}.`);
		names.push(run.name);
		const looks = () => looksOf(run, curves, goalMetric(goal), answers, Math.ceil(examples / batch.size), percent);
		looks(); // so that problems with them are reported at once
		return {
			phase: null,
			batchSize: batch.size,
			learningRate: rate.value,
			...settings(run),
			seed: seed.text,
			seedIndex: null,
			cap: null,
			outcome: outcomes[run.state],
			/** Made on every access: the looks of all runs at once may exceed memory. */
			get looks() {
				return looks();
			},
		};
	});
	const tied = usable.filter(([run]) => rateOf(run, answers).falls || tiedSchedule(run)).length;
	if (tied > 0)
		notes.add(
			`The learning rate of ${tied} of ${usable.length} runs falls towards their end: how long a run was to be decides when it meets ` +
				"the goal, so runs of other lengths would meet it elsewhere.",
		);
	checkNames(found, names);
	const metrics = new Map(usable.flatMap(([, curves]) => curves.map((curve) => [curve.name, curve] as const)));
	const columns = {
		places: noPlaces,
		metrics: [...metrics.values()].map(({ name, isError }) => ({ at: 0, name, isError })),
		flags: [],
		ignored: [],
	};
	return { runs: found, columns, notes: [...notes], names };
}

const noPlaces = { batchSize: 0, learningRate: 0, seed: 0, step: 0 };

/** Runs of one experiment. Throws `import/unusable` where there are several, and none is named. */
function ofGroup(runs: readonly TrackedRun[], { group }: Answers): readonly TrackedRun[] {
	const groups = [...new Set(runs.map((run) => run.group ?? ""))];
	if (group === undefined) {
		if (groups.length > 1)
			throw unusable(`there are runs of ${some(groups)}`, `name one of them: \`--group ${JSON.stringify(groups[0])}\``, "group");
		return runs;
	}
	const found = runs.filter((run) => (run.group ?? "") === group);
	if (found.length === 0)
		throw unusable(
			`there are no runs of ${group}, but of ${some(groups)}`,
			`name one of them: \`--group ${JSON.stringify(groups[0])}\``,
			"group",
		);
	return found;
}

/** The seed from the configuration, else from the run's name, else the name itself, which distinguishes the runs. */
function seedOf(run: TrackedRun, { seedKey }: Answers): { readonly text: string; readonly from: string } {
	if (seedKey === "run") return { text: run.name, from: "the run's name" };
	const found =
		seedKey === undefined ? (settingIn(run, "seed") ?? settingInName(run, "seed")) : settingNamed(run, seedKey, "--seed-key", true);
	return found ? { text: found.text, from: found.key } : { text: run.name, from: "the run's whole name, for want of another" };
}

function check({ name }: TrackedRun, batch: Batch, rate: Rate, examples: number): void {
	if (!Number.isInteger(batch.size) || batch.size < 1 || batch.size > examples)
		throw unusable(
			`the batch size of ${name} is ${batch.size} (${batch.from}), expected a whole number from 1 to the ${examples} training examples`,
			"name another setting with --batch-size-key, or check --examples",
		);
	if (!(rate.value >= latticeRange.from && rate.value <= latticeRange.to))
		throw unusable(`the learning rate of ${name} is ${rate.value} (${rate.from})`, "name another setting with --learning-rate-key");
}

/** What a run shows, by the number of updates. Step 0 is the initial weights. */
function looksOf(
	run: TrackedRun,
	curves: readonly KnownCurve[],
	metric: string,
	answers: Answers,
	perEpoch: number,
	percent: ReadonlySet<string>,
): readonly ImportedLook[] {
	const goalCurve = curves.find(({ name }) => name === metric)?.curve;
	const last = (goalCurve === undefined ? undefined : run.curves.get(goalCurve)?.at.at(-1)) ?? Number.POSITIVE_INFINITY;
	const looks = new Map<number, { metrics: Record<string, number>; seconds: number | null; diverged: boolean }>();
	for (const { curve: key, name, isError } of curves) {
		const curve = run.curves.get(key);
		if (curve === undefined) continue;
		const steps = updatesAt(run, key, curve, answers, perEpoch, last);
		for (const [i, step] of steps.entries()) {
			if (!(step > 0)) continue;
			if (!Number.isSafeInteger(step))
				throw unusable(`${run.name} has ${key} at step ${step}, expected whole updates`, "say what a step is with --steps-are", "stepsAre");
			const look = looks.get(step) ?? { metrics: {}, seconds: null, diverged: false };
			looks.set(step, look);
			if (Number.isFinite(curve.seconds[i])) look.seconds = curve.seconds[i];
			const value = meantBy(curve.values[i]);
			if (!Number.isFinite(value)) look.diverged = true;
			else look.metrics[name] = measured(run, key, percent.has(name) ? value / 100 : value, name, isError);
		}
	}
	if (looks.size === 0)
		throw unusable(`${run.name} has no look beyond step 0`, "leave the run out, or say what a step is with --steps-are", "stepsAre");
	const timed = [...looks.values()].filter(({ seconds }) => seconds !== null).length;
	// A single reading of a clock with an unknown start says nothing.
	return [...looks]
		.sort(([a], [b]) => a - b)
		.map(([step, look]) => ({ line: 0, step, examples: null, ...look, seconds: timed > 1 ? look.seconds : null }));
}

function measured(run: TrackedRun, key: string, value: number, name: string, isError: boolean): number {
	if (isKnownShare(name) && !(value >= 0 && value <= 1))
		throw unusable(`${run.name} has ${key} ${value}, expected a share from 0 to 1`, "set the goal on another metric, or leave the run out");
	return isError ? 1 - value : value;
}

/** Two runs with the same batch size, rate and seed would be taken for one. */
function checkNames(runs: readonly ImportedRun[], names: readonly string[]): void {
	const seen = new Map<string, string>();
	for (const [i, run] of runs.entries()) {
		const { batchSize, learningRate, seed } = run;
		const key = JSON.stringify([batchSize, learningRate, settingKey(run), seed]);
		const other = seen.get(key);
		if (other !== undefined)
			throw unusable(
				`${other} and ${names[i]} both have batch size ${batchSize}, learning rate ${learningRate} and seed ${seed}`,
				"leave one of them out; if a study of Sweetspot was exported, export it as a table instead: `sweetspot export ID --format csv`; if they are runs of different seeds, say `--seed-key run`: their names tell them apart; if they differ in a further setting, name it with --setting-keys",
			);
		seen.set(key, names[i]);
	}
}
