import { noEstimate } from "../analysis/findings.js";
import { experiments } from "../experiments/catalogue.js";
import type { ClaimFinding } from "../experiments/claims/claim.js";
import type { LedgerEntry } from "../experiments/claims/ledger.js";
import { type ClaimId, claimIds, claims } from "../experiments/claims/table.js";
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

/** Every claim, with what the newest complete run of its experiment says of it. Null: there is no store yet. */
export function ledgerOf(runs: ExperimentRuns | null): readonly LedgerEntry[] {
	const found = new Map<ClaimId, ClaimFinding>();
	const complete = runs?.list().filter(({ state }) => state === "complete") ?? [];
	for (const experiment of experiments) {
		const run = complete.find((one) => one.experiment === experiment.id);
		if (run && runs) for (const claim of conclusionOf(experiment, run, runs).claims) found.set(claim.id, claim);
	}
	return claimIds.map((id) => {
		const { statement, experiment, believed } = claims[id];
		const finding = found.get(id);
		return {
			id,
			statement,
			verdict: finding?.verdict ?? "not run",
			effect: finding?.effect ?? null,
			interval: finding?.interval ?? noEstimate,
			evidence: finding?.evidence ?? null,
			experiment,
			believed,
		};
	});
}

/** What `claims --json` prints. */
export const claimsDocument = (ledger: readonly LedgerEntry[]) => ({ schemaVersion, claims: ledger });
