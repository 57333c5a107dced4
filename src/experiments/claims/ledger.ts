import type { ClaimFinding } from "./claim.js";
import type { ClaimId } from "./table.js";

/** One line of the ledger. */
export interface LedgerEntry {
	readonly id: ClaimId;
	readonly statement: string;
	/** "not run": no experiment that bears on it is complete in this store. */
	readonly verdict: ClaimFinding["verdict"] | "not run";
	readonly effect: string | null;
	readonly interval: ClaimFinding["interval"];
	/** The experiment, and the settings and figures that say so. */
	readonly evidence: string | null;
	readonly experiment: string;
	/** Why it was believed, and the contrary too; null for what no one disputes. */
	readonly believed: string | null;
}
