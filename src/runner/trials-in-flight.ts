import { SweetspotError } from "../core/errors.js";
import { columnKey, type Phase, type TrialResult, type TrialSpec, trialKey } from "../core/trial.js";
import type { Executor, LostTrial } from "../study/contracts.js";
import type { Asked } from "../study/reason.js";
import type { InFlight, RunEvent } from "./events.js";

/** A trial that is lost this often in a row without progress is given up: it would be lost again. */
const mostLosses = 3;

/** Tuning first: the next batch size waits for it, while reporting runs can fill any gap. */
const urgency = (phase: Phase): number => (phase.endsWith("tuning") ? 0 : phase === "selecting" ? 1 : 2);

export interface InFlightOptions {
	readonly executor: Executor;
	/** Aborting it cancels what runs; nothing further is handed out. */
	readonly stopped: AbortSignal;
	readonly onEvent: (event: RunEvent) => void;
	/** A trial has its result, and is no longer in flight. */
	readonly onResult: (spec: TrialSpec, result: TrialResult) => void;
	/** A trial can't be run at all, or its result can't be kept. */
	readonly onBroken: (error: unknown) => void;
}

/** The trials of a run that wait or are with the executor. */
export class TrialsInFlight {
	readonly #options: InFlightOptions;
	readonly #running = new Map<string, { readonly spec: TrialSpec; readonly ended: Promise<void> }>();
	/** Of an executor with a queue: the machine that each trial runs on. */
	readonly #machines = new Map<string, string>();
	/** How often in a row each was lost. */
	readonly #losses = new Map<string, number>();
	#waiting: Asked[] = [];

	constructor(options: InFlightOptions) {
		this.#options = options;
	}

	/** Trials that the executor holds; if it has no queue, without the one that waits for a slot. */
	get load(): InFlight {
		const { slots, ahead } = this.#options.executor;
		if (ahead === undefined) return { running: Math.min(this.#running.size, slots) };
		const machines = [...new Set(this.#machines.values())].sort();
		return { running: this.#machines.size, queue: { waiting: this.#running.size - this.#machines.size, machines } };
	}

	/** Replaces the waiting trials; those that already run are left out. */
	want(asked: readonly Asked[]): void {
		this.#waiting = asked
			.filter(({ spec }) => !this.#running.has(trialKey(spec)))
			.sort((a, b) => urgency(a.spec.phase) - urgency(b.spec.phase));
		this.#options.onEvent({ kind: "planned", trials: [...this.#waiting] });
	}

	/** Starts one more than can run at once, so that no slot waits while a result is stored; or as many as the executor's queue takes. */
	handOut(): void {
		const { executor, stopped, onEvent } = this.#options;
		const most = executor.ahead ?? executor.slots + 1;
		while (this.#running.size < most && !stopped.aborted) {
			const asked = this.#waiting.shift();
			if (!asked) return;
			const { spec, reason } = asked;
			this.#running.set(trialKey(spec), { spec, ended: this.#run(asked) });
			onEvent({ kind: "started", trial: spec, reason, ...this.load });
		}
	}

	/** Whether nothing of this trial's column runs or waits. */
	isIdle(spec: TrialSpec): boolean {
		const sameColumn = (other: { readonly spec: TrialSpec }) => columnKey(other.spec) === columnKey(spec);
		return !this.#waiting.some(sameColumn) && ![...this.#running.values()].some(sameColumn);
	}

	/** Resolves when nothing runs any more. */
	async ended(): Promise<void> {
		while (this.#running.size > 0) await Promise.race([...this.#running.values()].map(({ ended }) => ended));
	}

	async #run(asked: Asked): Promise<void> {
		const { executor, stopped, onEvent, onResult, onBroken } = this.#options;
		const { spec } = asked;
		const key = trialKey(spec);
		try {
			await null; // so that it counts as running before it can end
			const end = await executor.run(spec, stopped, ({ step, evaluations, machine }) => {
				if (machine !== undefined) {
					this.#machines.set(key, machine);
					onEvent({ kind: "placed", trial: spec, machine, ...this.load });
				}
				if (evaluations.length > 0) onEvent({ kind: "looks", trial: spec, step, evaluations });
			});
			this.#leave(key);
			if (end.outcome === "lost") return this.#lost(asked, end);
			if (end.outcome === "cancelled") {
				// It was cancelled without being asked to: its slot was taken away.
				if (!stopped.aborted) this.#lost(asked, { outcome: "lost", message: "it was cancelled from outside" });
				return;
			}
			this.#losses.delete(key);
			onResult(spec, end);
		} catch (error) {
			this.#leave(key);
			onBroken(error);
		}
	}

	#leave(key: string): void {
		this.#running.delete(key);
		this.#machines.delete(key);
	}

	/** Puts the trial back at the head of the queue. */
	#lost(asked: Asked, { message, progress }: LostTrial): void {
		const { stopped, onEvent } = this.#options;
		const { spec } = asked;
		if (stopped.aborted) return;
		const losses = progress ? 1 : (this.#losses.get(trialKey(spec)) ?? 0) + 1;
		this.#losses.set(trialKey(spec), losses);
		onEvent({ kind: "lost", trial: spec, message, ...this.load });
		if (losses >= mostLosses)
			throw new SweetspotError(
				"executor/losing",
				`the trial at batch size ${spec.batchSize} and learning rate ${spec.learningRate} was lost ${losses} times in a row without getting any further; at last: ${message}`,
				"Every finished trial is kept: find out why trials vanish, and continue the study with `sweetspot resume`.",
			);
		this.#waiting.unshift(asked);
		this.handOut();
	}
}
