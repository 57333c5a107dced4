import { median } from "../../src/analysis/bootstrap.js";
import { studentTwoSided } from "../../src/analysis/student.js";
import { mean } from "../../src/core/mean.js";
import { formatCount } from "../../src/words/numbers.js";
import { table } from "../markdown.js";
import { type Look, rules } from "./rules.js";

/** Runs of one split, by batch size and factor on the rate: `32/2`. */
export type SplitRuns = ReadonlyMap<string, readonly (readonly Look[])[]>;

interface Compared {
	readonly goal: number;
	readonly sizes: readonly number[];
	readonly factors: readonly number[];
	readonly splits: readonly SplitRuns[];
}

/**
 * For each rule and batch size: the test accuracy at the look where the rule says that the goal was reached, less the goal, in points, less
 * what the split itself is worth: the same validation set is easier than the test set for all runs of a split, by the mean of validation
 * less test over looks around that step. Intervals are clustered by split. After it the median steps. The rate is the one with the least
 * median steps under that rule.
 */
export function rulesTable({ goal, sizes, factors, splits }: Compared): string {
	const rows = Object.entries(rules).map(([name, rule]) => [
		name,
		...sizes.map((batchSize) => {
			const byRate = factors.map((factor) => {
				const crossed = splits.map((runs) => (runs.get(`${batchSize}/${factor}`) ?? []).map((looks) => rule(looks, goal)));
				return { crossed, steps: median(crossed.flat().map((look) => look?.step ?? Number.POSITIVE_INFINITY)) };
			});
			const { crossed, steps } = byRate.reduce((best, one) => (one.steps < best.steps ? one : best));
			if (steps === Number.POSITIVE_INFINITY) return "–";
			const shortfalls = splits.flatMap((runs, split) => {
				const around = factors
					.flatMap((factor) => runs.get(`${batchSize}/${factor}`) ?? [])
					.flatMap((looks) => looks.filter(({ step }) => step >= steps / 2 && step <= 2 * steps));
				const luck = mean(around.map(({ validation, test }) => validation - test));
				const reached = crossed[split].flatMap((look) => (look ? [look.test - goal + luck] : []));
				return reached.length > 0 ? [mean(reached)] : [];
			});
			return `${interval(shortfalls)}; ${formatCount(steps)}`;
		}),
	]);
	return table([["rule", "left"], ...sizes.map((size) => [formatCount(size), "right"] as const)], rows);
}

function interval(values: readonly number[]): string {
	const centre = mean(values);
	const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
	const reach = studentTwoSided(0.05, values.length - 1) * Math.sqrt(variance / values.length);
	return `${(100 * centre).toFixed(1)} ± ${(100 * reach).toFixed(1)}`;
}
