import type { WorkloadKind } from "./kind.js";

/**
 * Takes the place of a workload for imported runs, which can't be trained here. See
 * docs/decisions/0005-imported-runs.md.
 */
export interface ImportedWorkload {
	readonly imported: {
		/** The file's name when it was imported. No part of the study's hash. */
		readonly file: string;
		/** Whether the file says which runs tuned, selected and reported. Where it doesn't, every run counts as a reporting run. */
		readonly phases: boolean;
		/** "drop" where the examples that the runs have used show that every batch was whole. */
		readonly lastBatch?: "drop";
		/** Further flags of the import, as typed. Not part of the study's hash, since their effect shows in the runs. */
		readonly flags?: readonly string[];
	};
}

export const imported = {
	name: "imported",
	traits: {
		isTrainable: false,
		trainer: "trainer",
		runsUserCode: false,
		isDeterministic: false,
		looks: "given",
		timing: "apart",
		asksByCalibration: false,
		onDevices: false,
		hasBackend: false,
		isProcess: false,
	},
	nameOf: ({ imported }: ImportedWorkload) => imported.file,
	hashed: ({ imported: { file: _, flags: __, ...rest } }: ImportedWorkload) => ({ imported: rest }),
	written: (workload: ImportedWorkload) => workload,
} satisfies WorkloadKind<ImportedWorkload>;
