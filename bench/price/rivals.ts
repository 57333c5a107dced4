import { spawnSync } from "node:child_process";
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

/**
 * Optuna's answers for as much as the ladder's cost. It searches batch size and rate to take the least to the goal; its trials last for as
 * many epochs as two trainings at the best setting, which its users would have to guess; every rate on the study's range by half octaves.
 * Both sides train the very same runs: these are trained here beforehand, with the ladder's own seed.
 */
export async function rivalChoices(
	truth: Truth,
	best: Judged,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	time: (batchSize: number) => number,
	studies: readonly RivalStudy[],
): Promise<readonly { readonly rival: string; readonly choices: readonly Choice[] }[]> {
	const { study } = truth;
	const epochs = Math.max(3, Math.ceil((2 * best.steps * best.batchSize) / study.data.train));
	const { from, to } = searchSpace(study, study.batchSizes[0]);
	const rates = Array.from({ length: to - from + 1 }, (_, i) => from + i);
	const units = { examples: best.steps * best.batchSize, seconds: best.steps * time(best.batchSize) };
	const tasks: unknown[] = [];
	for (const { seed, budget } of studies) {
		const runs: unknown[][] = [];
		for (const batchSize of study.batchSizes) {
			const cap = Math.ceil((epochs * study.data.train) / batchSize);
			const row: unknown[] = [];
			for (const rate of rates) {
				const spec = trialSpec({ phase: "ladder", batchSize, learningRate: rateAt(rate), seed: seedOf(seed, "ladder", 0), cap });
				row.push(runOf(study, batchSize, await train(spec), truth, time, units));
			}
			runs.push(row);
		}
		tasks.push({ sizes: study.batchSizes, rates, epochs, seed, budget, runs });
	}
	const script = fileURLToPath(new URL("../optuna/price.py", import.meta.url));
	const answersOf = (pruner: string): readonly Choice[] => {
		const { status, stdout, stderr } = spawnSync(python, [script], {
			encoding: "utf8",
			input: JSON.stringify({ studies: tasks, pruner }),
			maxBuffer: 1 << 28,
		});
		if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
		return (JSON.parse(stdout) as ([number, number] | null)[]).map(
			(place) => place && { batchSize: study.batchSizes[place[0]], rate: rates[place[1]] },
		);
	};
	return Object.entries(rivals).map(([rival, pruner]) => ({ rival, choices: answersOf(pruner) }));
}

/** A run as the rival sees it: its distance from the goal at the end of each epoch, what it takes, and what it costs to the goal. */
function runOf(
	{ goal, data }: TrainableStudy,
	batchSize: number,
	{ evaluations, steps, reached }: TrialResult,
	truth: Truth,
	time: (batchSize: number) => number,
	units: { readonly examples: number; readonly seconds: number },
) {
	const ended = reached?.step ?? steps;
	const perEpoch = data.train / batchSize;
	const distances: number[] = [];
	for (let epoch = 1; epoch * perEpoch <= ended; epoch++) {
		const seen = evaluations.filter(({ step }) => step <= epoch * perEpoch);
		const last = seen.at(-1);
		distances.push(last ? Math.min(1e9, -closestToGoal(goal, [last])) : 1e9);
	}
	return {
		distances,
		epochs: ended / perEpoch,
		examples: (ended * batchSize) / units.examples,
		seconds: (ended * time(batchSize)) / units.seconds,
		cost: reached ? truth.cost(batchSize, reached.step) : null,
	};
}
