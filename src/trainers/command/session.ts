import { existsSync } from "node:fs";
import type { TrialSpec } from "../../core/trial.js";
import type { SlotTrainer } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";
import { StudyFiles } from "./files.js";
import type { OpenHost } from "./host.js";
import { Poll } from "./poll.js";
import { leastSilenceMilliseconds } from "./silence.js";
import type { ScriptBounds, ScriptFigures } from "./site.js";
import { commandTrainer } from "./trainer.js";
import { usualMost, type WaitingLimits, WaitingScripts } from "./waiting.js";
import { Owners } from "./written/owners.js";

/** How many scripts run at once, and on which GPUs. */
export interface Slots {
	/** By default one for each GPU, or one alone: a script takes the whole machine as a rule. */
	readonly workers: number | undefined;
	/** As CUDA_VISIBLE_DEVICES names them; null: what scripts see is not ours to say. */
	readonly gpus: readonly string[] | null;
}

/** The scripts of one session of a study. */
export interface ScriptSession {
	/** One for each slot. */
	readonly trainers: readonly SlotTrainer[];
	/** The trial is in the store. */
	stored(trial: TrialSpec): void;
	/** No trial runs any more. Ends the scripts that wait to be continued. `complete`: no trial will run. */
	close(complete: boolean): Promise<void>;
}

const usual: ScriptBounds & ScriptFigures = { leastSilenceMilliseconds, mostPrintedBytes: 2 ** 30, allMetrics: false };

/** Gets ready to run a study's scripts. `store`: the store's folder. */
export function scriptSession(
	study: Study & { readonly workload: CommandWorkload },
	id: string,
	store: string,
	slots: Slots,
	openHost: OpenHost,
	unusual: Partial<ScriptBounds & ScriptFigures> = {},
): ScriptSession {
	const files = new StudyFiles(store, id);
	const host = openHost(files.running);
	const waiting = new WaitingScripts(study.goal, waitingLimits(study.workload, slots), host, slotCount(slots));
	const shared = { files, host, poll: new Poll(), owners: new Owners(), ...usual, ...unusual };
	return {
		trainers: slotVariables(slots).map((variables) => commandTrainer(study, { ...shared, variables }, waiting)),
		stored: (trial) => files.stored(trial),
		async close(complete) {
			await waiting.endAll();
			host.close();
			if (complete) files.finished();
		},
	};
}

/**
 * Ends what a study that is complete has left running. A trial is stored as soon as its result is known, while its script winds up or waits
 * to be continued. If Sweetspot and its guard are killed at that time, no other session of the study would come to end it.
 */
export function endRemains(id: string, store: string, openHost: OpenHost): void {
	const files = new StudyFiles(store, id);
	if (!existsSync(files.running)) return;
	openHost(files.running).close();
	files.finished();
}

/** The memory of GPUs can't be seen from here: where they are in use, fewer wait. */
function waitingLimits({ paused, environment }: CommandWorkload, { gpus }: Slots): WaitingLimits {
	if (paused !== undefined) return { most: paused, asMemoryAllows: false };
	const visible = environment?.CUDA_VISIBLE_DEVICES ?? process.env.CUDA_VISIBLE_DEVICES ?? "";
	const onGpu = gpus !== null || (visible !== "" && visible !== "-1");
	return { most: onGpu ? usualMost : Number.POSITIVE_INFINITY, asMemoryAllows: true };
}

/** How many scripts run at once. */
export const slotCount = ({ workers, gpus }: Slots): number => workers ?? gpus?.length ?? 1;

/** Of each slot: its GPU, dealt out in turn where there are fewer. */
const slotVariables = (slots: Slots): readonly Readonly<Record<string, string>>[] =>
	Array.from({ length: slotCount(slots) }, (_, i) => (slots.gpus ? { CUDA_VISIBLE_DEVICES: slots.gpus[i % slots.gpus.length] } : {}));
