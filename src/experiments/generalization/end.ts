import type { Setting } from "../../core/setting.js";
import type { Laboratory } from "../lab/laboratory.js";

/** Accuracies where a run ended. Nothing is chosen by that of the test set. */
export interface End {
	readonly train: number;
	readonly validation: number;
	readonly test: number;
}

interface Run extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly steps: number;
	readonly seed: number;
}

/** Trains one run to its end, and looks at all three sets there. Null: it diverged. */
export function trainTo(lab: Laboratory, { batchSize, learningRate, steps, seed, ...setting }: Run): End | null {
	lab.begin(batchSize, seed, setting);
	for (let step = 0; step < steps; step++) if (!Number.isFinite(lab.step(learningRate).loss)) return null;
	const [train, validation, test] = [lab.evaluate("train"), lab.evaluate("validation"), lab.evaluate("test")];
	if (!Number.isFinite(train?.loss) || !Number.isFinite(validation?.loss)) return null;
	return { train: train?.accuracy ?? 0, validation: validation?.accuracy ?? 0, test: test?.accuracy ?? 0 };
}
