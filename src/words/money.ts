import type { Findings } from "../analysis/findings.js";
import { moneyOf } from "../analysis/money.js";
import type { StoredStudy } from "../study/contracts.js";
import { listed } from "./listed.js";
import { formatCount, formatInterval, formatNumber, plain } from "./numbers.js";

/**
 * What runs and the study cost, where the price of an hour is known: `At 3.2 an hour, a run with batch size 32 costs 0.5 [0.4–0.6], …`.
 * Empty else.
 */
export function moneySentences(findings: Findings, { study, seconds }: Pick<StoredStudy, "study" | "seconds">): readonly string[] {
	if (study.pricePerHour === undefined) return [];
	const money = moneyOf(findings, study.pricePerHour, seconds);
	const runs = [{ batchSize: findings.recommendation.batchSize, run: money.run }, ...money.neighbours].flatMap(({ batchSize, run }) =>
		batchSize === null || run.median === null ? [] : [{ batchSize: formatCount(batchSize), cost: formatInterval(run, plain) }],
	);
	const costs = [
		...runs.map(
			({ batchSize, cost }, i) => `${i === 0 ? "a run to the goal " : ""}with batch size ${batchSize} ${i === 0 ? "costs " : ""}${cost}`,
		),
		`this study ${runs.length === 0 ? "cost " : ""}${formatNumber(money.study)}`,
	];
	return [`At ${formatNumber(money.perHour)} an hour, ${listed(costs)}.`];
}
