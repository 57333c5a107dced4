import { type HalfOctave, halfOctaveAbove, halfOctaveBelow, rateAt } from "../../src/core/rates.js";
import type { Setting } from "../../src/core/setting.js";
import { type TrialResult, type TrialSpec, trialKey } from "../../src/core/trial.js";
import { upperMiddle } from "../../src/core/upper-middle.js";
import { seedOf } from "../../src/study/search/seeds.js";
import { stepLimit } from "../../src/study/steps.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { createTrainer } from "../../src/trainers/node.js";

/**
 * The runs of a study, each trained once, to the goal or the limit, for any rival that asks for it and however often. A run with a cap is
 * the beginning of the run without, so every searcher is charged for exactly what it asked for, and the benchmark trains each run but once.
 */
export class SharedRuns {
	readonly #whole = new Map<string, Promise<TrialResult>>();
	/** A trainer trains one trial at a time. */
	#last: Promise<unknown> = Promise.resolve();

	private constructor(
		readonly study: TrainableStudy,
		private readonly train: (spec: TrialSpec) => Promise<TrialResult>,
	) {}

	static async of(study: TrainableStudy): Promise<SharedRuns> {
		const trainer = await createTrainer(study);
		return new SharedRuns(study, async (spec) => {
			for await (const { result } of trainer.train(spec, { stopped: false })) if (result) return result;
			throw new Error(`no result of ${trialKey(spec)}`);
		});
	}

	/** What the trainer would have returned for `spec`, a run to the first look that meets the goal. */
	async run(spec: TrialSpec): Promise<TrialResult> {
		const whole = { ...spec, cap: stepLimit(spec.batchSize, this.study), curves: false, probe: false, until: "goal" } as const;
		const key = trialKey(whole);
		const training = this.#whole.get(key) ?? this.#last.then(() => this.train(whole));
		if (!this.#whole.has(key)) this.#last = training;
		this.#whole.set(key, training);
		const result = await training;
		if (result.steps <= spec.cap) return result;
		return {
			...result,
			outcome: "missed",
			steps: spec.cap,
			examples: examplesAfter(spec.cap, spec.batchSize, this.study.data.train),
			first: null,
			evaluations: result.evaluations.filter(({ step }) => step <= spec.cap),
		};
	}

	/** A rate's whole runs on a phase's seeds, each to the goal or the limit. */
	async block(phase: "tuning" | "reporting", batchSize: number, rate: HalfOctave, setting: Setting = {}): Promise<readonly TrialResult[]> {
		const results: TrialResult[] = [];
		for (let seedIndex = 0; seedIndex < this.study.seeds[phase]; seedIndex++) {
			const seed = seedOf(this.study.seed, phase, seedIndex);
			const cap = stepLimit(batchSize, this.study);
			const learningRate = rateAt(rate);
			results.push(
				await this.run({ phase, batchSize, learningRate, ...setting, seedIndex, seed, cap, until: "goal", curves: false, probe: false }),
			);
		}
		return results;
	}

	/** The half octaves of the study's range, snapped outward. */
	get rates(): readonly HalfOctave[] {
		const { from, to } = this.study.tune.learningRate;
		const [lowest, highest] = [halfOctaveBelow(from), halfOctaveAbove(to)];
		return Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
	}
}

/** Examples that this many steps take: the last batch of an epoch is what remains of it. */
export function examplesAfter(steps: number, batchSize: number, examples: number): number {
	const perEpoch = Math.ceil(examples / batchSize);
	return Math.floor(steps / perEpoch) * examples + (steps % perEpoch) * batchSize;
}

/** The upper middle of the steps-to-target; ∞ where most runs miss the goal. */
export const medianSteps = (block: readonly TrialResult[]): number =>
	upperMiddle(block.map(({ reached }) => reached?.step ?? Number.POSITIVE_INFINITY)) ?? Number.POSITIVE_INFINITY;

export const examplesOf = (block: readonly TrialResult[]): number => block.reduce((sum, { examples }) => sum + examples, 0);
