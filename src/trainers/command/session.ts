import type { TrialSpec } from "../../core/trial.js";
import type { Trainer } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";
import { StudyFiles } from "./files.js";
import type { OpenHost } from "./host.js";
import { Poll } from "./poll.js";
import { leastSilenceMilliseconds } from "./silence.js";
import { commandTrainer, type ScriptBounds } from "./trainer.js";

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
	readonly trainers: readonly Pick<Trainer, "train">[];
	/** The trial is in the store. */
	stored(trial: TrialSpec): void;
	/** No script runs any more. `complete`: none will. */
	close(complete: boolean): void;
}

const usualBounds: ScriptBounds = { leastSilenceMilliseconds, mostPrintedBytes: 2 ** 30 };

/** Gets ready to run a study's scripts. `store`: the store's folder. */
export function scriptSession(
	study: Study & { readonly workload: CommandWorkload },
	id: string,
	store: string,
	slots: Slots,
	openHost: OpenHost,
	bounds: Partial<ScriptBounds> = {},
): ScriptSession {
	const files = new StudyFiles(store, id);
	const shared = { files, host: openHost(files.running), poll: new Poll(), ...usualBounds, ...bounds };
	return {
		trainers: slotVariables(slots).map((variables) => commandTrainer(study, { ...shared, variables })),
		stored: (trial) => files.stored(trial),
		close(complete) {
			shared.host.close();
			if (complete) files.finished();
		},
	};
}

/** How many scripts run at once. */
export const slotCount = ({ workers, gpus }: Slots): number => workers ?? gpus?.length ?? 1;

/** Of each slot: its GPU, dealt out in turn where there are fewer. */
const slotVariables = (slots: Slots): readonly Readonly<Record<string, string>>[] =>
	Array.from({ length: slotCount(slots) }, (_, i) => (slots.gpus ? { CUDA_VISIBLE_DEVICES: slots.gpus[i % slots.gpus.length] } : {}));
