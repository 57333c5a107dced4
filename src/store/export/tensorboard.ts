import { flagTitle } from "../../core/setting.js";
import { type FinishedTrial, trialKey } from "../../core/trial.js";
import type { ConfigValue } from "../../trackers/run.js";
import { eventFile, type WrittenScalar } from "../../trackers/tensorboard/write.js";

/** A trial's folder of an event file. */
export interface EventsOfTrial {
	/** Relative to the folder that the user names. */
	readonly path: string;
	readonly parts: Iterable<Uint8Array>;
}

/**
 * The trials as TensorBoard shows them, a run each. `begun`: when the study was, in seconds since 1970; trials have no times of their
 * own.
 */
export function* tensorboardFiles(trials: readonly FinishedTrial[], begun: number): Generator<EventsOfTrial> {
	for (const trial of trials) {
		const { spec, result } = trial;
		const perStep = result.steps > 0 ? result.seconds / result.steps : 0;
		const folder = trialKey(spec).replace(/[^\w.-]+/g, "-");
		yield {
			path: `${folder}/events.out.tfevents.${Math.floor(begun)}.sweetspot.0`,
			parts: eventFile(settingsOf(trial), scalarsOf(trial), (step) => begun + perStep * step),
		};
	}
}

const settingsOf = ({ spec, result }: FinishedTrial): ReadonlyMap<string, ConfigValue> =>
	new Map<string, ConfigValue>([
		["batch_size", spec.batchSize],
		["learning_rate", spec.learningRate],
		...(spec.momentum === undefined ? [] : [["momentum", spec.momentum] as const]),
		...(spec.weightDecay === undefined ? [] : [["weight_decay", spec.weightDecay] as const]),
		...Object.entries(spec.flags ?? {}).map(([name, value]) => [flagTitle(name), value] as const),
		["seed", spec.seed],
		["phase", spec.phase],
		["outcome", result.outcome],
	]);

function* scalarsOf({ result }: FinishedTrial): Generator<WrittenScalar> {
	for (const { step, metrics, recorded } of result.evaluations)
		for (const [tag, value] of Object.entries({ ...metrics, ...recorded })) if (value !== undefined) yield { tag, step, value };
}
