import type { TrialSpec } from "../core/trial.js";
import { leastConstantShare } from "../study/horizon/constant-share.js";
import type { TrainableStudy } from "../study/study.js";
import { paceOf } from "./pace.js";

/**
 * Whether a trial runs to a planned length as one of several lengths of its run, all of which may begin in the same way. Looks at more than
 * the goal's set, and probes, are left to trials of one length.
 */
const hasOtherLengths = ({ phase, until, curves, probe }: TrialSpec): boolean =>
	until === "cap" && !curves && !probe && (phase === "horizon tuning" || phase === "horizon reporting" || phase === "baseline");

/**
 * The part of a training of a planned length that longer ones begin with as well, to the same bits: it lasts until the schedule first
 * differs from that of an endless training. Null where there is no such part: no other lengths, or a schedule that follows the length from
 * its first steps.
 */
export class Trunk {
	readonly #own: ReturnType<typeof paceOf>;
	readonly #endless: ReturnType<typeof paceOf>;

	private constructor(
		private readonly study: TrainableStudy,
		private readonly trial: TrialSpec,
	) {
		this.#own = paceOf(study, trial);
		this.#endless = paceOf(study, { ...trial, cap: Number.POSITIVE_INFINITY });
	}

	static of(study: TrainableStudy, trial: TrialSpec): Trunk | null {
		if (!hasOtherLengths(trial)) return null;
		const trunk = new Trunk(study, trial);
		const atLeast = Math.floor(leastConstantShare * trial.cap);
		return trunk.goesOn(atLeast, atLeast * trial.batchSize) ? trunk : null;
	}

	/** Whether the step after so many, and examples, is one that longer trainings take as well. */
	goesOn(steps: number, examples: number): boolean {
		return isSame(this.#own(steps, examples), this.#endless(steps, examples));
	}

	/**
	 * The shortest training that takes this step as well, which follows so many steps and examples, and all before it. It is longer than the
	 * step, since a training's last look is its own.
	 */
	leastCap(steps: number, examples: number): number {
		const endless = this.#endless(steps, examples);
		let low = steps + 2;
		let high = Math.max(low, this.trial.cap);
		while (low < high) {
			const cap = Math.floor((low + high) / 2);
			if (isSame(paceOf(this.study, { ...this.trial, cap })(steps, examples), endless)) high = cap;
			else low = cap + 1;
		}
		return low;
	}
}

type Pace = ReturnType<ReturnType<typeof paceOf>>;

const isSame = (one: Pace, other: Pace): boolean => one.learningRate === other.learningRate && one.batchSize === other.batchSize;
