import type { Estimate } from "../../analysis/findings.js";
import { meanInterval } from "../../analysis/means.js";
import type { Settings } from "./settings.js";
import type { Line, LinesResult } from "./tasks.js";

/** The line from the small batch's solution to one larger batch's. */
export interface LineFigure {
	readonly until: LinesResult["until"];
	readonly batchSize: number;
	/** One a seed that has both ends. */
	readonly lines: readonly Line[];
	/** The highest training loss between the two ends, less that of the higher end: above 0 where a hill lies between them. */
	readonly hill: Estimate;
	/** How the training loss bends along the line at either end, d²L/dα²: the same direction and the same length for both. */
	readonly bend: { readonly small: Estimate; readonly large: Estimate };
}

export function lineFiguresOf({ sizes, alphas }: Settings, results: readonly LinesResult[]): readonly LineFigure[] {
	return (["epochs", "loss"] as const).flatMap((until) =>
		sizes.slice(1).map(({ batchSize }, i): LineFigure => {
			const own = results.filter((one) => one.until === until).flatMap(({ lines }) => lines[i] ?? []);
			return {
				until,
				batchSize,
				lines: own,
				hill: meanInterval(own.map((line) => hillOf(alphas, line.train))),
				bend: {
					small: meanInterval(own.map((line) => bendAt(alphas, line.train, 0))),
					large: meanInterval(own.map((line) => bendAt(alphas, line.train, 1))),
				},
			};
		}),
	);
}

export function hillOf(alphas: readonly number[], loss: readonly number[]): number {
	const between = loss.filter((_, i) => alphas[i] > 0 && alphas[i] < 1);
	return Math.max(...between) - Math.max(loss[alphas.indexOf(0)], loss[alphas.indexOf(1)]);
}

/** By the second difference over neighbouring places. */
export function bendAt(alphas: readonly number[], loss: readonly number[], alpha: number): number {
	const i = alphas.indexOf(alpha);
	return (loss[i + 1] - 2 * loss[i] + loss[i - 1]) / (alphas[i + 1] - alphas[i]) ** 2;
}
