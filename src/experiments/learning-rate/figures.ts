import type { Estimate } from "../../analysis/findings.js";
import { logSlope } from "../../analysis/log-slope.js";
import { boundedMean, geometricMeanInterval, meanInterval, paired, shares } from "../../analysis/means.js";
import { mean } from "../../core/mean.js";
import { bestRate } from "../lab/best-rate.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

/** One rate at one batch size, from the reporting seeds. */
export interface Cell {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly accuracy: Estimate;
	readonly distance: Estimate;
	/** Of the reporting runs. */
	readonly diverged: number;
}

/** The best rate of one batch size. */
export interface Best {
	readonly batchSize: number;
	/** The rate that was tried, chosen on the tuning seeds. */
	readonly chosen: number;
	readonly atEdge: boolean;
	/** Between the rates that were tried, run by run over all seeds. */
	readonly optimum: Estimate;
	/** At the chosen rate, from the reporting seeds. */
	readonly accuracy: Estimate;
}

/** Where a rule of thumb leads from the reference's best rate. */
export interface Rule {
	readonly name: "none" | "square root" | "linear";
	readonly exponent: number;
	/** The large batch's rate by this rule; null where it is not among those tried. */
	readonly learningRate: number | null;
	readonly accuracy: Estimate;
	/** Less the accuracy at its own best rate, paired by seed. */
	readonly loss: Estimate;
}

export interface Restored {
	readonly learningRate: number;
	/** Distances of the large batch over the reference's: at the same rate, and raised. */
	readonly before: Estimate;
	readonly after: Estimate;
	readonly accuracy: { readonly reference: Estimate; readonly before: Estimate; readonly after: Estimate };
}

export interface Figures {
	readonly cells: readonly Cell[];
	readonly best: readonly Best[];
	/** d log η* / d log B. */
	readonly exponent: Estimate;
	readonly rules: readonly Rule[];
	readonly restored: readonly Restored[];
	/** Accuracy of the largest batch less the reference's, each at its best rate; paired. */
	readonly recovered: Estimate;
}

/** Intervals of the same family: what is restored at two rates, the exponent, three rules, what is recovered. */
export const family = 7;

const rules = [
	["none", 0],
	["square root", 0.5],
	["linear", 1],
] as const;

export const ruleInWords = { none: "no scaling", "square root": "the square root", linear: "the linear rule" } as const;

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const { batchSizes, rates, seeds, restore } = settings;
	const byArm = new Map<string, Result[]>();
	for (const result of results) {
		const key = `${result.batchSize} ${result.learningRate}`;
		byArm.set(key, [...(byArm.get(key) ?? []), result]);
	}
	const all = seeds.tuning + seeds.reporting;
	/** In the order of the seeds; a rate of the grid may be run again for what is restored: the first time counts. */
	const arm = (batchSize: number, learningRate: number) => (byArm.get(`${batchSize} ${learningRate}`) ?? []).slice(0, all);
	const reported = (batchSize: number, learningRate: number) => arm(batchSize, learningRate).slice(seeds.tuning);
	const accuracies = (batchSize: number, learningRate: number) =>
		reported(batchSize, learningRate).map(({ end }) => end?.validationAccuracy ?? Number.NaN);
	const distances = (batchSize: number, learningRate: number) =>
		reported(batchSize, learningRate).map(({ end }) => end?.distance ?? Number.NaN);
	const optima = batchSizes.map((batchSize) =>
		Array.from({ length: all }, (_, seed) => {
			const losses = rates.map((rate) => arm(batchSize, rate)[seed].end?.validationLoss ?? null);
			return bestRate(rates, losses)?.rate ?? Number.NaN;
		}),
	);
	const best = batchSizes.map((batchSize, i): Best => {
		const losses = rates.map((rate) => meanLoss(arm(batchSize, rate).slice(0, seeds.tuning)));
		const place = bestRate(rates, losses)?.place ?? 0;
		return {
			batchSize,
			chosen: rates[place],
			atEdge: place === 0 || place === rates.length - 1,
			optimum: geometricMeanInterval(optima[i]),
			accuracy: boundedMean(accuracies(batchSize, rates[place]), shares),
		};
	});
	const exponents = optima[0].map((_, seed) => {
		const along = optima.map((own) => own[seed]);
		return logSlope(batchSizes, along);
	});
	const chosen = (batchSize: number) => best.find((one) => one.batchSize === batchSize)?.chosen ?? rates[0];
	const large = accuracies(restore.batchSize, chosen(restore.batchSize));
	return {
		cells: batchSizes.flatMap((batchSize) =>
			rates.map((learningRate) => ({
				batchSize,
				learningRate,
				accuracy: boundedMean(accuracies(batchSize, learningRate), shares),
				distance: geometricMeanInterval(distances(batchSize, learningRate)),
				diverged: reported(batchSize, learningRate).filter(({ end }) => end === null).length,
			})),
		),
		best,
		exponent: meanInterval(exponents, family),
		rules: rules.map(([name, exponent]): Rule => {
			// A ratio of batch sizes that is a power of four makes whole octaves of both rules.
			const scaled = chosen(restore.reference) * (restore.batchSize / restore.reference) ** exponent;
			const rate = rates.find((one) => Math.abs(one / scaled - 1) < 1e-9) ?? null;
			const own = rate === null ? [] : accuracies(restore.batchSize, rate);
			return { name, exponent, learningRate: rate, accuracy: boundedMean(own, shares), loss: meanInterval(paired(own, large), family) };
		}),
		restored: restore.rates.map((rate): Restored => {
			const raised = rate * restore.factor;
			const reference = distances(restore.reference, rate);
			const over = (learningRate: number) => {
				const ratios = distances(restore.batchSize, learningRate).map((distance, seed) => distance / reference[seed]);
				return geometricMeanInterval(ratios, family);
			};
			return {
				learningRate: rate,
				before: over(rate),
				after: over(raised),
				accuracy: {
					reference: boundedMean(accuracies(restore.reference, rate), shares),
					before: boundedMean(accuracies(restore.batchSize, rate), shares),
					after: boundedMean(accuracies(restore.batchSize, raised), shares),
				},
			};
		}),
		recovered: meanInterval(paired(large, accuracies(restore.reference, chosen(restore.reference))), family),
	};
}

/** Geometric mean of the held-out losses; null where a run diverged. */
function meanLoss(runs: readonly Result[]): number | null {
	if (runs.some(({ end }) => end === null)) return null;
	return Math.exp(mean(runs.map(({ end }) => Math.log(end?.validationLoss ?? 1))));
}
