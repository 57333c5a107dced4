import { asJson } from "../../core/canonical.js";
import { formatCount, formatEstimate } from "../../words/numbers.js";
import { type ClaimId, type Finding, factors } from "../claims/claim.js";
import { verdictInWords } from "../claims/headline.js";
import { claims as ledger } from "../claims/table.js";
import { defineExperiment, type Table } from "../experiment.js";
import { nothing } from "../lab/estimates.js";
import { figureColumn, tableOf, textColumn } from "../lab/table.js";
import { type JudgedId, judgedIds } from "./bases.js";
import { type Figures, figuresOf, type Judged } from "./figures.js";
import { type Settings, settingsOf } from "./settings.js";
import { run, tasksOf } from "./tasks.js";

export const conditions = defineExperiment({
	id: "conditions",
	question: "Which claims hold on other data, with another optimizer and at another rate?",
	method:
		"Five experiments (gradient-norm, distance, generalization, iterations, regularization) are repeated in a smaller size under other conditions: on the digits and on 100 examples a class of Fashion-MNIST with 784-32-10 networks (1,000 others to validate and 1,000 to test on), by plain SGD and with momentum 0.9, and, where rates are not tuned, at two or three rates; with momentum at an eighth of them. The regularization experiment keeps its own 20 examples a class. The quick size has the digits alone. All runs use seeds that no margin had seen. A claim is judged under each set of conditions on its own; the ledger corrects for how many there are (Holm). The p-value of a verdict is the level at which it would just be lost, in the family of its experiment.",
	data: [],
	rows: [],
	claims: judgedIds,
	timed: false,
	settings: settingsOf,
	tasks: tasksOf,
	run,
	figures: figuresOf,
	results: ({ claims, missing }) => asJson({ claims: claims.map(({ first: _, ...judged }) => judged), missing }),
	words,
	tables,
	charts: () => [],
	findings,
	// The cells come with p-values of their own.
	family: () => ({ comparisons: 1, runs: 1 }),
});

function words({ claims, missing }: Figures): readonly string[] {
	const those = (isThose: (judged: Judged) => boolean) => {
		const ids = claims.filter(isThose).map(({ id }) => id);
		return ids.length === 0 ? "none" : ids.join(", ");
	};
	const verdictOf = (judged: Judged) => judged.headline.verdict;
	return [
		`Of ${formatCount(claims.length)} claims, these hold under all conditions tried: ${those((one) => verdictOf(one) === "supported")}. Refuted under all: ${those((one) => verdictOf(one) === "refuted")}. Dependent on the conditions: ${those((one) => verdictOf(one) === "depends")}. Decided under some conditions only, all alike: ${those((one) => verdictOf(one).endsWith("in part"))}. Undecided: ${those((one) => verdictOf(one) === "undecided")}.`,
		...claims.map(({ id, headline, holdsOn }) => `${id} (${ledger[id].statement}): ${verdictInWords(headline)}; ${holdsOn}.`),
		...(missing === 0
			? []
			: [
					`${formatCount(missing)} repeats were left out because Fashion-MNIST is not installed. Install it with \`sudo apt-get install -y dataset-fashion-mnist\`, then run this experiment again with --fresh.`,
				]),
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
		if (!judged) return { verdict: "undecided", effect: "not run here", interval: nothing, evidence: "Its data are not installed" };
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
