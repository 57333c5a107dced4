import type { ClaimFinding, HeadlineVerdict, JudgedCell } from "./claim.js";
import { type Headline, headlineOf, holdsOn, verdictInWords } from "./headline.js";
import { holmAdjusted } from "./holm.js";
import { type ClaimId, claimIds, claims } from "./table.js";

/** A cell as the ledger has it: its verdict is undecided where it doesn't outlast the correction for all of the ledger's cells. */
export interface LedgerCell extends JudgedCell {
	/** `p`, adjusted by Holm's procedure over all estimated cells of the ledger; null for a definition. */
	readonly adjusted: number | null;
}

/** One line of the ledger. */
export interface LedgerEntry {
	readonly id: ClaimId;
	readonly statement: string;
	/** "not run": no experiment that bears on it is complete in this store. */
	readonly verdict: HeadlineVerdict | "not run";
	/** The verdict as a table shows it, with what it depends on. */
	readonly verdictInWords: string;
	/** Under which conditions it was supported, refuted and undecided; empty where it was not run. */
	readonly holdsOn: string;
	readonly cells: readonly LedgerCell[];
	readonly effect: string | null;
	readonly interval: ClaimFinding["interval"] | null;
	/** The experiment, and the settings and figures that say so. */
	readonly evidence: string | null;
	readonly experiment: string;
	/** "full": the published size, which headlines come from; "quick": the subset that its experiment's method names; null: not run. */
	readonly size: "full" | "quick" | null;
	/** Whether the runs' seeds are such as the margin had not been seen with. */
	readonly freshSeeds: boolean;
	/** Why it was believed, and the contrary too; null for what no one disputes. */
	readonly believed: string | null;
}

/** What a complete run says of a claim. */
export interface FoundClaim {
	readonly finding: ClaimFinding;
	readonly experiment: string;
	/** The run is at the published size. */
	readonly full: boolean;
	readonly freshSeeds: boolean;
}

const level = 0.05;

/** The ledger of what was found: errs in any of its verdicts in at most 5 % of repetitions (Holm over all cells that were estimated). */
export function ledgerFrom(found: ReadonlyMap<ClaimId, FoundClaim>): readonly LedgerEntry[] {
	const cells = claimIds.flatMap((id) => (found.get(id)?.finding.cells ?? []).map((cell) => ({ id, cell })));
	const estimated = cells.filter(({ cell }) => cell.p !== null);
	const adjusted = holmAdjusted(estimated.map(({ cell }) => cell.p ?? 1));
	const adjustedOf = new Map(estimated.map(({ cell }, place) => [cell, adjusted[place]]));
	return claimIds.map((id) => {
		const own = cells.filter((one) => one.id === id).map(({ cell }) => corrected(cell, adjustedOf.get(cell) ?? null));
		return entryOf(id, own, found.get(id) ?? null);
	});
}

const corrected = (cell: JudgedCell, adjusted: number | null): LedgerCell => ({
	...cell,
	verdict: adjusted !== null && adjusted >= level ? "undecided" : cell.verdict,
	adjusted,
});

function entryOf(id: ClaimId, cells: readonly LedgerCell[], found: FoundClaim | null): LedgerEntry {
	const { statement, experiment, believed } = claims[id];
	const headline: Headline | null = cells.length === 0 ? null : headlineOf(cells);
	return {
		id,
		statement,
		verdict: headline?.verdict ?? "not run",
		verdictInWords: headline === null ? "not run" : verdictInWords(headline),
		holdsOn: headline === null ? "" : holdsOn(cells),
		cells,
		effect: found?.finding.effect ?? null,
		interval: found?.finding.interval ?? null,
		evidence: found?.finding.evidence ?? null,
		experiment: found?.experiment ?? experiment,
		size: found === null ? null : found.full ? "full" : "quick",
		freshSeeds: found?.freshSeeds ?? false,
		believed,
	};
}
