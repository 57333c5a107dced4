import type { Findings, Recommendation } from "../analysis/findings.js";
import type { LearningCurve } from "../analysis/learning-curves.js";
import type { RecordedRow } from "../analysis/recorded.js";
import type { StoredStudy } from "../study/contracts.js";
import type { Progress } from "../study/progress.js";
import type { Asked } from "../study/reason.js";
import type { Advice } from "./advice.js";
import type { ComparisonTable } from "./comparisons.js";
import type { Provenance } from "./identity.js";
import type { MethodStep } from "./method-step.js";
import type { TextTable } from "./text-table.js";

/** Of the document below. It grows by one with every change that a reader could trip over. */
export const viewVersion = 1;

/**
 * All that can be shown of one study, as one document: what the terminal, the report and Markdown are made of, and what `sweetspot report
 * --format json` writes. JSON holds it without loss: no NaN, no infinity, no undefined, no Map. Code that shows it computes nothing.
 */
export interface StudyView {
	readonly schemaVersion: typeof viewVersion;
	/** As the store has it: id, hash, state, the resolved settings. */
	readonly stored: StoredStudy;
	/** Where and with what it was measured, and when this document was made. */
	readonly provenance: Provenance;
	/** See `isReproducible`. */
	readonly reproducible: boolean;
	readonly findings: Findings;
	readonly words: StudyWords;
	/** The learning curves of the reporting runs, thinned. */
	readonly curves: readonly LearningCurve[];
	/** What was recorded apart from the metrics; empty where nothing was. */
	readonly recorded: readonly RecordedRow[];
	readonly progress: Progress;
	/** The trials that the design asks for next, in that order; empty when it has no more to ask. */
	readonly next: readonly PlannedTrial[];
}

/** A trial to come. */
export interface PlannedTrial extends Asked {
	/** The reason, as a sentence. */
	readonly why: string;
}

/** All sentences on the study. Null: there is nothing to say here. */
export interface StudyWords {
	/** "every trial failed": nothing was measured. */
	readonly verdict: Recommendation["verdict"] | "every trial failed";
	/** The first sentence is the headline. */
	readonly answer: readonly string[];
	/** What supports the answer: sizes that are statistically tied, what the neighbours cost, money, the test set. */
	readonly support: readonly string[];
	/** What the answer cost, in trainings. Null where nothing is recommended. */
	readonly price: string | null;
	readonly advice: readonly Advice[];
	readonly warnings: readonly string[];
	readonly regime: string | null;
	readonly fit: string | null;
	readonly noiseScale: string | null;
	readonly rateRule: string | null;
	readonly devices: string | null;
	/** What each objective recommends. Null where there is nothing to recommend. */
	readonly objectives: TextTable | null;
	readonly sizes: TextTable;
	/** How trainings of a planned length ended. Null where the study asks for something else. */
	readonly horizon: TextTable | null;
	/** The batch sizes that a small budget left out of the table. */
	readonly notTried: string | null;
	/** The comparisons at equal epochs, steps and seconds; empty where the study has none. */
	readonly comparisons: { readonly sentences: readonly string[]; readonly tables: readonly ComparisonTable[] };
	readonly recorded: TextTable | null;
	readonly method: readonly MethodStep[];
	/** The study as a study file with every default written out. */
	readonly yaml: string;
	/** The command that repeats it. */
	readonly command: string;
	readonly identity: readonly (readonly [name: string, value: string])[];
}
