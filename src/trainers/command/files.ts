import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { settingKey } from "../../core/setting.js";
import type { TrialSpec } from "../../core/trial.js";

/** The files of one trial. */
export interface TrialFiles {
	/** All that is only kept until the trial is stored. */
	readonly folder: string;
	/** Where its script appends events. */
	readonly events: string;
	/** Where its script may keep its state. */
	readonly checkpoints: string;
	/** What its script printed: kept with the study. */
	readonly log: string;
}

/** Folders of a store that hold files of its studies' scripts, by study. */
export const scriptFolders = ["logs", "running"] as const;

/** Names a trial in a folder: `tuning-batch32-rate0.125-seed0-cap500`. */
export const trialName = (trial: TrialSpec): string =>
	`${trial.phase}-batch${trial.batchSize}-rate${trial.learningRate}${settingKey(trial)}-seed${trial.seedIndex}-cap${trial.cap}`.replace(
		/[ /]+/g,
		"-",
	);

/** Where the scripts of a study keep what they have and say, in its store's folder. */
export class StudyFiles {
	/** Of the trials that run. */
	readonly running: string;
	readonly #logs: string;

	/** `store`: the store's folder. */
	constructor(store: string, study: string) {
		this.running = resolve(store, "running", study);
		this.#logs = resolve(store, "logs", study);
	}

	/** Makes a trial's folders where there are none. */
	open(trial: TrialSpec): TrialFiles {
		const folder = join(this.running, trialName(trial));
		const checkpoints = join(folder, "checkpoints");
		mkdirSync(checkpoints, { recursive: true });
		mkdirSync(this.#logs, { recursive: true });
		return { folder, events: join(folder, "events.jsonl"), checkpoints, log: this.logOf(trial) };
	}

	logOf(trial: TrialSpec): string {
		return join(this.#logs, `${trialName(trial)}.log`);
	}

	/** Takes away what a stored trial doesn't need any more. */
	stored(trial: TrialSpec): void {
		rmSync(join(this.running, trialName(trial)), { recursive: true, force: true });
	}

	/** The study is complete. */
	finished(): void {
		rmSync(this.running, { recursive: true, force: true });
	}
}
