import type { Asked } from "../experiment.js";
import type { Question } from "../lab/study-lab.js";
import { type SubjectName, sizesOf, subjectOf } from "../lab/subjects.js";

export interface Settings {
	readonly study: Question;
	/** N, training examples. */
	readonly examples: number;
	/** The customary default, against which the full batch is held. */
	readonly reference: number;
}

/** Held-out accuracy to be reached. Digits: the goal of the study that ships; blobs: the tutorial's 80 %. */
const goals: Readonly<Record<SubjectName, number>> = { digits: 0.93, "tutorial-blobs": 0.8, "fashion-mnist": 0.8, mnist: 0.93 };

const seeds = { quick: { tuning: 5, selecting: 7, reporting: 31 }, full: { tuning: 9, selecting: 11, reporting: 61 } } as const;
const seedsOfLarge = { quick: { tuning: 1, selecting: 3, reporting: 7 }, full: { tuning: 3, selecting: 5, reporting: 15 } } as const;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const name = data ?? "digits";
	const subject = subjectOf(data, "digits");
	const { workload, examples, large } = subject;
	return {
		study: {
			version: 1,
			name: `iterations on ${name}`,
			seed,
			workload,
			goal: { metric: "validation.accuracy", atLeast: goals[name], window: 1 },
			batchSizes: sizesOf(subject, large ? [2, 8, 32, 128, 512, 2048] : [1, 2, 4, 8, 16, 32, 64, 128, 256]),
			looks: { ratio: large ? 1.1 : 1.05, examples: 1024 },
			tune: { learningRate: { from: 0.001, to: 10 } },
			seeds: (large ? seedsOfLarge : seeds)[size],
			limits: { epochs: large ? 10 : 100, steps: large ? 1000 : 5000, seconds: null },
			budget: { trials: null, seconds: null },
			objective: "balanced",
			tolerance: 0.25,
		},
		examples,
		reference: 32,
	};
}
