import { asJson } from "../../core/canonical.js";
import { formatCount, formatEstimate } from "../../words/numbers.js";
import { type ClaimId, type Finding, factors } from "../claims/claim.js";
import { verdictInWords } from "../claims/headline.js";
import { claimIds, claims as ledger } from "../claims/table.js";
import { defineExperiment, type Table } from "../experiment.js";
import { nothing } from "../lab/estimates.js";
import { figureColumn, tableOf, textColumn } from "../lab/table.js";
import { type JudgedId, judgedIds } from "./bases.js";
import { type Figures, figuresOf, type Judged } from "./figures.js";
import { conditionData, type Settings, settingsOf } from "./settings.js";
import { run, tasksOf, workOf } from "./tasks.js";

/** Of a claim whose experiment is not repeated on the data of a run. */
export const notRepeated = "not repeated on these data";

export const conditions = defineExperiment({
	id: "conditions",
	question: "Which claims hold on other data, with another optimizer and at another rate?",
	method:
		"Five experiments are repeated in a smaller size under other conditions: by plain SGD and with momentum 0.9, and, where rates are not tuned, at two or three rates, with momentum at an eighth of them. Each data set is a run of its own. On the digits all five are repeated (gradient-norm, distance, generalization, iterations, regularization); on the blobs iterations; on Fashion-MNIST gradient-norm and distance, with 784-32-10 networks and 100 examples a class. The regularization experiment keeps its own network and 20 examples a class. All runs use seeds that no margin had seen. A claim is judged under each set of conditions on its own. The p-value of a verdict is the level at which it would just be lost, in the family of its experiment; the ledger corrects for how many verdicts it has (Holm).",
	data: conditionData,
	rows: [],
	claims: judgedIds,
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	work: workOf,
	run,
	figures: figuresOf,
	results: ({ claims }) => asJson({ claims: claims.map(({ first: _, ...judged }) => judged) }),
	words,
	tables,
	charts: () => [],
	findings,
	// The cells come with p-values of their own.
	family: () => ({ comparisons: 1, runs: 1 }),
});

function words({ claims }: Figures): readonly string[] {
	const those = (isThose: (judged: Judged) => boolean) => {
		const chosen: readonly string[] = claims.filter(isThose).map(({ id }) => id);
		const ids = claimIds.filter((id) => chosen.includes(id));
		return ids.length === 0 ? "none" : ids.join(", ");
	};
	const verdictOf = (judged: Judged) => judged.headline.verdict;
	return [
		`Of ${formatCount(claims.length)} claims, these hold under all conditions tried: ${those((one) => verdictOf(one) === "supported")}. Refuted under all: ${those((one) => verdictOf(one) === "refuted")}. Dependent on the conditions: ${those((one) => verdictOf(one) === "depends")}. Decided under some conditions only, all alike: ${those((one) => verdictOf(one).endsWith("in part"))}. Undecided: ${those((one) => verdictOf(one) === "undecided")}.`,
		...claims.map(({ id, headline, holdsOn }) => `${id} (${ledger[id].statement}): ${verdictInWords(headline)}; ${holdsOn}.`),
	];
}

function tables({ claims }: Figures): readonly Table[] {
	const rows = claims.flatMap((judged) => judged.cells.map((cell) => ({ id: judged.id, cell })));
	const used = factors.filter((factor) => rows.some(({ cell }) => cell.when[factor] !== undefined));
	return [
		tableOf("Every claim under every set of conditions", rows, [
			textColumn("claim", ({ id }) => id),
			...used.map((factor) => textColumn<(typeof rows)[number]>(factor, ({ cell }) => cell.when[factor] ?? "")),
			figureColumn("effect", ({ cell }) => (cell.interval.estimate === null ? "" : formatEstimate(cell.interval))),
			textColumn("verdict", ({ cell }) => cell.verdict),
		]),
		tableOf("What is measured", claims, [textColumn("claim", ({ id }) => id), textColumn("effect", ({ first }) => first.effect)]),
	];
}

function findings({ claims }: Figures, _: Settings): Readonly<Record<JudgedId, Finding>> {
	const findingOf = (id: ClaimId): Finding => {
		const judged = claims.find((one) => one.id === id);
		if (!judged) return { verdict: "undecided", effect: notRepeated, interval: nothing, evidence: "Not repeated on these data" };
		const { first, cells, headline, holdsOn } = judged;
		return {
			verdict: headline.verdict,
			effect: first.effect,
			interval: first.interval,
			evidence: `${holdsOn}. First: ${first.evidence}`,
			cells,
		};
	};
	return Object.fromEntries(judgedIds.map((id) => [id, findingOf(id)])) as unknown as Readonly<Record<JudgedId, Finding>>;
}
