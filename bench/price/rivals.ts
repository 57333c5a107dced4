import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { closestToGoal } from "../../src/core/goal.js";
import { rateAt } from "../../src/core/rates.js";
import type { TrialResult, TrialSpec } from "../../src/core/trial.js";
import { seedOf } from "../../src/study/search/seeds.js";
import { searchSpace } from "../../src/study/search/space.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import type { Judged, Truth } from "./reference.js";

/** The interpreter that has Optuna: `PYTHON=/path/to/python npm run bench -- price --rivals`. */
const python = process.env.PYTHON ?? "python3";

/** Optuna's pruners, by what the table calls them. */
const rivals = {
	"Optuna, TPE and MedianPruner": "median",
	"Optuna, TPE and Hyperband": "hyperband",
	"Optuna, TPE and successive halving": "halving",
} as const;

/** What a rival is given: one study of a workload. */
interface RivalStudy {
	readonly seed: number;
	/** In trainings at the best setting, by the larger of examples and seconds: what the ladder took on the same study. */
	readonly budget: number;
}

/** What a rival chose, by its place among sizes and rates; null where no trial of it reached the goal. */
type Choice = { readonly batchSize: number; readonly rate: number } | null;

/** A rival's answers: places among sizes and rates. */
type Places = (readonly [size: number, rate: number] | null)[];

/** What a rival asks for: a study, and places among its sizes and rates. */
interface Wanted {
	readonly study: number;
	readonly size: number;
	readonly rate: number;
}

/** The fewest reports of a trial, at even distances: at ends of epochs where there are as many. */
const fewestReports = 9;

/**
 * Optuna's answers for as much as the ladder's cost. It searches batch size and rate to take the least to the goal; its trials last for as
 * many examples as two trainings at the best setting, which its users would have to guess; every rate on the study's range by half octaves.
 * Both sides train the very same runs, with the ladder's own seed.
 */
export async function rivalChoices(
	truth: Truth,
	best: Judged,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	time: (batchSize: number) => number,
	studies: readonly RivalStudy[],
): Promise<readonly { readonly rival: string; readonly choices: readonly Choice[] }[]> {
	const { study } = truth;
	const longest = 2 * best.steps * best.batchSize;
	const stretch = Math.min(study.data.train, Math.ceil(longest / fewestReports));
	const stretches = Math.ceil(longest / stretch);
	const { from, to } = searchSpace(study, study.batchSizes[0]);
	const rates = Array.from({ length: to - from + 1 }, (_, i) => from + i);
	const units = { examples: best.steps * best.batchSize, seconds: best.steps * time(best.batchSize) };
	const runs = new Map<string, ReturnType<typeof runOf>>();
	const runAt = async ({ study: index, size, rate }: Wanted) => {
		const key = `${index}/${size}/${rate}`;
		const known = runs.get(key);
		if (known) return known;
		const batchSize = study.batchSizes[size];
		const cap = Math.ceil((stretches * stretch) / batchSize);
		const seed = seedOf(studies[index].seed, "ladder", 0);
		const result = await train(trialSpec({ phase: "ladder", batchSize, learningRate: rateAt(rates[rate]), seed, cap }));
		const run = runOf(study, batchSize, result, stretch, truth, time, units);
		runs.set(key, run);
		return run;
	};
	const tasks = studies.map(({ seed, budget }) => ({ sizes: study.batchSizes, rates, stretches, seed, budget }));
	const answers: { readonly rival: string; readonly choices: readonly Choice[] }[] = [];
	for (const [rival, pruner] of Object.entries(rivals)) {
		const places = await conversation({ studies: tasks, pruner }, runAt);
		answers.push({
			rival,
			choices: places.map((place) => place && { batchSize: study.batchSizes[place[0]], rate: rates[place[1]] }),
		});
	}
	return answers;
}

/** Gives the program its task, then every run that it asks for; its last line is the answer. */
async function conversation(task: object, runAt: (wanted: Wanted) => Promise<object>): Promise<Places> {
	const script = fileURLToPath(new URL("../optuna/price.py", import.meta.url));
	const program = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
	const say = (line: object) => program.stdin.write(`${JSON.stringify(line)}\n`);
	say(task);
	for await (const line of createInterface({ input: program.stdout })) {
		const said: Wanted | Places = JSON.parse(line);
		if (Array.isArray(said)) return said;
		say(await runAt(said));
	}
	throw new Error(`${python} ${script} ended without an answer: does it have Optuna?`);
}

/** A run as the rival sees it: its distance from the goal at the end of each stretch, what it takes, and what it costs to the goal. */
function runOf(
	{ goal }: TrainableStudy,
	batchSize: number,
	{ evaluations, steps, reached }: TrialResult,
	stretch: number,
	truth: Truth,
	time: (batchSize: number) => number,
	units: { readonly examples: number; readonly seconds: number },
) {
	const ended = reached?.step ?? steps;
	const each = stretch / batchSize;
	const distances: number[] = [];
	for (let i = 1; i * each <= ended; i++) {
		const last = evaluations.filter(({ step }) => step <= i * each).at(-1);
		distances.push(last ? Math.min(1e9, -closestToGoal(goal, [last])) : 1e9);
	}
	return {
		distances,
		stretches: ended / each,
		examples: (ended * batchSize) / units.examples,
		seconds: (ended * time(batchSize)) / units.seconds,
		cost: reached ? truth.cost(batchSize, reached.step) : null,
	};
}
