import { z } from "zod";
import { canonicalJson } from "../core/canonical.js";
import { type AtArticleSize, articleAsked, articleData, atArticleSize } from "../experiments/article-size.js";
import { experiments } from "../experiments/catalogue.js";
import type { ClaimFinding, Conditions, JudgedCell } from "../experiments/claims/claim.js";
import { type FoundClaim, type LedgerEntry, ledgerFrom } from "../experiments/claims/ledger.js";
import { type ClaimId, claims } from "../experiments/claims/table.js";
import { conditions, notRepeated } from "../experiments/conditions/conditions.js";
import type { Conclusion, Experiment } from "../experiments/experiment.js";
import type { SubjectName } from "../experiments/lab/subjects.js";
import { conclusionOf } from "../runner/run-experiment.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";
import { schemaVersion } from "./answer-document.js";

/** What `experiment run ID --json` prints. */
export const experimentDocument = ({ id }: Experiment, run: ExperimentRun, { results, charts, claims: found }: Conclusion) => ({
	schemaVersion,
	id,
	digest: run.digest,
	seconds: run.seconds,
	settings: run.settings,
	results,
	charts: charts.map(({ id: chart, title, caption }) => ({ id: chart, title, caption })),
	claims: found.map((claim) => ({ ...claim, statement: claims[claim.id].statement })),
});

/** What `experiment list --json` prints. */
export const experimentsDocument = () => ({
	schemaVersion,
	experiments: experiments.map(({ id, question, data, rows, claims: bears }) => ({ id, question, data, rows, claims: bears })),
});

/**
 * Every claim, with what the newest complete run of its experiment at the published size says of it, else the newest. Where it was judged
 * under several conditions, it is the runs of `conditions` that count, one on each data set, together: they are on fresh seeds. Null: there
 * is no store yet.
 */
export function ledgerOf(runs: ExperimentRuns | null): readonly LedgerEntry[] {
	const found = new Map<ClaimId, FoundClaim>();
	const complete = runs?.list().filter(({ state }) => state === "complete") ?? [];
	const addFrom = (experiment: Experiment, run: ExperimentRun, freshSeeds: boolean) => {
		if (!runs) return;
		const full = isFullSize(experiment, run);
		for (const finding of conclusionOf(experiment, run, runs).claims) {
			const known = found.get(finding.id);
			const one = { finding, experiment: experiment.id, full, freshSeeds };
			if (!freshSeeds)
				found.set(finding.id, { ...one, finding: { ...finding, cells: finding.cells.map((cell) => onOwnSetting(cell, run)) } });
			else if (finding.effect !== notRepeated) found.set(finding.id, known?.freshSeeds ? together(known, one) : one);
		}
	};
	for (const experiment of experiments) {
		const own = complete.filter((one) => one.experiment === experiment.id && !isAtArticleSize(experiment, one));
		if (experiment.id !== conditions.id) for (const run of foremost(experiment, own)) addFrom(experiment, run, false);
		else for (const run of onEachData(experiment, own)) addFrom(experiment, run, true);
	}
	for (const article of atArticleSize) {
		const run = complete.find((one) => one.experiment === article.experiment.id && isAtArticleSize(article.experiment, one));
		if (runs && run) addArticle(found, article, run, conclusionOf(article.experiment, run, runs).claims);
	}
	return ledgerFrom(found);
}

/** Adds what a run at the article's size says to what is known; where that is from a run on seeds that margins had seen, it takes its place. */
function addArticle(
	found: Map<ClaimId, FoundClaim>,
	article: AtArticleSize,
	run: ExperimentRun,
	claimsFound: readonly ClaimFinding[],
): void {
	for (const finding of claimsFound.filter(({ id }) => article.claims.includes(id))) {
		const cells = finding.cells.map((cell) => onOwnSetting(cell, run, { ...article.when, data: articleData }));
		const one = { finding: { ...finding, cells }, experiment: article.experiment.id, full: true, freshSeeds: true };
		const known = found.get(finding.id);
		const counts = known !== undefined && (known.freshSeeds || !conditions.claims.includes(finding.id));
		found.set(finding.id, counts ? together(known, one) : one);
	}
}

/** Whether a run is one on all of Fashion-MNIST, on the seeds that its claims are judged on. */
export const isAtArticleSize = (experiment: Experiment, { settings }: Pick<ExperimentRun, "settings">): boolean =>
	atArticleSize.some((one) => one.experiment.id === experiment.id) &&
	canonicalJson(settings) === canonicalJson(experiment.settings(articleAsked(0)));

/** A cell of an experiment that has one workload: on its data, by its optimizer, and under the given conditions. */
function onOwnSetting(cell: JudgedCell, { settings }: ExperimentRun, when: Conditions = {}): JudgedCell {
	const own = ownWorkload.safeParse(settings);
	if (!own.success) return cell;
	const { data, optimizer } = "study" in own.data ? own.data.study.workload : own.data.workload;
	const momentum = optimizer.momentum === 0 ? "plain SGD" : `momentum ${optimizer.momentum}`;
	return { ...cell, when: { data: data.name === "tutorial-blobs" ? "blobs" : data.name, optimizer: momentum, ...when, ...cell.when } };
}

const workload = z.object({ data: z.object({ name: z.string() }), optimizer: z.object({ momentum: z.number() }) });
const ownWorkload = z.union([z.object({ study: z.object({ workload }) }), z.object({ workload })]);

/** The newest run at the published size, else the newest: a quick run takes no verdict back. `own`: newest first. */
export const foremost = (experiment: Experiment, own: readonly ExperimentRun[]): readonly ExperimentRun[] =>
	[own.find((run) => isFullSize(experiment, run)) ?? own].flat().slice(0, 1);

/** The foremost run on each data set. Settings other than those of either size are a test's. */
function onEachData(experiment: Experiment, own: readonly ExperimentRun[]): readonly ExperimentRun[] {
	const known = experiment.data.flatMap((data) =>
		foremost(
			experiment,
			own.filter((run) => sizesOn(experiment, data).includes(canonicalJson(run.settings))),
		),
	);
	return known.length === 0 ? own.slice(0, 1) : known;
}

const sizesOn = (experiment: Experiment, data: SubjectName): readonly string[] =>
	(["full", "quick"] as const).map((size) => canonicalJson(experiment.settings({ size, seed: 0, data })));

/** What two data sets say of a claim. Its words are those of the first. */
const together = (a: FoundClaim, b: FoundClaim): FoundClaim => ({
	...a,
	finding: { ...a.finding, cells: [...a.finding.cells, ...b.finding.cells] },
	full: a.full && b.full,
});

/** Whether a run is at the published size. */
export const isFullSize = (experiment: Experiment, { settings }: ExperimentRun): boolean =>
	[null, ...experiment.data].some(
		(data) => canonicalJson(settings) === canonicalJson(experiment.settings({ size: "full", seed: 0, data })),
	) || isAtArticleSize(experiment, { settings });

/** What `claims --json` prints. */
export const claimsDocument = (ledger: readonly LedgerEntry[]) => ({ schemaVersion, claims: ledger });
