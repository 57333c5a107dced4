import { type Goal, goalKind, goalMetric, windowOf } from "../../core/goal.js";
import { isLate } from "../../core/looks.js";
import { mean } from "../../core/mean.js";
import { exp, log } from "../../core/numerics.js";
import type { Evaluation } from "../../core/trial.js";
import { shape } from "./shape.js";

/** One look of a run. */
interface Point {
	readonly step: number;
	/** See `heightOf`. */
	readonly height: number;
}

/**
 * The progress of a run as a function of its steps. `records`: the looks that are higher than all before them, by the mean height over a
 * window wider than the goal's, each with the look before it. The mean lags behind, but equally in every run, in the logarithm of the
 * steps.
 */
export interface Curve {
	readonly records: readonly (Point & { readonly before: Point | null })[];
	/**
	 * The least-squares line of heights over the logarithm of steps through the last part: its height at the end, and its slope; null where
	 * it has too few looks.
	 */
	readonly at: number;
	readonly pace: number | null;
	/** Its first look came later than it was due: what lies before that isn't known. */
	readonly beginsLate: boolean;
}

export const noCurve: Curve = { records: [], at: Number.NEGATIVE_INFINITY, pace: null, beginsLate: false };

/** Losses and errors below this count as zero. */
const leastLoss = 1e-9;

/**
 * A metric's value on a scale on which training progresses about evenly over the logarithm of its steps, and higher is closer to the goal:
 * −log of a loss, of an error, and of a metric of the user that must fall to a positive value; otherwise the value itself, signed.
 */
function heightOf(goal: Goal): (measured: number) => number {
	switch (goalKind(goal)) {
		case "loss":
			return (loss) => -log(Math.max(leastLoss, loss));
		case "accuracy":
		case "error": // an error is measured as an accuracy
			return (accuracy) => -log(Math.max(leastLoss, 1 - accuracy));
		case "own": {
			const { atLeast, atMost = 0 } = goal;
			if (atLeast !== undefined) return (value) => value;
			// If lower is better, down to a positive bound, a value below 0 has met it.
			return atMost > 0 ? (value) => -log(Math.max(leastLoss, value)) : (value) => -value;
		}
	}
}

/** The height of the goal itself. */
export function goalHeight(goal: Goal): number {
	const { atLeast, atMost = 0 } = goal;
	return heightOf(goal)(atLeast ?? (goalKind(goal) === "error" ? 1 - atMost : atMost));
}

/** The curve of a run from its looks. `ratio`: how far apart they are due. */
export function curveOf(goal: Goal, ratio: number, evaluations: readonly Evaluation[]): Curve {
	const height = heightOf(goal);
	const looks = evaluations.flatMap(({ step, metrics }): Point[] => {
		const value = metrics[goalMetric(goal)];
		return value === undefined ? [] : [{ step, height: height(value) }];
	});
	const window = Math.max(shape.window, windowOf(goal));
	const records: (Point & { readonly before: Point | null })[] = [];
	let before: Point | null = null;
	let from = 0;
	for (const [i, { step }] of looks.entries()) {
		while (from < i && looks[from].step * window <= step) from++;
		const here = { step, height: mean(looks.slice(from, i + 1).map((look) => look.height)) };
		if (here.height > (records.at(-1)?.height ?? Number.NEGATIVE_INFINITY)) records.push({ ...here, before });
		before = here;
	}
	const end = looks.at(-1)?.step ?? 0;
	const beginsLate = looks.length > 0 && isLate(0, looks[0].step, ratio);
	const isSparse = beginsLate && looks.length <= fewestLooks;
	const lastPart = isSparse ? looks : looks.filter(({ step }) => step * shape.pacedOver > end);
	return { records, ...lineThrough(lastPart, isSparse ? fewestLateLooks : fewestLooks), beginsLate };
}

/** The fewest looks that show a pace. A script that reports seldom shows nothing before it has had as many. */
const fewestLooks = 3;
const fewestLateLooks = 2;

function lineThrough(looks: readonly Point[], fewest: number): Pick<Curve, "at" | "pace"> {
	const last = looks.at(-1);
	if (!last || looks.length < fewest) return { at: last?.height ?? Number.NEGATIVE_INFINITY, pace: null };
	const places = looks.map(({ step }) => log(step / last.step));
	const [place, height] = [mean(places), mean(looks.map((look) => look.height))];
	let products = 0;
	let squares = 0;
	for (const [i, look] of looks.entries()) {
		products += (places[i] - place) * (look.height - height);
		squares += (places[i] - place) ** 2;
	}
	const pace = products / squares;
	return { at: height - pace * place, pace };
}

/** The greatest height that the run has reached; −∞ if it has no looks. */
export const topOf = ({ records }: Curve): number => records.at(-1)?.height ?? Number.NEGATIVE_INFINITY;

/**
 * Steps at which the run first reached this height: between the look that shows it and the one before, in proportion to their heights, in
 * the logarithm of the steps. Null where it never did.
 */
export function stepsTo({ records }: Curve, height: number): number | null {
	const record = records.find((one) => one.height >= height);
	if (!record) return null;
	const { step, before } = record;
	if (!before) return step;
	if (before.height >= height) return before.step;
	const share = (height - before.height) / (record.height - before.height);
	return exp(log(before.step) + share * (log(step) - log(before.step)));
}

/** More than this counts as never. */
const mostTimes = 1000;

/** How many times its steps so far the run takes to this height, if it goes on at its pace; 1 where it is there. At most 1,000. */
export function timesTo({ at, pace }: Curve, height: number): number {
	if (at >= height) return 1;
	if (pace === null || pace <= 0) return mostTimes;
	return exp(Math.min(log(mostTimes), (height - at) / pace));
}
