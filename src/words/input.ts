import type { Findings } from "../analysis/findings.js";
import type { FinishedTrial } from "../core/trial.js";
import type { StoredStudy } from "../study/contracts.js";

/** What a report is made of, whatever its format. */
export interface ReportInput {
	readonly stored: StoredStudy;
	readonly findings: Findings;
	/** Every finished trial of the study, those without learning curves among them. */
	readonly trials: readonly FinishedTrial[];
	/** Where the seconds were measured; null where they weren't yet. */
	readonly calibrationMachine: string | null;
	/** The command that repeats the study. */
	readonly command: string;
	/** ISO 8601, UTC. */
	readonly generated: string;
}

/** One step of the method, in plain words. */
export interface MethodStep {
	readonly title: string;
	readonly text: string;
}
