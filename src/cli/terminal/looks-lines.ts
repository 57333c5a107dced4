import type { MetricName } from "../../core/known-metrics.js";
import type { Evaluation } from "../../core/trial.js";
import { formatCount, none } from "../../words/numbers.js";
import { padStart } from "./text.js";

/** In the order of the table; short enough for a line of 80. */
const titles: readonly (readonly [MetricName, string])[] = [
	["batch.loss", "batch loss"],
	["train.loss", "train loss"],
	["train.accuracy", "accuracy"],
	["validation.loss", "validation loss"],
	["validation.accuracy", "accuracy"],
];
const [stepWidth, examplesWidth] = [9, 12];

/** A line for each look of a run, aligned without knowing those to come; of a regression without accuracies. */
export function looksLines(classifies: boolean): { readonly head: string; line(look: Evaluation): string } {
	const shown = titles.filter(([name]) => classifies || !name.endsWith(".accuracy"));
	const cells = shown.map(([name, title]) => ({ name, title, width: Math.max(title.length, 10) }));
	const row = (parts: readonly string[]) => parts.join("  ").trimEnd();
	return {
		head: row([
			padStart("step", stepWidth),
			padStart("examples", examplesWidth),
			...cells.map(({ title, width }) => padStart(title, width)),
		]),
		line: ({ step, examples, metrics }) =>
			row([
				padStart(formatCount(step), stepWidth),
				padStart(formatCount(examples), examplesWidth),
				...cells.map(({ name, width }) => padStart(figure(metrics[name]), width)),
			]),
	};
}

/** Four digits: a run has no interval that would support fewer. */
const figure = (value: number | undefined): string => (value === undefined ? none : value.toPrecision(4));
