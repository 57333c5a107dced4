import type { Findings, Median } from "./findings.js";

/** What training costs in money. */
export interface Money {
	readonly perHour: number;
	/** A run of the recommended batch size and rate to the goal; null members where that, or its time, isn't known. */
	readonly run: Median;
	/** The same of the next size down and up that reached the goal. */
	readonly neighbours: readonly { readonly batchSize: number; readonly run: Median }[];
	/** The whole study. */
	readonly study: number;
}

/** From times to the goal, and the seconds that the study took. `perHour`: what an hour of the machine costs, busy or idle. */
export function moneyOf({ recommendation, tradeoff }: Findings, perHour: number, studySeconds: number): Money {
	const price = (seconds: number): number => (seconds / 3600) * perHour;
	const priced = ({ median, low, high }: Median): Median => ({
		median: median && price(median),
		low: low && price(low),
		high: high && price(high),
	});
	return {
		perHour,
		run: priced(recommendation.seconds),
		neighbours: recommendation.neighbours.flatMap(({ batchSize }) =>
			tradeoff.filter((row) => row.batchSize === batchSize).map(({ seconds }) => ({ batchSize, run: priced(seconds) })),
		),
		study: price(studySeconds),
	};
}
