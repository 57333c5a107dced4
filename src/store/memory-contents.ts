import type { Calibration } from "../core/calibration.js";
import type { StoredStudy, TestResult } from "../study/contracts.js";
import type { ExperimentRun } from "../study/experiment-runs.js";
import type { Extension } from "../study/extension.js";
import type { PackedEvaluations } from "./records/packing.js";
import type { StoredTrialRow } from "./records/trial-rows.js";

/**
 * What a store in memory keeps. It outlives the store: another one may be opened on it. JSON is kept as text, so that no caller holds a
 * part of it.
 */
export class MemoryContents {
	/** Grows by one with every write. */
	revision = 0;
	/** Oldest first. */
	readonly studies: MemoryStudy[] = [];
	/** Oldest first. */
	readonly experiments: MemoryRun[] = [];
}

export interface MemoryStudy {
	/** The revision that created it, that created or last restated it, and that last wrote something of it. */
	readonly key: number;
	generation: number;
	revision: number;
	/** Canonical JSON. */
	text: string;
	columns: Omit<StoredStudy, "study" | "trials">;
	/** In the order of appending; their keys are the revisions that appended them. */
	readonly trials: StoredTrialRow[];
	readonly trialKeys: Set<string>;
	/** By the key of the trial. */
	readonly looks: Map<number, PackedEvaluations>;
	calibration: Calibration | null;
	testResults: readonly TestResult[];
	extensions: readonly Extension[];
}

export interface MemoryRun {
	columns: Omit<ExperimentRun, "settings">;
	/** Canonical JSON. */
	readonly settings: string;
	/** By the place of the task: canonical JSON. */
	readonly results: Map<number, string>;
}
