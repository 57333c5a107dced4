import type { RecordedRow } from "../analysis/recorded.js";
import type { Recordable } from "../core/recorded.js";
import { formatCount, formatEstimate } from "./numbers.js";
import type { TextTable } from "./text-table.js";

/** What each recorded quantity is called. */
export const recordedTitles: Readonly<Record<Recordable, string>> = {
	distance: "distance from the initial weights",
	update: "length of an update",
	"gradient-norm": "gradient norm",
	sharpness: "sharpness",
};

/** What was recorded at the goal, by batch size; null where nothing was. */
export const recordedTable = (record: readonly Recordable[], rows: readonly RecordedRow[]): TextTable | null =>
	rows.length === 0
		? null
		: {
				columns: ["batch size", ...record.map((name) => recordedTitles[name])].map((title) => ({ title, kind: "figure" })),
				rows: rows.map(({ batchSize, atGoal }) => ({
					cells: [formatCount(batchSize), ...record.map((name) => formatEstimate(atGoal[name]))],
					chosen: false,
					batchSize,
				})),
			};

export const recordedMeaning =
	"At the look that first met the goal: geometric means over the reporting runs with 95 % intervals. Distances and updates are Euclidean lengths over all " +
	"weights; the gradient is that of the last mini-batch; sharpness is the largest eigenvalue of the Hessian of the training loss.";
