import type { PlayState } from "../state/state.js";
import { allExamples } from "../state/state.js";
import { laneLetter } from "../state/study-file.js";

/** The digest of a lane's weights, and the command whose answer has the same one. */
export function proofOf({ lanes }: PlayState, index: number, { step, sha256 }: { readonly step: number; readonly sha256: string }): string {
	const { settings, changes } = lanes[index];
	const digest = `Lane ${laneLetter(index)}, weights after ${step} steps: SHA-256 ${sha256}.`;
	if (changes.some((change) => change.step < step)) return `${digest} The lane was changed on its way: no single command repeats it.`;
	if (settings.optimizer !== lanes[0].settings.optimizer)
		return `${digest} The study file has lane A’s optimizer: to compare, set it there.`;
	if (step === 0) return digest;
	const command = `sweetspot train playground.yaml --batch-size ${settings.batchSize === allExamples ? "full" : settings.batchSize} --learning-rate ${settings.learningRate} --steps ${step} --json`;
	return `${digest} Save the study file; this prints the same: ${command}`;
}
