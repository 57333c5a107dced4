import { canonicalJson } from "../core/canonical.js";
import { experiments } from "../experiments/catalogue.js";
import { type FoundClaim, type LedgerEntry, ledgerFrom } from "../experiments/claims/ledger.js";
import { type ClaimId, claims } from "../experiments/claims/table.js";
import type { Conclusion, Experiment } from "../experiments/experiment.js";
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
 * Every claim, with what the newest complete run of its experiment says of it; where it was judged under several conditions, the run of
 * `conditions`, on fresh seeds. Null: there is no store yet.
 */
export function ledgerOf(runs: ExperimentRuns | null): readonly LedgerEntry[] {
	const found = new Map<ClaimId, FoundClaim>();
	const complete = runs?.list().filter(({ state }) => state === "complete") ?? [];
	for (const experiment of experiments) {
		const run = complete.find((one) => one.experiment === experiment.id);
		if (!run || !runs) continue;
		const freshSeeds = experiment.id === "conditions";
		const full = isFullSize(experiment, run);
		for (const finding of conclusionOf(experiment, run, runs).claims)
			if (!freshSeeds || finding.interval.estimate !== null || finding.cells.some(({ verdict }) => verdict !== "undecided"))
				found.set(finding.id, { finding, experiment: experiment.id, full, freshSeeds });
	}
	return ledgerFrom(found);
}

/** Whether a run is at the published size, on the experiment's own data. */
export const isFullSize = (experiment: Experiment, { settings }: ExperimentRun): boolean =>
	canonicalJson(settings) === canonicalJson(experiment.settings({ size: "full", seed: 0, data: null }));

/** What `claims --json` prints. */
export const claimsDocument = (ledger: readonly LedgerEntry[]) => ({ schemaVersion, claims: ledger });
