import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { moreRoom, SweetspotError } from "../../core/errors.js";
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
	/** What its script prints, as its host writes it there. */
	readonly stdout: string;
	readonly stderr: string;
	/** The events that patterns found in that. */
	readonly printed: string;
	/** A folder for what its script writes, made where the study names it: kept with the study. */
	readonly output: string;
	/** What its script printed but for events: kept with the study. */
	readonly log: string;
}

/** Folders of a store that hold files of its studies' scripts, by study. */
export const scriptFolders = ["logs", "running", "outputs"] as const;

/** Names a trial in a folder: `tuning-batch32-rate0.125-seed0-cap500`. */
export const trialName = (trial: TrialSpec): string =>
	`${trial.phase}-batch${trial.batchSize}-rate${trial.learningRate}${settingKey(trial)}-seed${trial.seedIndex}-cap${trial.cap}`.replace(
		/[ /]+/g,
		"-",
	);

/** The files of a study's scripts, in its store's folder. */
export class StudyFiles {
	/** Of the trials that run. */
	readonly running: string;
	readonly #logs: string;
	readonly #outputs: string;
	/** Trials that are stored while their processes wind up, and such whose processes are gone before they are stored. */
	readonly #stored = new Set<string>();
	readonly #gone = new Set<string>();

	/** `store`: the store's folder. */
	constructor(store: string, study: string) {
		this.running = resolve(store, "running", study);
		this.#logs = resolve(store, "logs", study);
		this.#outputs = resolve(store, "outputs", study);
	}

	/** Makes a trial's folders where there are none. */
	open(trial: TrialSpec): TrialFiles {
		const folder = join(this.running, trialName(trial));
		const checkpoints = join(folder, "checkpoints");
		try {
			mkdirSync(checkpoints, { recursive: true, mode: 0o700 });
			mkdirSync(this.#logs, { recursive: true, mode: 0o700 });
		} catch (cause) {
			const { code = "", message } = cause as NodeJS.ErrnoException;
			if (code !== "ENOSPC" && code !== "EDQUOT") throw cause;
			throw new SweetspotError("store/full", message, moreRoom, { cause });
		}
		return {
			folder,
			events: join(folder, "events.jsonl"),
			checkpoints,
			stdout: join(folder, "stdout"),
			stderr: join(folder, "stderr"),
			printed: join(folder, "printed.jsonl"),
			output: join(this.#outputs, trialName(trial)),
			log: this.logOf(trial),
		};
	}

	logOf(trial: TrialSpec): string {
		return join(this.#logs, `${trialName(trial)}.log`);
	}

	/** The trial is in the store: its files are removed once its processes are gone. */
	stored(trial: TrialSpec): void {
		this.#settle(trial, this.#stored, this.#gone);
	}

	/** The trial's processes are gone. */
	gone(trial: TrialSpec): void {
		this.#settle(trial, this.#gone, this.#stored);
	}

	/** The study is complete. */
	finished(): void {
		removed(this.running);
	}

	#settle(trial: TrialSpec, one: Set<string>, other: Set<string>): void {
		const name = trialName(trial);
		if (other.delete(name)) removed(join(this.running, name));
		else one.add(name);
	}
}

/** What can't be removed does no harm. */
function removed(folder: string): void {
	try {
		rmSync(folder, { recursive: true, force: true });
	} catch {}
}
