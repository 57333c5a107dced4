import { Rng } from "../core/rng.js";
import type { Dataset, Examples } from "./dataset.js";
import { lookIndices } from "./look-sets.js";
import { pick } from "./split.js";

/** Fixed, so that the same examples are taken for every network. */
const seed = 1989;

/** How data are cut down to a training set that a network can learn by heart, wrong labels and all. */
export interface Few {
	/** Training examples of each class; of a class that has fewer, all. */
	readonly perClass: number;
	/** Of them, those with the label of another class, any other with the same probability. The share of each class's, rounded. */
	readonly wrongLabels: number;
	/** Examples of the validation set, and of the test set, at most. Their labels are as they were. */
	readonly heldOut: number;
}

/**
 * The same classes with few training examples. Which they are is drawn by a seed of its own; at another `wrongLabels` they are the same.
 * Data without a test set get one: of the training examples that are left.
 */
export function fewOf({ train, validation, test, ...about }: Dataset, { perClass, wrongLabels, heldOut }: Few): Dataset {
	const rng = Rng.fromSeed(seed);
	const { width, classes } = about;
	const taken: number[] = [];
	const labelOf = new Map<number, number>();
	for (let label = 0; label < classes; label++) {
		const members = Int32Array.from(train.labels.keys()).filter((i) => train.labels[i] === label);
		rng.split(label).shuffle(members);
		const own = [...members.subarray(0, perClass)];
		const others = rng.split("wrong").split(label);
		for (const index of own.slice(0, Math.round(wrongLabels * own.length)))
			labelOf.set(index, (label + 1 + others.below(classes - 1)) % classes);
		taken.push(...own);
	}
	const indices = Int32Array.from(taken).sort();
	const labels = indices.map((index) => labelOf.get(index) ?? train.labels[index]);
	const used = new Set(indices);
	const rest = () =>
		pick(
			train,
			width,
			Int32Array.from(train.labels.keys()).filter((index) => !used.has(index)),
		);
	const cut = (set: Examples): Examples => pick(set, width, lookIndices(set.count, heldOut));
	return {
		...about,
		train: { ...pick(train, width, indices), labels },
		validation: cut(validation),
		test: cut(test ?? rest()),
	};
}
