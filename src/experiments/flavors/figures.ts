import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, meanInterval, paired, shares } from "../../analysis/means.js";
import { flavorOf } from "../../core/flavor.js";
import { mean } from "../../core/mean.js";
import { formatRate } from "../../words/numbers.js";
import { wandering } from "../lab/curve-measures.js";
import type { Curves } from "../lab/curves.js";
import type { Arithmetic } from "./invariants.js";
import type { PublishedRun, Settings } from "./settings.js";
import { inTaskOrder, type Result } from "./tasks.js";

/** Lowest and highest of all seeds; null where one diverged. */
type Range = readonly [lowest: number, highest: number] | null;

/** One of the four runs, from all its seeds. */
export interface Arm {
	readonly run: PublishedRun;
	/** As a reader would say it: `mini-batches of 32 at rate 0.01`. */
	readonly name: string;
	readonly curves: readonly Curves[];
	/** Final accuracies, seed by seed. A diverged run has NaN: it ended nowhere. */
	readonly finals: readonly number[];
	readonly train: Estimate & { readonly range: Range };
	readonly test: Estimate & { readonly range: Range };
	readonly publishedWithinRange: boolean;
	/** Standard deviation within a run of its held-out accuracy at the end, averaged over seeds. */
	readonly wanders: number;
}

export interface Pair {
	readonly first: Arm;
	readonly second: Arm;
	/** Of the held-out accuracies, the first less the second, paired by seed; simultaneous over all pairs. */
	readonly difference: Estimate;
}

export interface Figures {
	/** N. */
	readonly examples: number;
	readonly arms: readonly Arm[];
	readonly pairs: readonly Pair[];
	/** Held-out accuracy of the full batch at epoch 100 less 0.80; and at epoch 25, a batch of one's at rate 0.001 less the full batch's. */
	readonly near100: Estimate;
	readonly lead: Estimate;
	/** A batch of one's after 500 updates less the full batch's after 200. */
	readonly byUpdates: Estimate;
	readonly arithmetic: readonly Arithmetic[];
}

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const curves = results.flatMap((result) => (result.kind === "run" ? [result.curves] : []));
	const arithmetic = results.flatMap((result) => (result.kind === "arithmetic" ? [result.arithmetic] : []));
	const [{ examples }] = arithmetic;
	const arms = settings.runs.map((run) => {
		const at = inTaskOrder(settings).indexOf(run);
		return armOf(run, examples, curves.slice(at * settings.seeds, (at + 1) * settings.seeds));
	});
	const find = (batchSize: number, learningRate: number) =>
		arms.find(({ run }) => run.batchSize === batchSize && run.learningRate === learningRate) ?? arms[0];
	const [full, one] = [find(examples, 0.01), find(1, 0.001)];
	const at = (arm: Arm, epoch: number) => arm.curves.map(({ validationAccuracy }) => validationAccuracy.at(epoch) ?? Number.NaN);
	return {
		examples,
		arms,
		pairs: pairsOf(arms),
		near100: meanInterval(
			at(full, 100).map((accuracy) => accuracy - 0.8),
			2,
		),
		lead: meanInterval(paired(at(one, 25), at(full, 25)), 2),
		byUpdates: meanInterval(paired(at(one, 1), at(full, -1))),
		arithmetic,
	};
}

function armOf(run: PublishedRun, examples: number, curves: readonly Curves[]): Arm {
	const last = (column: "trainAccuracy" | "validationAccuracy") =>
		curves.map((one) => (one.diverged ? Number.NaN : (one[column].at(-1) ?? Number.NaN)));
	const [train, test] = [last("trainAccuracy"), last("validationAccuracy")];
	return {
		run,
		name: `${nameOf(run.batchSize, examples)} at rate ${formatRate(run.learningRate)}`,
		curves,
		finals: test,
		train: { ...boundedMean(train, shares), range: rangeOf(train) },
		test: { ...boundedMean(test, shares), range: rangeOf(test) },
		publishedWithinRange: isWithin(run.published.test, rangeOf(test)) && isWithin(run.published.train, rangeOf(train)),
		wanders: mean(curves.map(wandering)),
	};
}

function nameOf(batchSize: number, examples: number): string {
	const flavor = flavorOf(batchSize, examples);
	return flavor === "batch" ? "the full batch" : flavor === "stochastic" ? "a batch of one" : `mini-batches of ${batchSize}`;
}

function pairsOf(arms: readonly Arm[]): readonly Pair[] {
	const pairs = arms.flatMap((first, i) => arms.slice(i + 1).map((second) => ({ first, second })));
	return pairs.map(({ first, second }) => {
		const difference = meanInterval(paired(first.finals, second.finals), pairs.length);
		return { first, second, difference };
	});
}

const rangeOf = (values: readonly number[]): Range => (values.every(Number.isFinite) ? [Math.min(...values), Math.max(...values)] : null);

const isWithin = (value: number, range: Range): boolean => range !== null && value >= range[0] && value <= range[1];
