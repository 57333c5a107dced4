import { settingOf } from "../../core/setting.js";
import type { TrialSpec } from "../../core/trial.js";
import type { Study } from "../../study/study.js";
import { filled, type PlaceholderValues } from "../../study/workloads/command/placeholders.js";
import { type CommandWorkload, metricsHeard } from "../../study/workloads/command/workload.js";
import { type TrialFiles, trialName } from "./files.js";

/** Of `SWEETSPOT_TRIAL`: goes up whenever a reader must change. */
const version = 1;

/**
 * The variables of a trial's script, over those that its host gives it: what the study sets, and its trial. `steps`: what it takes at most;
 * `slot`: such as its GPU.
 */
export function environmentOf(
	{ goal, looks, workload }: Study & { readonly workload: CommandWorkload },
	trial: TrialSpec,
	steps: number,
	{ checkpoints, events }: TrialFiles,
	values: PlaceholderValues,
	slot: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const { batchSize, learningRate, seed, until } = trial;
	const task = {
		version,
		trial: trialName(trial),
		batchSize,
		learningRate,
		...settingOf(trial),
		...(workload.hold && { held: values.held }),
		...((workload.microBatch ?? workload.devices) !== undefined && { microBatch: values.microBatch, accumulation: values.accumulation }),
		seed,
		steps,
		until,
		goal,
		...(workload.schedule === "tied" && { schedule: "tied" }),
		looks: { ratio: looks.ratio },
		checkpoints,
	};
	const own = Object.fromEntries(Object.entries(workload.environment ?? {}).map(([name, text]) => [name, filled(text, values)]));
	return {
		PYTHONUNBUFFERED: "1", // what a script prints must arrive when it is printed
		...trackersIn(values.trialFolder),
		...own,
		...slot,
		SWEETSPOT_TRIAL: JSON.stringify(task),
		SWEETSPOT_EVENTS: events,
		...(metricsHeard(workload) && { SWEETSPOT_HOOKS: "1" }),
	};
}

/** Trackers keep a trial's runs in its own folder, and send nothing anywhere: a study is hundreds of runs. */
const trackersIn = (trialFolder: string): Readonly<Record<string, string>> => ({
	WANDB_MODE: "offline",
	WANDB_DIR: trialFolder,
	MLFLOW_TRACKING_URI: `sqlite:///${trialFolder}/mlflow.db`,
	TRACKIO_DIR: `${trialFolder}/trackio`,
});
