import type { NetworkWorkload } from "../../study/study.js";
import type { Asked } from "../experiment.js";
import { sizesOf, subjectOf } from "../lab/subjects.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** How often every batch size is timed, all sizes in turn. */
	readonly passes: number;
	/** A pass takes as many steps as fill this time, and at least three. */
	readonly milliseconds: number;
	readonly seed: number;
}

export function settingsOf({ size, seed, data }: Asked): Settings {
	const subject = subjectOf(data, "digits");
	return {
		workload: subject.workload,
		batchSizes: sizesOf(subject, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, ...(subject.large ? [1024, 2048, 4096] : [])]),
		passes: size === "quick" ? 15 : 45,
		milliseconds: 30,
		seed,
	};
}
