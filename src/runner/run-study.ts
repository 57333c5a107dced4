import { columnKey, type FinishedTrial, type Phase, type TrialSpec, trialKey } from "../core/trial.js";
import type { Design, Executor, Store, StoredStudy } from "../study/contracts.js";
import { progressOf, withinTime } from "../study/progress.js";
import { digestOf } from "./digest.js";
import type { RunEvent } from "./events.js";
import { FirstFailures } from "./first-failures.js";

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
	 * What is left to do when the last trial is in, before the study counts as complete; done again where it was cut off or interrupted. True if it has given the
	 * design more to ask.
	 */
	readonly conclude?: () => Promise<boolean>;
}

/** Why a run ended. */
export type RunEnd = "complete" | "interrupted" | "out of time";

/** What a timer of Node's can wait for at most, in milliseconds: 24 days. */
const longestTimer = 2 ** 31 - 1;

/** What a killed session's account of its time lacks at most, but for the trial in flight. */
const secondsKeptEvery = 1;

/** Tuning first: the next batch size waits for it, while reporting runs can fill any gap. */
const urgency = (phase: Phase): number => (phase.endsWith("tuning") ? 0 : phase === "selecting" ? 1 : 2);

/**
 * Asks the design, hands its trials to the executor, stores each result as it comes, until the design has no more to ask, the signal is aborted or its
 * seconds are spent. Resuming is the same call again: the design is pure, and is asked with what is stored.
 *
 * Where a result can't be stored (a full disk) or an invariant breaks, what is in flight is cancelled, the study is left interrupted and the error thrown.
 */
export async function runStudy({ stored, store, design, executor, seconds, signal, onEvent, conclude }: Run): Promise<RunEnd> {
	const { id, study } = stored;
	const began = performance.now();
	const secondsToGo = (): number | null => (seconds === null ? null : Math.max(0, seconds - (performance.now() - began) / 1000));
	let countedUntil = began;
	const finished: FinishedTrial[] = [...store.trials(id)];
	let given = { extensions: store.extensions(id), calibration: store.calibration(id) };
	const firstFailures = new FirstFailures(finished.length > 0);
	const running = new Map<string, { readonly spec: TrialSpec; readonly ended: Promise<void> }>();
	let waiting: TrialSpec[] = [];
	let broken: { readonly error: unknown } | null = null;

	const cancelling = new AbortController();
	const stop = () => cancelling.abort();
	const stopped = AbortSignal.any([signal, cancelling.signal]);
	const timer = seconds === null || seconds <= 0 ? undefined : setTimeout(stop, Math.min(seconds * 1000, longestTimer));
	if (seconds !== null && seconds <= 0) stop();

	const ask = (): void => {
		waiting = design
			.next(study, finished, given)
			.filter((spec) => !running.has(trialKey(spec)))
			.sort((a, b) => urgency(a.phase) - urgency(b.phase));
	};
	/** Without the one that waits for a slot. */
	const runningNow = (): number => Math.min(running.size, executor.slots);
	/** One more than can run at once, so that no slot waits while a result is stored. */
	const handOut = (): void => {
		while (running.size <= executor.slots && !stopped.aborted) {
			const spec = waiting.shift();
			if (!spec) return;
			running.set(trialKey(spec), { spec, ended: runTrial(spec) });
			onEvent({ kind: "started", trial: spec, running: runningNow() });
		}
	};
	const runTrial = async (spec: TrialSpec): Promise<void> => {
		try {
			await null; // so that it is among those running before it can end
			const result = await executor.run(spec, stopped);
			running.delete(trialKey(spec));
			if (result.outcome !== "cancelled") keep({ spec, result });
		} catch (error) {
			running.delete(trialKey(spec));
			broken ??= { error };
			stop();
		}
	};
	/** Seconds since this was last asked. */
	const passed = (): number => {
		const since = countedUntil;
		countedUntil = performance.now();
		return (countedUntil - since) / 1000;
	};
	/** Whether nothing of this trial's column runs or waits. */
	const isIdle = ({ spec }: FinishedTrial): boolean => {
		const sameColumn = (other: TrialSpec) => columnKey(other) === columnKey(spec);
		return !waiting.some(sameColumn) && ![...running.values()].some((other) => sameColumn(other.spec));
	};
	/** Known to the design, but not stored: see `FirstFailures`. Places in `finished`. */
	let unstored: number[] = [];
	/** Stored before it is told: what was never stored is neither counted nor told. */
	const storeAll = (): readonly FinishedTrial[] => {
		const places = unstored;
		unstored = [];
		return places.map((place) => {
			finished[place] = store.append(id, finished[place]);
			return finished[place];
		});
	};
	const keep = (trial: FinishedTrial): void => {
		unstored.push(finished.push(trial) - 1);
		const stored = firstFailures.mayKeep(trial) ? storeAll() : [];
		// Now and then, so that a killed session's seconds count as well.
		if (performance.now() - countedUntil > secondsKeptEvery * 1000) store.setState(id, "running", passed(), null);
		// A round is over when its last trial is: nothing new can be asked while the column has trials running or waiting.
		if (isIdle(trial)) ask();
		handOut();
		tell(stored);
	};
	const tell = (trials: readonly FinishedTrial[]): void => {
		if (trials.length === 0) return;
		const answers = design.answers(study, finished, given);
		const progress = withinTime(progressOf(study, finished, answers, given.extensions, executor.slots), secondsToGo());
		for (const [i, trial] of trials.entries()) {
			const done = progress.done - (trials.length - 1 - i); // they are the last ones, told one after the other
			onEvent({ kind: "finished", trial, running: runningNow(), progress: { ...progress, done } });
		}
	};

	store.setState(id, "running", 0, null);
	const allOfThem = async (): Promise<void> => {
		while (running.size > 0) await Promise.race([...running.values()].map(({ ended }) => ended));
	};
	let complete = false;
	try {
		for (let more = true; more; ) {
			given = { extensions: store.extensions(id), calibration: store.calibration(id) };
			ask();
			handOut();
			await allOfThem();
			if (stopped.aborted) break;
			tell(storeAll());
			more = (await conclude?.()) ?? false;
			complete = !more && !signal.aborted; // a timer that ran out meanwhile has nothing left to stop
		}
	} catch (error) {
		broken = { error };
		stop();
		await allOfThem();
	}
	clearTimeout(timer);
	if (broken) {
		try {
			store.setState(id, "interrupted", passed(), null);
		} catch {
			// The store it broke on, most likely. A study without a writer counts as interrupted anyway.
		}
		throw (broken as { readonly error: unknown }).error;
	}
	if (complete) store.setState(id, "complete", passed(), digestOf(finished));
	else store.setState(id, "interrupted", passed(), null);
	return complete ? "complete" : signal.aborted ? "interrupted" : "out of time";
}
