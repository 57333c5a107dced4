import { internal, SweetspotError } from "../core/errors.js";
import { classOf, classTable } from "./classes.js";
import type { Dataset, Examples } from "./dataset.js";
import { type Normalization, normalizer } from "./normalize.js";
import { type Numbers, selected } from "./numbers.js";
import { carvedSplit, checkValidation, stratifiedSplit } from "./split.js";

/** The class of each example, as its file has it. */
export interface Labels {
	readonly kind: "labels";
	/** What holds them, for errors. */
	readonly name: string;
	readonly count: number;
	/** Throws `data/unusable` where there is none. */
	at(example: number): string | number;
	place(example: number): string;
}

/** Numbers to predict. */
export interface Targets extends Numbers {
	readonly kind: "targets";
	/** What holds them, for errors. */
	readonly name: string;
}

/** Examples as they stand in a file. */
export interface Raw {
	readonly features: Numbers;
	readonly truth: Labels | Targets;
}

/** Sets that the user has made, or one pool that is split here. All of them have labels, or all targets. */
export type RawSets = { readonly pool: Raw } | { readonly train: Raw; readonly validation: Raw | null; readonly test: Raw | null };

/** How the numbers are normalized. */
export interface Normalizations {
	readonly features: Normalization;
	readonly targets: Normalization;
}

/**
 * A pool is split 60/20/20, within each class where there are classes; of a training set without a validation set a fifth is carved off;
 * numbers are normalized by the training set. `where` names the data in errors: `data/unusable`.
 */
export function datasetOf(sets: RawSets, normalize: Normalizations, where: string): Dataset {
	const { train, validation, test } = splitSets(sets, where);
	const features = normalizer(normalize.features, train.features, "normalize");
	const { classes, truthOf } = truthFrom(train.truth, normalize.targets);
	const take = (raw: Raw): Examples => ({ count: raw.features.count, features: features(raw.features), ...truthOf(raw) });
	return {
		width: train.features.width,
		classes,
		train: take(train),
		validation: take(validation),
		test: test && test.features.count > 0 ? take(test) : null,
	};
}

function splitSets(sets: RawSets, where: string): { readonly train: Raw; readonly validation: Raw; readonly test: Raw | null } {
	if (!("pool" in sets) && sets.validation && sets.validation.features.count > 0) return { ...sets, validation: sets.validation };
	const raw = "pool" in sets ? sets.pool : sets.train;
	const { strata, count } = strataOf(raw);
	if (!("pool" in sets)) {
		const { train, validation } = carvedSplit(strata, count, where);
		return { train: someOf(raw, train), validation: someOf(raw, validation), test: sets.test };
	}
	const { train, validation, test } = stratifiedSplit(strata, count);
	checkValidation(validation.length, strata.length, count, where);
	return { train: someOf(raw, train), validation: someOf(raw, validation), test: someOf(raw, test) };
}

/** Classes, of each of which every set has the same share; numbers to predict are all of one kind. */
function strataOf({ truth }: Raw): { readonly strata: Int32Array; readonly count: number } {
	if (truth.kind === "targets") {
		checkTargets(truth);
		return { strata: new Int32Array(truth.count), count: 1 };
	}
	const labels = labelsOf(truth);
	const table = classTable(labels, truth.name);
	return { strata: Int32Array.from(labels, (label) => table.get(label) ?? 0), count: table.size };
}

/** Some of the examples, in this order. */
export const someOf = ({ features, truth }: Raw, examples: Int32Array): Raw => ({
	features: selected(features, examples),
	truth: truth.kind === "targets" ? { ...truth, ...selected(truth, examples) } : someLabels(truth, examples),
});

const someLabels = (labels: Labels, examples: Int32Array): Labels => ({
	...labels,
	count: examples.length,
	at: (example) => labels.at(examples[example]),
	place: (example) => labels.place(examples[example]),
});

/**
 * How many classes there are (0: numbers to predict), and what the outputs for any set are compared with, by the training set's table or
 * scale.
 */
function truthFrom(
	train: Raw["truth"],
	normalization: Normalization,
): { readonly classes: number; readonly truthOf: (raw: Raw) => Pick<Examples, "labels" | "targets"> } {
	const mixed = () => internal("a set with labels and one with targets");
	if (train.kind === "targets") {
		checkTargets(train);
		const normalized = normalizer(normalization, train, "normalizeTarget");
		return {
			classes: 0,
			truthOf({ truth }) {
				if (truth.kind !== "targets") throw mixed();
				return { labels: new Int32Array(truth.count), targets: normalized(truth) };
			},
		};
	}
	const table = classTable(labelsOf(train), train.name);
	return {
		classes: table.size,
		truthOf({ truth }) {
			if (truth.kind !== "labels") throw mixed();
			return { labels: Int32Array.from(labelsOf(truth), (label, example) => classOf(table, label, truth.place(example))) };
		},
	};
}

const labelsOf = ({ count, at }: Labels): readonly (string | number)[] => Array.from({ length: count }, (_, example) => at(example));

/** Throws `data/unusable` where there are no training examples, or a target is the same in all of them. */
function checkTargets({ name, count, width, at, place }: Targets): void {
	const refused = (found: string, fix: string) => new SweetspotError("data/unusable", found, fix);
	if (count === 0) throw refused(`${name} has no training examples`, "a network learns from examples: give it some");
	for (let column = 0; column < width; column++) {
		let example = 1;
		while (example < count && at(example, column) === at(0, column)) example++;
		if (example === count)
			throw refused(
				`${place(0, column)}: the target is ${at(0, column)} in all ${count} training examples`,
				"there is nothing to learn from a target that never varies: leave it out",
			);
	}
}
