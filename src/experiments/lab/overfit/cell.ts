import { exp, log } from "../../../core/numerics.js";
import type { Few } from "../../../data/few.js";
import type { NetworkWorkload } from "../../../study/study.js";
import type { Tools } from "../../experiment.js";
import { epochLooks, walk } from "../curves.js";
import { type Descended, descend } from "../descend.js";
import { Laboratory } from "../laboratory.js";
import { seedAt } from "../workloads.js";
import { type Regularizer, regularized } from "./regularizers.js";

/** What is trained in one cell of a design: a regularizer at a batch size. */
export interface Arm {
	readonly regularizer: Regularizer;
	readonly batchSize: number;
	readonly wrongLabels: number;
}

/** How long, how often looked at, and how often repeated. */
export interface CellPlan {
	/** Unregularized. */
	readonly workload: NetworkWorkload;
	/** But for `wrongLabels`, which is the arm's. */
	readonly few: Few;
	readonly epochs: number;
	/** Epochs between two looks. */
	readonly every: number;
	/** The rate is chosen on the first of them, and reported from the rest. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	readonly seed: number;
}

export interface CellTask extends CellPlan {
	readonly arm: Arm;
}

/** The arm's part of a plan: the rest of an experiment's settings does not concern its tasks. */
export const cellTask = ({ workload, few, epochs, every, seeds, seed }: CellPlan, arm: Arm): CellTask => ({
	workload,
	few,
	epochs,
	every,
	seeds,
	seed,
	arm,
});

/** What was seen of one run, look by look from before its first step on. Shorter where it diverged. */
export interface HeldOutCurves {
	readonly trainLoss: readonly number[];
	readonly validationLoss: readonly number[];
	readonly validationAccuracy: readonly number[];
	readonly testAccuracy: readonly number[];
	readonly diverged: boolean;
}

export interface Cell {
	readonly arm: Arm;
	readonly tuned: Descended;
	/** In the order of the reporting seeds, which are the same for all arms. */
	readonly runs: readonly HeldOutCurves[];
}

/**
 * Where the search begins, and how far it goes. Two octaves apart: of rates an octave apart the better one is often one at which only luck
 * keeps a run from diverging.
 */
const rates = { start: 2 ** -4, factor: 4, from: 2 ** -14, to: 64 } as const;

/**
 * Chooses the learning rate that brings the training loss lowest, in the geometric mean over the tuning seeds after all epochs: that of
 * somebody who trains as well as he can, and as long. (A rate chosen by a held-out loss at the end would be one at which there is not
 * enough time to over-fit.) Then trains at this rate with the reporting seeds.
 */
export async function runCell({ workload, few, epochs, every, seeds, seed, arm }: CellTask, tools: Tools): Promise<Cell> {
	const { regularizer, batchSize, wrongLabels } = arm;
	const lab = await Laboratory.open(regularized(workload, regularizer), tools, { ...few, wrongLabels });
	const last = epochs * Math.ceil(lab.examples / batchSize);
	const trainedLoss = (learningRate: number, place: number): number => {
		lab.begin(batchSize, seedAt(seed, place));
		let loss = Number.NaN;
		walk(lab, { learningRate, looks: [last] }, () => {
			loss = lab.evaluate("train")?.loss ?? Number.NaN;
			return true;
		});
		return loss;
	};
	const tuned = descend(rates.start, rates.factor, rates, (rate) => {
		const logs = Array.from({ length: seeds.tuning }, (_, place) => log(trainedLoss(rate, place)));
		return exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
	});
	const looks = epochLooks(lab.examples, batchSize, epochs, every);
	const runs = Array.from({ length: seeds.reporting }, (_, i) => {
		lab.begin(batchSize, seedAt(seed, seeds.tuning + i));
		return lookAtSets(lab, tuned.rate, looks);
	});
	return { arm, tuned, runs };
}

function lookAtSets(lab: Laboratory, learningRate: number, looks: readonly number[]): HeldOutCurves {
	const columns = {
		trainLoss: [] as number[],
		validationLoss: [] as number[],
		validationAccuracy: [] as number[],
		testAccuracy: [] as number[],
	};
	const diverged = walk(lab, { learningRate, looks }, () => {
		const [train, validation, test] = [lab.evaluate("train"), lab.evaluate("validation"), lab.evaluate("test")];
		if (!train || !validation || !test || !Number.isFinite(train.loss + validation.loss)) return false;
		columns.trainLoss.push(train.loss);
		columns.validationLoss.push(validation.loss);
		columns.validationAccuracy.push(validation.accuracy ?? 0);
		columns.testAccuracy.push(test.accuracy ?? 0);
		return true;
	});
	return { ...columns, diverged };
}
