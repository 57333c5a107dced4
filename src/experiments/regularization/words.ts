import { listed } from "../../words/listed.js";
import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import type { Verdict } from "../claims/claim.js";
import { verdictAbove } from "../claims/claim.js";
import { overfitted } from "../lab/diagnose.js";
import { greatest } from "../lab/estimates.js";
import { say, saying, unclear, when } from "../lab/say.js";
import { peakVerdict } from "./claims.js";
import { type Figures, type Row, rowOf, rowsAt, rowsOf } from "./figures.js";
import type { Settings } from "./settings.js";

export const words = (figures: Figures, settings: Settings): readonly string[] =>
	saying(headline(figures, settings), rises(figures, settings), normalization(figures, settings), accuracies(figures, settings));

const sizeOf = ({ batchSize }: Row): string => formatCount(batchSize);
const regularizerOf = ({ regularizer }: Row): string => regularizer;

/** `A and B`, as the rows are named whose runs over-fit with this verdict. */
const sorted = (rows: readonly Row[], name: (row: Row) => string) => (verdict: Verdict) =>
	listed(rows.filter(({ rise }) => verdictAbove(rise, overfitted) === verdict).map(name));

function headline(figures: Figures, settings: Settings): string {
	const { epochs, moderate } = settings;
	const sizes = sorted(rowsOf(figures, settings, "none"), sizeOf);
	const [over, not, open] = [sizes("supported"), sizes("refuted"), sizes("undecided")];
	const names = sorted(rowsAt(figures, settings, moderate), regularizerOf);
	const [still, prevented, untold] = [names("supported"), names("refuted"), names("undecided")];
	const everywhere = not + open === "";
	const bare = saying(
		when(over !== "", everywhere ? "the network over-fits at every batch size" : `the network over-fits at batch size ${over}`),
		when(not !== "", `it doesn't over-fit at ${not}`),
		when(open !== "", unclear(`it over-fits at ${open}`)),
	);
	const regularized = saying(
		prevented === "" ? "no regularizer is sure to prevent that" : `that is prevented by ${prevented}`,
		when(still !== "", `it persists with ${still}`),
		when(untold !== "", unclear(`${untold} prevents it`)),
	);
	return `Trained for ${epochs} epochs without a regularizer, ${bare.join("; ")}. At batch size ${moderate} ${regularized.join("; ")}.`;
}

function rises(figures: Figures, settings: Settings): string {
	const { examples, few, moderate } = settings;
	const bare = rowsOf(figures, settings, "none").map((row) => `${formatEstimate(row.rise)} (B = ${sizeOf(row)})`);
	const others = rowsAt(figures, settings, moderate).map((row) => `${formatEstimate(row.rise)} (${regularizerOf(row)})`);
	const right = figures.rows.find(({ wrongLabels }) => wrongLabels === 0)?.rise;
	const wrong = rowOf(figures, "none", moderate)?.rise.estimate ?? 0;
	const cause =
		right &&
		say(
			verdictAbove(right, wrong / 2),
			"over-fitting here is mostly a matter of few examples, not of wrong labels",
			"over-fitting here is mostly learning wrong labels by heart",
			unclear("that is more or less than half as much"),
		);
	return `On ${formatCount(examples)} examples, ${formatNumber(100 * few.wrongLabels)} % of them with a wrong label, the held-out loss rises from its least to the end by ${listed(bare)} of the untrained network's; with a regularizer, at batch size ${moderate}, by ${listed(others)}.${right ? ` With every label right and no regularizer it is ${formatEstimate(right)} there: ${cause}.` : ""}`;
}

function normalization(figures: Figures, settings: Settings): string {
	const { moderate, examples } = settings;
	const effects = rowsOf(figures, settings, "batch normalization").flatMap((row) =>
		row.effect ? [`${formatEstimate(row.effect)} (B = ${sizeOf(row)})`] : [],
	);
	const peaks = figures.peaks.map((peak) => {
		const verdict = peakVerdict(peak);
		return `at ${peak.batchSize} it ${say(verdict, "is larger than at either end", "is no larger than at one of the ends", "is indistinguishable from that at one of the ends")}`;
	});
	const [ghosts, whole] = [rowOf(figures, "ghost batches", examples), rowOf(figures, "batch normalization", examples)];
	const compared =
		ghosts && whole
			? ` With the full batch, statistics over ghost batches of ${moderate} leave a rise of ${formatEstimate(ghosts.rise)}, those over all of it ${formatEstimate(whole.rise)}.`
			: "";
	return `How much batch normalization reduces the rise depends on the batch its statistics are taken over: ${effects.join(", ")}; ${peaks.join(", ")}.${compared}`;
}

function accuracies(figures: Figures, settings: Settings): string {
	const { moderate } = settings;
	const none = rowOf(figures, "none", moderate);
	if (!none) return "";
	const best = greatest([none, ...rowsAt(figures, settings, moderate)], ({ accuracy }) => accuracy.estimate ?? 0);
	const gained = (row: Row) =>
		`${formatPercent(row.accuracy)} at the end, ${formatPercent(row.accuracyAtLeast)} where the validation loss was least`;
	return best === none
		? `No regularizer ends with a higher test accuracy at batch size ${moderate} than none: ${gained(none)}.`
		: `At batch size ${moderate} the highest test accuracy at the end is with ${best.regularizer}: ${gained(best)}. Without a regularizer it is ${gained(none)}.`;
}
