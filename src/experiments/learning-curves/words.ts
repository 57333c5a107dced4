import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import { goal } from "../lab/curve-measures.js";
import { type Figures, patience, type Row } from "./figures.js";
import type { Settings } from "./settings.js";

export function words({ rows, constructed }: Figures, { epochs }: Settings): readonly string[] {
	const [smallest, largest] = [rows[0], rows[rows.length - 1]];
	const saved = rows.map(({ stopped }) => 1 - (stopped.estimate ?? epochs) / epochs);
	const since = ({ reached }: Row) => (reached === null ? "at no epoch, in most runs," : `from epoch ${formatCount(reached)}`);
	return [
		`At the same rate a smaller batch is faster in epochs and less stable: a held-out accuracy of ${formatNumber(goal)} is kept ${since(smallest)} at batch size ${smallest.batchSize} and ${since(largest)} at ${largest.batchSize}, while at the end it wanders by ${formatPercent(smallest.wanders)} and ${formatPercent(largest.wanders)}.`,
		`With a patience of ${patience} epochs on the held-out loss, a run at batch size ${smallest.batchSize} could have stopped at epoch ${formatEstimate(smallest.stopped)}, one at ${largest.batchSize} at ${formatEstimate(largest.stopped)}: between ${formatNumber(100 * Math.min(...saved))} and ${formatNumber(100 * Math.max(...saved))} % of the epochs were not needed.`,
		`The rule that reads the fit off the curves is right in ${formatPercent(constructed.overall)} of constructed cases; the commonest verdict on the real runs is ${verdictsOf(rows)}.`,
	];
}

/** `well-fitted at every batch size`, or each verdict with its sizes. */
function verdictsOf(rows: readonly Row[]): string {
	const verdicts = [...new Set(rows.map(commonest))];
	if (verdicts.length === 1) return `${verdicts[0]} at every batch size`;
	const sizes = (verdict: string) => rows.filter((row) => commonest(row) === verdict).map(({ batchSize }) => batchSize);
	return verdicts.map((verdict) => `${verdict} at ${sizes(verdict).join(", ")}`).join("; ");
}

const commonest = ({ fits }: Row): string => Object.entries(fits).reduce((a, b) => (b[1] > a[1] ? b : a))[0];
