import { listed } from "../../words/listed.js";
import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import { type Verdict, verdictAbove } from "../claims/claim.js";
import { overfitted } from "../lab/diagnose.js";
import { peakVerdict } from "./claims.js";
import { type Figures, type Row, rowOf } from "./figures.js";
import type { Settings } from "./settings.js";

export function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	return [headline(figures, settings), rises(figures, settings), normalization(figures, settings), accuracies(figures, settings)];
}

/** `at A and B`, as the rows of each verdict on over-fitting are named. */
const sorted = (rows: readonly Row[], name: (row: Row) => string) => (verdict: Verdict) =>
	listed(rows.filter(({ rise }) => verdictAbove(rise, overfitted) === verdict).map(name));

const present = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("; ");

function headline(figures: Figures, settings: Settings): string {
	const { batchSizes, regularizers, epochs, moderate } = settings;
	const bare = batchSizes.flatMap((batchSize) => rowOf(figures, "none", batchSize) ?? []);
	const sizes = sorted(bare, ({ batchSize }) => formatCount(batchSize));
	const [over, not, unclear] = [sizes("supported"), sizes("refuted"), sizes("undecided")];
	const others = regularizers.flatMap((regularizer) => (regularizer === "none" ? [] : (rowOf(figures, regularizer, moderate) ?? [])));
	const names = sorted(others, ({ regularizer }) => regularizer);
	const [still, prevented, untold] = [names("supported"), names("refuted"), names("undecided")];
	return `Trained for ${epochs} epochs without a regularizer, ${present([
		over === "" ? "" : not + unclear === "" ? "the network over-fits at every batch size" : `the network over-fits at batch size ${over}`,
		not === "" ? "" : `it doesn't over-fit at ${not}`,
		unclear === "" ? "" : `whether it over-fits at ${unclear}, these runs cannot tell`,
	])}. At batch size ${moderate} ${present([
		prevented === "" ? "no regularizer is sure to prevent that" : `that is prevented by ${prevented}`,
		still === "" ? "" : `it goes on with ${still}`,
		untold === "" ? "" : `of ${untold} these runs cannot tell`,
	])}.`;
}

function rises(figures: Figures, settings: Settings): string {
	const { batchSizes, regularizers, examples, few, moderate } = settings;
	const told = (row: Row | undefined, name: string) => (row ? [`${formatEstimate(row.rise)} (${name})`] : []);
	const bare = batchSizes.flatMap((batchSize) => told(rowOf(figures, "none", batchSize), `B = ${formatCount(batchSize)}`));
	const others = regularizers.flatMap((regularizer) =>
		regularizer === "none" ? [] : told(rowOf(figures, regularizer, moderate), regularizer),
	);
	const right = figures.rows.find(({ wrongLabels }) => wrongLabels === 0)?.rise;
	const wrong = rowOf(figures, "none", moderate)?.rise.estimate ?? 0;
	const inWords: Readonly<Record<Verdict, string>> = {
		supported: "over-fitting here is mostly a matter of few examples, not of wrong labels",
		refuted: "over-fitting here is mostly learning wrong labels by heart",
		undecided: "whether that is more or less than half as much, these runs cannot tell",
	};
	return `On ${formatCount(examples)} examples, ${formatNumber(100 * few.wrongLabels)} % of them with a wrong label, the held-out loss rises from its least to the end by ${listed(bare)} of the untrained network's; with a regularizer, at batch size ${moderate}, by ${listed(others)}.${
		right
			? ` With every label right and no regularizer it is ${formatEstimate(right)} there: ${inWords[verdictAbove(right, wrong / 2)]}.`
			: ""
	}`;
}

const peakInWords: Readonly<Record<Verdict, string>> = {
	supported: "is larger than at either end",
	refuted: "is no larger than at one of the ends",
	undecided: "cannot be told from that at one of the ends",
};

function normalization(figures: Figures, { batchSizes, moderate, examples }: Settings): string {
	const effects = batchSizes.flatMap((batchSize) => {
		const effect = rowOf(figures, "batch normalization", batchSize)?.effect;
		return effect ? [`${formatEstimate(effect)} (B = ${formatCount(batchSize)})`] : [];
	});
	const peaks = figures.peaks.map((peak) => `at ${peak.batchSize} it ${peakInWords[peakVerdict(peak)]}`);
	const ghosts = rowOf(figures, "ghost batches", examples);
	const whole = rowOf(figures, "batch normalization", examples);
	return `What batch normalization takes off the rise depends on the batch it takes its statistics over: ${effects.join(", ")}; ${peaks.join(", ")}.${
		ghosts && whole
			? ` With the full batch, statistics over ghost batches of ${moderate} leave a rise of ${formatEstimate(ghosts.rise)}, those over all of it ${formatEstimate(whole.rise)}.`
			: ""
	}`;
}

function accuracies(figures: Figures, { moderate, regularizers }: Settings): string {
	const rows = regularizers.flatMap((regularizer) => rowOf(figures, regularizer, moderate) ?? []);
	const none = rowOf(figures, "none", moderate);
	const best = [...rows].sort((a, b) => (b.accuracy.estimate ?? 0) - (a.accuracy.estimate ?? 0))[0];
	if (!none || !best) return "";
	const gained = (row: Row) =>
		`${formatPercent(row.accuracy)} at the end, ${formatPercent(row.accuracyAtLeast)} where the validation loss was least`;
	return best === none
		? `No regularizer ends with a higher test accuracy at batch size ${moderate} than none: ${gained(none)}.`
		: `The highest test accuracy at the end, at batch size ${moderate}, is that with ${best.regularizer}: ${gained(best)}. Without a regularizer it is ${gained(none)}.`;
}
