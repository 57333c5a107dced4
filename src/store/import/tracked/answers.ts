import type { Axis } from "../../../trackers/run.js";

/** What a run's `step` can mean, by the words of `--steps-are`. */
export const stepWords = ["updates", "updates-from-0", "epochs", "epochs-from-0"] as const;
type StepWord = (typeof stepWords)[number];

/** What the user states about runs if their tracker doesn't; null or undefined: nothing. */
export interface Answers {
	readonly batchSizeKey?: string | undefined;
	readonly learningRateKey?: string | undefined;
	readonly seedKey?: string | undefined;
	/** Further settings that runs differ in. */
	readonly settingKeys?: readonly string[] | undefined;
	/** The tracker's own name of the metric that the goal is on. */
	readonly metricKey?: string | undefined;
	/** A logged number that counts updates. */
	readonly stepKey?: string | undefined;
	readonly stepsAre?: StepWord | undefined;
	readonly devices?: number | undefined;
	readonly accumulation?: number | undefined;
	/** The experiment, project or study. */
	readonly group?: string | undefined;
}

export const axisSaid = ({ stepsAre }: Answers): Axis | null => {
	if (stepsAre === undefined) return null;
	if (stepsAre === "updates-from-0") return "updates from 0";
	return stepsAre === "epochs-from-0" ? "epochs from 0" : stepsAre;
};
