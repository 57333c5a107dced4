import type { Goal } from "../../core/goal.js";
import { isKnownMetric } from "../../core/metric-names.js";
import { whatIsWrongWithGoalMetric } from "../../study/goal-problems.js";
import type { ReportedPlace, TrainingEvent } from "../../trainers/command/protocol.js";
import { formatCount } from "../../words/numbers.js";
import { type Direction, directionOf, isOneSided } from "./metric-directions.js";

/** Known metrics that a goal can be on, the best for it first: before and behind those of the script's own. */
const heldOut = ["validation.accuracy", "validation.loss"];
const ofTraining = ["train.accuracy", "train.loss"];

/** A figure that a script reported. */
export interface Figure {
	readonly metric: string;
	/** Which way it is better; null where its name doesn't show it. */
	readonly direction: Direction;
	/** As it was reported last, and how far the script was. */
	readonly value: number;
	readonly place: ReportedPlace;
	/** The highest or the lowest that three reports in a row show (of few reports, one), by its direction; the last value where that isn't known. */
	readonly best: number;
}

/** What goals can be on, of all that a script reported; the best for it first, those whose direction isn't known last. */
export function figuresIn(events: readonly TrainingEvent[]): readonly Figure[] {
	const reported = new Set(events.flatMap(({ metrics }) => Object.keys(metrics)));
	const own = [...reported].filter((name) => !isKnownMetric(name) && whatIsWrongWithGoalMetric(name) === null);
	const clear = own.filter((name) => directionOf(name) !== null);
	const unclear = own.filter((name) => directionOf(name) === null);
	const bothSides = [...clear.filter((name) => !isOneSided(name)), ...clear.filter(isOneSided)];
	return [...heldOut, ...bothSides, ...ofTraining, ...unclear].flatMap((metric) => figureOf(metric, events));
}

function figureOf(metric: string, events: readonly TrainingEvent[]): readonly Figure[] {
	const reports = events.flatMap(({ metrics, place }) => {
		const value = metrics[metric];
		return typeof value === "number" && Number.isFinite(value) ? [{ value, place }] : [];
	});
	const last = reports.at(-1);
	if (last === undefined) return [];
	const held = middlesInARow(reports.map(({ value }) => value));
	const direction = directionOf(metric);
	const best = direction === "higher" ? Math.max(...held) : direction === "lower" ? Math.min(...held) : last.value;
	return [{ metric, direction, ...last, best }];
}

/** Reports from which on a single one doesn't count. */
const several = 6;

/** The middle one of every three reports in a row: the best of many single reports is a lucky one, and a goal has to hold. */
const middlesInARow = (values: readonly number[]): readonly number[] =>
	values.length < several ? values : values.slice(2).map((_, i) => values.slice(i, i + 3).sort((a, b) => a - b)[1]);

/** `validation.accuracy (0.91 after 30 steps), validation.loss (0.31 after 30 steps)`. */
export const describeFigures = (figures: readonly Figure[]): string =>
	figures.map(({ metric, value, place }) => `${metric} (${Number(value.toPrecision(3))} after ${placeWords(place)})`).join(", ");

function placeWords({ step, epoch, examples }: ReportedPlace): string {
	const [count, unit] = step !== undefined ? [step, "step"] : epoch !== undefined ? [epoch, "epoch"] : [examples ?? 0, "example"];
	return `${formatCount(count)} ${unit}${count === 1 ? "" : "s"}`;
}

/** Whether a script says how far it is in epochs alone: they become steps only where the number of examples is known. */
export const countsEpochsAlone = (figures: readonly Figure[]): boolean =>
	figures.every(({ place }) => place.step === undefined && place.examples === undefined);

/** What a run can reach: the best that a short try held for a few reports, to two digits. Null where nothing shows which way is better. */
export function suggestedGoal({ metric, direction, best }: Figure): Goal | null {
	if (direction === null) return null;
	if (direction === "lower") return { metric, atMost: twoDigits(best, Math.ceil) };
	if (isKnownMetric(metric)) return { metric, atLeast: Math.min(0.99, Math.max(0.01, Math.floor(100 * best + 1e-9) / 100)) };
	return { metric, atLeast: twoDigits(best, Math.floor) };
}

/** To two digits, to the easier side. */
function twoDigits(value: number, round: typeof Math.ceil | typeof Math.floor): number {
	if (value === 0) return 0;
	const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
	const slack = round === Math.ceil ? -1e-9 : 1e-9;
	return Number((round(value / unit + slack) * unit).toPrecision(2));
}

/** As `--goal` takes it. */
export const writtenGoal = ({ metric, atLeast, atMost }: Goal): string =>
	atLeast === undefined ? `${metric}<=${atMost}` : `${metric}>=${atLeast}`;
