import type { Goal } from "../../core/goal.js";
import type { MetricName } from "../../core/trial.js";
import type { ReportedPlace, TrainingEvent } from "../../trainers/command/protocol.js";
import { formatCount } from "../../words/numbers.js";

/** Metrics that a goal can be on, the best for it first. */
const candidates = ["validation.accuracy", "validation.loss", "train.accuracy", "train.loss"] as const satisfies readonly MetricName[];

/** A figure that a script told. */
export interface Figure {
	readonly metric: (typeof candidates)[number];
	/** As it was told last, and how far the script was. */
	readonly value: number;
	readonly place: ReportedPlace;
	/** The highest accuracy, or the lowest loss, that was told. */
	readonly best: number;
}

/** What goals can be on, of all that a script told; the best for it first. */
export const figuresIn = (events: readonly TrainingEvent[]): readonly Figure[] =>
	candidates.flatMap((metric) => {
		const told = events.flatMap(({ metrics, place }) => {
			const value = metrics[metric];
			return typeof value === "number" && Number.isFinite(value) ? [{ value, place }] : [];
		});
		const last = told.at(-1);
		if (last === undefined) return [];
		const values = told.map(({ value }) => value);
		return [{ metric, ...last, best: metric.endsWith(".accuracy") ? Math.max(...values) : Math.min(...values) }];
	});

/** `validation.accuracy (0.91 after 30 steps), validation.loss (0.31 after 30 steps)`. */
export const describeFigures = (figures: readonly Figure[]): string =>
	figures.map(({ metric, value, place }) => `${metric} (${Number(value.toPrecision(3))} after ${placeWords(place)})`).join(", ");

function placeWords({ step, epoch, examples }: ReportedPlace): string {
	const [count, unit] = step !== undefined ? [step, "step"] : epoch !== undefined ? [epoch, "epoch"] : [examples ?? 0, "example"];
	return `${formatCount(count)} ${unit}${count === 1 ? "" : "s"}`;
}

/** Whether nothing but epochs tells how far the script is: they become steps only where the number of examples is known. */
export const tellsEpochsAlone = (figures: readonly Figure[]): boolean =>
	figures.every(({ place }) => place.step === undefined && place.examples === undefined);

/** What a run can reach for sure: the best that a short try came to, to two digits. */
export function suggestedGoal({ metric, best }: Figure): Goal {
	if (metric === "validation.loss" || metric === "train.loss") return { metric, atMost: twoDigitsUp(best) };
	return { metric, atLeast: Math.min(0.99, Math.max(0.01, Math.floor(100 * best + 1e-9) / 100)) };
}

function twoDigitsUp(value: number): number {
	if (value === 0) return 0;
	const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
	return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}

/** As `--goal` takes it. */
export const writtenGoal = ({ metric, atLeast, atMost }: Goal): string =>
	atLeast === undefined ? `${metric}<=${atMost}` : `${metric}>=${atLeast}`;
