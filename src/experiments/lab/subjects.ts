import type { NetworkWorkload } from "../../study/study.js";
import { digits, tutorial } from "./workloads.js";

/** The data that `--data` may name: real ones, and the tutorial's own. The last two are there only where they are installed. */
export const subjectNames = ["digits", "tutorial-blobs", "fashion-mnist", "mnist"] as const;
export type SubjectName = (typeof subjectNames)[number];

/** A network on its data, for experiments that can be run on several. */
export interface Subject {
	/** SGD with momentum 0.9. */
	readonly workload: NetworkWorkload;
	/** The same without momentum: a step is then the learning rate times the gradient, nothing else. */
	readonly plain: NetworkWorkload;
	/** A power of two at which plain SGD trains it well on batches of 32. */
	readonly rate: number;
	/** N, training examples: settings name the full batch by its size. */
	readonly examples: number;
	/** An epoch takes some hundred times as long as one of digits: settings make do with fewer epochs and seeds. */
	readonly large: boolean;
}

/** The hidden layer that Shen (2018) may have had; he doesn't say. */
const images = (name: "fashion-mnist" | "mnist"): NetworkWorkload => ({
	...digits,
	data: { name },
	model: [{ kind: "dense", units: 128 }, { kind: "relu" }, { kind: "dense", units: 10 }],
});

const subject = (workload: NetworkWorkload, examples: number, rate: number, large: boolean): Subject => ({
	workload,
	plain: { ...workload, optimizer: { name: "sgd", momentum: 0 } },
	rate,
	examples,
	large,
});

/** A fifth of the 60,000 images is for validation. */
const subjects: Readonly<Record<SubjectName, Subject>> = {
	digits: subject(digits, 1087, 0.25, false),
	"tutorial-blobs": subject(tutorial, 500, 0.0625, false),
	"fashion-mnist": subject(images("fashion-mnist"), 48_000, 0.125, true),
	mnist: subject(images("mnist"), 48_000, 0.125, true),
};

/** What was asked for, else the experiment's own. */
export const subjectOf = (data: SubjectName | null, own: SubjectName): Subject => subjects[data ?? own];

/** The given sizes below N, then N: the full batch is always the last. */
export const sizesOf = ({ examples }: Subject, sizes: readonly number[]): readonly number[] => [
	...sizes.filter((size) => size < examples),
	examples,
];
