import { readdirSync } from "node:fs";
import { type Evaluation, type TrialSpec, trialKey } from "../core/trial.js";
import { notRunning, type Running } from "../page/running.js";
import { liveFolder } from "../store/live/files.js";
import { followLive, type LiveReader } from "../store/live/reader.js";
import { thinned } from "../store/live/thinned.js";
import type { LiveEvent, LivePlan, LiveProgress } from "../study/live-event.js";

/** Looks that are kept of a running trial. */
const mostLooks = 256;

/** What one running study does, from its live file. */
class LiveStudy {
	readonly #reader: LiveReader;
	#state: Running["state"] = "none";
	readonly #trials = new Map<string, { readonly spec: TrialSpec; looks: readonly Evaluation[] }>();
	#plan: LivePlan | null = null;
	#progress: LiveProgress | null = null;
	#warnings: readonly string[] = [];
	/** A run begins with the timing of its steps. */
	#isTiming = true;
	/** Whether something has changed that `news` has not mentioned. */
	isNews = false;

	constructor(store: string, id: string) {
		this.#reader = followLive(store, id);
	}

	/** Reads what is new. */
	read(): void {
		const { state, restarted, events } = this.#reader.read();
		if (state !== this.#state || restarted || events.length > 0) this.isNews = true;
		this.#state = state;
		if (restarted || state !== "running") this.#forget();
		for (const event of events) this.#take(event);
	}

	/** Whether its steps may be being timed: until a run, of a resumed study as well, has planned a trial, and of a script at its end too. */
	get mayBeTimed(): boolean {
		return this.#state === "running" && this.#isTiming;
	}

	get standing(): Running {
		if (this.#state !== "running") return { ...notRunning, state: this.#state };
		return {
			state: "running",
			trials: [...this.#trials.values()],
			next: this.#plan?.trials ?? [],
			planned: this.#plan?.total ?? 0,
			progress: this.#progress,
			warnings: this.#warnings,
			isTiming: this.#isTiming,
		};
	}

	#forget(): void {
		this.#isTiming = true;
		this.#trials.clear();
		this.#plan = null;
		this.#progress = null;
		this.#warnings = [];
	}

	#take(event: LiveEvent): void {
		if (event.kind === "timing") this.#isTiming = true;
		if (event.kind === "planned" || event.kind === "trial started") this.#isTiming = false;
		if (event.kind === "trial started") this.#trials.set(trialKey(event.spec), { spec: event.spec, looks: [] });
		else if (event.kind === "trial ended") this.#trials.delete(event.trial);
		else if (event.kind === "planned") this.#plan = event;
		else if (event.kind === "progress") this.#progress = event;
		else if (event.kind === "warnings") this.#warnings = event.texts;
		else if (event.kind === "looks") {
			const trial = this.#trials.get(event.trial);
			if (trial === undefined) return;
			const looks = [...trial.looks, ...event.evaluations];
			trial.looks = looks.length > 2 * mostLooks ? thinned(looks, mostLooks) : looks;
		}
	}
}

/** What the running studies of a store do. */
export class LiveDesk {
	readonly #folder: string;
	readonly #studies = new Map<string, LiveStudy>();

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Whether any study runs. */
	get isBusy(): boolean {
		return this.#files().some((id) => this.of(id).state === "running");
	}

	/** Whether the steps of a study may be being timed now. Timing needs the machine to itself. */
	get mayBeTiming(): boolean {
		return this.#files().some((id) => {
			const study = this.#study(id);
			study.read();
			return study.mayBeTimed;
		});
	}

	of(id: string): Running {
		const study = this.#study(id);
		study.read();
		return study.standing;
	}

	/** The studies with news since the last call. */
	news(): readonly string[] {
		for (const id of this.#files()) this.#study(id);
		const changed: string[] = [];
		for (const [id, study] of this.#studies) {
			study.read();
			if (study.isNews) changed.push(id);
			study.isNews = false;
			if (study.standing.state === "none") this.#studies.delete(id);
		}
		return changed;
	}

	#study(id: string): LiveStudy {
		const known = this.#studies.get(id) ?? new LiveStudy(this.#folder, id);
		this.#studies.set(id, known);
		return known;
	}

	#files(): readonly string[] {
		try {
			return readdirSync(liveFolder(this.#folder)).flatMap((name) => (name.endsWith(".ndjson") ? [name.slice(0, -".ndjson".length)] : []));
		} catch {
			return []; // nothing runs
		}
	}
}
