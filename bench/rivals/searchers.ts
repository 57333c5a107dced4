import { previousLook } from "../../src/core/looks.js";
import { type HalfOctave, halfOctaveAbove } from "../../src/core/rates.js";
import { Rng } from "../../src/core/rng.js";
import type { FinishedTrial } from "../../src/core/trial.js";
import { tradeoffDesign } from "../../src/study/designs.js";
import { specsOf } from "../../src/study/reason.js";
import { examplesAfter, examplesOf, medianSteps, type SharedRuns } from "./runs.js";

/** What a searcher found at one batch size. */
export interface Answer {
	readonly batchSize: number;
	/** Null where it found no rate that reaches the goal. */
	readonly rate: HalfOctave | null;
	/** Median over the tuning seeds. */
	readonly steps: number;
	/** Examples of all it trained at this size. */
	readonly examples: number;
}

/** The tuning of the tradeoff design itself, round by round. */
export async function ours(runs: SharedRuns): Promise<readonly Answer[]> {
	const { study } = runs;
	const finished: FinishedTrial[] = [];
	for (;;) {
		const tuning = specsOf(tradeoffDesign.next(study, finished)).filter(({ phase }) => phase === "tuning");
		if (tuning.length === 0) break;
		for (const spec of tuning) finished.push({ spec, result: await runs.run(spec) });
	}
	return tradeoffDesign.answers(study, finished).map(({ batchSize, learningRate, steps }) => ({
		batchSize,
		rate: learningRate === null ? null : halfOctaveAbove(learningRate),
		steps: steps ?? Number.POSITIVE_INFINITY,
		examples: examplesOf(finished.filter(({ spec }) => spec.batchSize === batchSize).map(({ result }) => result)),
	}));
}

/** Every whole octave of the range on every tuning seed, each run to the goal or the limit. */
export async function fullGrid(runs: SharedRuns): Promise<readonly Answer[]> {
	const octaves = runs.rates.filter((_, i) => i % 2 === 0);
	const answers: Answer[] = [];
	for (const batchSize of runs.study.batchSizes) {
		answers.push(await inOrder(runs, batchSize, octaves, { asGoodAs: 0, capped: false }));
	}
	return answers;
}

/**
 * Half octaves of the range in random order, without repeats, until one is as good as the answer it is compared with. `capped`: with our
 * exact dropping, each run ends where its rate's median can no longer beat the best; otherwise each runs to the goal or the limit.
 */
export async function randomSearch(
	runs: SharedRuns,
	compared: readonly Answer[],
	seed: number,
	capped: boolean,
): Promise<readonly Answer[]> {
	const rng = Rng.fromSeed(seed);
	const answers: Answer[] = [];
	for (const { batchSize, steps } of compared) {
		const order = Int32Array.from(runs.rates);
		rng.split(batchSize).shuffle(order);
		answers.push(await inOrder(runs, batchSize, [...order], { asGoodAs: steps, capped }));
	}
	return answers;
}

/** Rates one after the other, all tuning seeds of each, until a median is at most `asGoodAs`; of equal ones the first. */
async function inOrder(
	runs: SharedRuns,
	batchSize: number,
	rates: readonly HalfOctave[],
	{ asGoodAs, capped }: { readonly asGoodAs: number; readonly capped: boolean },
): Promise<Answer> {
	let best: { readonly rate: HalfOctave | null; readonly steps: number } = { rate: null, steps: Number.POSITIVE_INFINITY };
	let examples = 0;
	for (const rate of rates) {
		const block = await runs.block("tuning", batchSize, rate);
		const cap = capped && Number.isFinite(best.steps) ? previousLook(best.steps, runs.study.looks.ratio) : Number.POSITIVE_INFINITY;
		for (const { steps, examples: whole } of block) {
			examples += steps <= cap ? whole : examplesAfter(cap, batchSize, runs.study.data.train);
		}
		const steps = medianSteps(block);
		if (steps < best.steps) best = { rate, steps };
		if (best.steps <= asGoodAs) break;
	}
	return { batchSize, ...best, examples };
}
