import type { Json } from "../../core/canonical.js";
import { internal } from "../../core/errors.js";
import { lastLookBy, nextLook } from "../../core/looks.js";
import { Rng } from "../../core/rng.js";
import type { Evaluation } from "../../core/trial.js";
import type { NamedArray } from "../../engine/parameter-arrays.js";
import { seedOf } from "../../study/search/seeds.js";
import type { TrainableStudy } from "../../study/study.js";
import { stepsUntil } from "../advance.js";
import { metricsAt } from "../metrics-at.js";
import { paceOf } from "../pace.js";
import type { BuiltinMachinery } from "./machinery.js";

/** How often training lets other work have a turn. */
const turnMilliseconds = 30;

/** What one run trains with. */
export interface RunSettings {
	readonly batchSize: number;
	readonly learningRate: number;
}

/**
 * One training run that can be saved between any two steps and continued to the same bits: the study's first reporting run, at any
 * batch size and rate. It goes on for as long as asked, even past the goal.
 */
export class NetworkRun {
	/** Steps taken, and the examples they used. */
	step = 0;
	examples = 0;
	/** Why it can't go on: the step at which the loss was no longer a number. Null while it can. */
	diverged: string | null = null;
	readonly seed: number;
	readonly #paceAt: ReturnType<typeof paceOf>;
	readonly #rng: Rng;

	/** `from`: a checkpoint to go on from. Throws `checkpoint/unusable` where it is of another run. */
	constructor(
		private readonly study: TrainableStudy,
		private readonly machinery: BuiltinMachinery,
		private readonly settings: RunSettings,
		from?: Uint8Array,
	) {
		this.seed = seedOf(study.seed, "reporting", 0);
		this.#rng = Rng.fromSeed(this.seed);
		this.#paceAt = paceOf(study, settings);
		machinery.begin(settings.batchSize, this.#rng);
		if (from) ({ step: this.step, examples: this.examples } = machinery.restore(from, this.#about));
	}

	/** The library that computes the large matrix products, with its version; null for our own kernels. */
	get backend(): string | null {
		return this.machinery.backend;
	}

	/**
	 * Trains until this many steps, counted from its start. Yields the metrics at every look and at the end, and null when there is nothing
	 * to report but other work may run. It is safe to stop at every yield.
	 */
	*train(steps: number): Generator<Evaluation | null, void> {
		const { machinery } = this;
		let look = nextLook(lastLookBy(this.step, this.study.looks.ratio), this.study.looks.ratio);
		let turned = performance.now();
		while (this.step < steps && this.diverged === null) {
			const lookAt = Math.min(look, steps);
			const together = stepsUntil(lookAt, lookAt, this.step, machinery.recorder);
			const taken = machinery.advance(this, together, this.#paceAt, { stopped: false });
			if (!taken) throw internal("a step that was not stopped was not taken");
			const batch = taken.last;
			this.step += taken.steps;
			this.examples += taken.examples;
			if (!Number.isFinite(batch.loss)) this.diverged = `the loss became ${batch.loss} at step ${this.step}`;
			else if (this.step === lookAt) {
				look = nextLook(this.step, this.study.looks.ratio);
				const metrics = metricsAt(machinery, ["train", "validation"], batch);
				const recorded = machinery.recorder?.after(this.step === steps ? this.#rng.split("sharpness") : null);
				if (metrics["train.loss"] === undefined) this.diverged = `the training loss was no number after step ${this.step}`;
				yield { step: this.step, examples: this.examples, metrics, ...(recorded && { recorded }) };
				turned = performance.now();
			} else if (performance.now() - turned > turnMilliseconds) {
				yield null;
				turned = performance.now();
			}
		}
	}

	/** Loss and accuracy (null where nothing is classified) of the whole test set; null where there is none. */
	test(): { readonly loss: number; readonly accuracy: number | null } | null {
		return this.machinery.evaluate("test");
	}

	/** Everything needed to continue: weights, the optimizer's memory, generators, the position in the epoch. */
	save(): Uint8Array {
		return this.machinery.save({ step: this.step, examples: this.examples }, this.#about);
	}

	/** The weights as they are now, layer by layer, averaged where the study says so; and the running statistics of batch normalization. */
	get weights(): readonly NamedArray[] {
		return this.machinery.weights;
	}

	get #about(): Json {
		return { ...this.settings, seed: this.seed, data: this.study.data.sha256 };
	}
}
