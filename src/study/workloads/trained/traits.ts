import type { WorkloadTraits } from "../kind.js";

/** What our own loop trains. */
export const trained: WorkloadTraits = {
	isTrainable: true,
	trainer: "trainer",
	runsUserCode: false,
	isDeterministic: true,
	looks: "due",
	timing: "apart",
	asksByCalibration: false,
	onDevices: false,
	hasBackend: false,
	isProcess: false,
};
