import { after } from "../core/after.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Design, Executor, Store, StoredStudy } from "../study/contracts.js";
import { progressOf, withinTime } from "../study/progress.js";
import { EarlyWarnings } from "../words/early-warnings.js";
import { digestOf } from "./digest.js";
import type { RunEvent } from "./events.js";
import { FirstFailures } from "./first-failures.js";
import { isLongEnough } from "./long-enough.js";
import { TrialsInFlight } from "./trials-in-flight.js";

export interface Run {
	readonly stored: StoredStudy;
	readonly store: Store;
	readonly design: Design;
	readonly executor: Executor;
	/** Seconds after which the run ends as it stands; null: none. */
	readonly seconds: number | null;
	/** Aborting it ends the run: what is in flight is cancelled and forgotten, what is finished is kept. */
	readonly signal: AbortSignal;
	readonly onEvent: (event: RunEvent) => void;
	/**
	 * What remains to be done after the last trial, before the study counts as complete; repeated if it was interrupted. True if it has given
	 * the design more to ask.
	 */
	readonly conclude?: () => Promise<boolean>;
}

/** Why a run ended. */
export type RunEnd = "complete" | "interrupted" | "out of time";

/** At most this many seconds are missing from the recorded time of a killed session, apart from the trial in flight. */
const secondsBetweenAccounts = 1;

/**
 * Asks the design for trials, hands them to the executor and stores each result as it arrives, until the design has no more to ask, the
 * signal is aborted or the seconds are spent. To resume, make the same call again: the design is pure and sees what is stored. A lost trial
 * runs again.
 *
 * If a result can't be stored (a full disk) or an invariant breaks, trials in flight are cancelled, the study stays interrupted and the
 * error is thrown.
 */
export async function runStudy(run: Run): Promise<RunEnd> {
	const { seconds, signal } = run;
	const cancelling = new AbortController();
	const stop = () => cancelling.abort();
	const callOff = seconds === null || seconds <= 0 ? () => {} : after(seconds * 1000, stop);
	if (seconds !== null && seconds <= 0) stop();
	try {
		return await new StudyRun(run, AbortSignal.any([signal, cancelling.signal]), stop).toTheEnd();
	} finally {
		callOff();
	}
}

/** One run of a study, starting from what is stored. */
class StudyRun {
	readonly #run: Run;
	/** Aborted by the caller, by the clock, or by an error. */
	readonly #stopped: AbortSignal;
	readonly #stop: () => void;
	readonly #began = performance.now();
	readonly #flight: TrialsInFlight;
	readonly #finished: FinishedTrial[];
	readonly #firstFailures: FirstFailures;
	readonly #warnings: EarlyWarnings;
	/** Known to the design, but not stored: see `FirstFailures`. Places in `#finished`. */
	#unstored: number[] = [];
	#given: { extensions: ReturnType<Store["extensions"]>; calibration: ReturnType<Store["calibration"]> };
	/** This session's time is stored up to this moment. */
	#accountedUntil = this.#began;
	#broken: { readonly error: unknown } | null = null;

	constructor(run: Run, stopped: AbortSignal, stop: () => void) {
		this.#run = run;
		this.#stopped = stopped;
		this.#stop = stop;
		const { study } = run.stored;
		this.#finished = [...run.store.trials(run.stored.id)];
		this.#firstFailures = new FirstFailures(this.#finished.length > 0, (trial) => isLongEnough(study, trial));
		this.#warnings = new EarlyWarnings(run.stored.study, this.#finished);
		this.#given = this.#whatIsGiven();
		this.#flight = new TrialsInFlight({
			executor: run.executor,
			stopped,
			onEvent: run.onEvent,
			onResult: (spec, result) => this.#keep({ spec, result }),
			onBroken: (error) => this.#break(error),
		});
	}

	async toTheEnd(): Promise<RunEnd> {
		const { signal, executor, onEvent } = this.#run;
		executor.onRemark = (text) => {
			this.#warnings.add(text);
			onEvent({ kind: "warning", text, all: this.#warnings.said });
		};
		this.#setState("running", null);
		let complete = false;
		try {
			complete = await this.#asLongAsThereIsMore();
		} catch (error) {
			this.#break(error);
			await this.#flight.ended();
		}
		if (this.#broken) {
			try {
				this.#setState("interrupted", null);
			} catch {
				// Most likely the store itself failed. A study without a writer counts as interrupted anyway.
			}
			throw this.#broken.error;
		}
		if (complete) this.#setState("complete", digestOf(this.#finished));
		else this.#setState("interrupted", null);
		return complete ? "complete" : signal.aborted ? "interrupted" : "out of time";
	}

	/** True when the design has no more to ask and nothing is left to do. */
	async #asLongAsThereIsMore(): Promise<boolean> {
		const { conclude, signal } = this.#run;
		for (;;) {
			this.#given = this.#whatIsGiven();
			this.#ask();
			this.#flight.handOut();
			await this.#flight.ended();
			if (this.#stopped.aborted) return false;
			this.#announce(this.#storeAll());
			if (this.#next().length > 0) continue; // nothing runs, but the design is not done
			if (await conclude?.()) continue;
			return !signal.aborted; // a timer that ran out meanwhile has nothing left to stop
		}
	}

	#whatIsGiven() {
		const { store, stored } = this.#run;
		return { extensions: store.extensions(stored.id), calibration: store.calibration(stored.id) };
	}

	#next() {
		const { design, stored } = this.#run;
		return design.next(stored.study, this.#finished, this.#given);
	}

	#ask(): void {
		this.#flight.want(this.#next());
	}

	#break(error: unknown): void {
		this.#broken ??= { error };
		this.#stop();
	}

	#keep(trial: FinishedTrial): void {
		this.#unstored.push(this.#finished.push(trial) - 1);
		const stored = this.#firstFailures.mayKeep(trial) ? this.#storeAll() : [];
		// From time to time, so that the seconds of a killed session count too.
		if (performance.now() - this.#accountedUntil > secondsBetweenAccounts * 1000) this.#setState("running", null);
		// Nothing new can be asked while the column has trials running or waiting, so ask when its last one ends.
		if (this.#flight.isIdle(trial.spec)) this.#ask();
		this.#flight.handOut();
		this.#announce(stored);
	}

	/** Trials are stored before they are announced, so none is counted or announced that was never stored. */
	#storeAll(): readonly FinishedTrial[] {
		const { store, stored } = this.#run;
		const places = this.#unstored;
		this.#unstored = [];
		return places.map((place) => {
			this.#finished[place] = store.append(stored.id, this.#finished[place]);
			return this.#finished[place];
		});
	}

	#announce(trials: readonly FinishedTrial[]): void {
		if (trials.length === 0) return;
		const { design, stored, executor, seconds, onEvent } = this.#run;
		const answers = design.answers(stored.study, this.#finished, this.#given);
		const secondsToGo = seconds === null ? null : Math.max(0, seconds - (performance.now() - this.#began) / 1000);
		const whole = progressOf(stored.study, this.#finished, answers, this.#given.extensions, executor.slots);
		const progress = withinTime(whole, secondsToGo);
		const ladder = design.ladder?.(stored.study, this.#finished, this.#given);
		for (const [i, trial] of trials.entries()) {
			const done = progress.done - (trials.length - 1 - i); // they are the last ones, announced one after the other
			onEvent({ kind: "finished", trial, ...this.#flight.load, progress: { ...progress, done }, ...(ladder && { ladder: ladder.arms }) });
			const texts = this.#warnings.after(trial);
			for (const text of texts) onEvent({ kind: "warning", text, all: this.#warnings.said });
		}
	}

	/** With the seconds since this was last done. */
	#setState(state: StoredStudy["state"], digest: string | null): void {
		const { store, stored } = this.#run;
		const since = this.#accountedUntil;
		this.#accountedUntil = performance.now();
		store.setState(stored.id, state, (this.#accountedUntil - since) / 1000, digest);
	}
}
