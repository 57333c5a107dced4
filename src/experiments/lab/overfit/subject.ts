import type { Few } from "../../../data/few.js";
import type { NetworkWorkload } from "../../../study/study.js";
import { type SubjectName, subjectOf } from "../subjects.js";

/** A network that learns its training examples by heart: wide, with few examples, some of them wrong. */
export interface OverfitSubject {
	/** Unregularized. */
	readonly workload: NetworkWorkload;
	readonly few: Few;
	/** N. */
	readonly examples: number;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The middle one is a moderate batch, and the customary default. */
	readonly moderate: number;
	/** Held-out accuracy that one may be content with: a good run reaches it before it over-fits. */
	readonly target: number;
	readonly large: boolean;
}

const targets: Readonly<Record<SubjectName, number>> = { digits: 0.8, "tutorial-blobs": 0.75, "fashion-mnist": 0.65, mnist: 0.75 };

const units = 128;

export function overfitSubject(data: SubjectName | null): OverfitSubject {
	const { workload, large } = subjectOf(data, "digits");
	const last = workload.model[workload.model.length - 1];
	const classes = last.kind === "dense" ? last.units : 0;
	const few = { perClass: 20, wrongLabels: 0.2, heldOut: 1000 };
	const examples = few.perClass * classes;
	return {
		workload: { ...workload, model: [{ kind: "dense", units }, { kind: "relu" }, last] },
		few,
		examples,
		batchSizes: [2, 8, 32, examples],
		moderate: 32,
		target: targets[data ?? "digits"],
		large,
	};
}
