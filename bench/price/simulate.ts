import { type Column, table } from "../markdown.js";
import { median } from "../median.js";
import { remembering } from "./remembered.js";
import { quantile } from "./shares.js";
import { answerOf, type Subject } from "./subject.js";
import { isGood, type Outcome, priceOf } from "./tables.js";
import { present, type Variant, withNumbers } from "./variants.js";

/** Seeds of simulated studies: none that has judged. */
const firstSeed = 9000;

/** Answers of one variant, in the same order for all: study by study. */
interface Simulated {
	readonly variant: Variant;
	readonly outcomes: readonly Omit<Outcome, "design">[];
}

/**
 * The ladder with other numbers, on the same runs: as many studies of every subject, for so many trainings, with the present numbers and
 * with each variant's. To choose numbers by, on workloads that judge nothing any more.
 */
export async function simulated(
	subjects: AsyncIterable<Subject> | Iterable<Subject>,
	variants: readonly Variant[],
	{ studies, trainings }: { readonly studies: number; readonly trainings: number },
	seen: (name: string) => void,
): Promise<readonly Simulated[]> {
	const all = [present, ...variants].map((variant) => ({ variant, outcomes: [] as Omit<Outcome, "design">[] }));
	for await (const subject of subjects) {
		const remembered = { ...subject, train: remembering(subject.train) };
		for (const { variant, outcomes } of all) {
			await withNumbers(variant, async () => {
				for (let seed = firstSeed; seed < firstSeed + studies; seed++)
					outcomes.push(await answerOf(remembered, { seed, budget: { trials: null, seconds: null, trainings } }));
			});
		}
		seen(subject.name);
	}
	return all;
}

/** Price against quality: how many answers are right, and how many more and fewer than with the present numbers. */
export function simulatedTable(all: readonly Simulated[]): string {
	const [{ outcomes: before }] = all;
	const heads = ["within 25 %", "right now", "wrong now", "price: middle", "nine in ten at most", "mean", "cost over the best: middle"];
	return table(
		[["the ladder's numbers", "left"], ...heads.map((head): Column => [head, "right"])],
		all.map(({ variant, outcomes }) => {
			const prices = outcomes.map(priceOf);
			const finite = prices.filter(Number.isFinite);
			const changed = (isNow: boolean): number => outcomes.filter((one, i) => isGood(one) === isNow && isGood(before[i]) !== isNow).length;
			return [
				variant.name,
				`${outcomes.filter(isGood).length} of ${outcomes.length}`,
				`+${changed(true)}`,
				`−${changed(false)}`,
				...[quantile(prices, 0.5), quantile(prices, 0.9), finite.reduce((sum, price) => sum + price, 0) / finite.length].map(priceWords),
				median(outcomes.map(({ regret }) => regret)).toFixed(2),
			];
		}),
	);
}

const priceWords = (trainings: number): string => (Number.isFinite(trainings) ? trainings.toFixed(1) : "no end");
