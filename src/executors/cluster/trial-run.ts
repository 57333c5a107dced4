import type { Evaluation, TrialResult, TrialSpec } from "../../core/trial.js";
import type { Executor, LostTrial, TrialProgress } from "../../study/contracts.js";
import { failedResult } from "../failed.js";

type Ended = TrialResult | LostTrial;

/** A trial that waits, is with a job, or has ended. */
export class TrialRun {
	/** Its result is known, or it was given up: later messages about it don't count. */
	isSettled = false;
	/** The furthest step that this attempt has shown. */
	step = 0;
	#reported = Number.NEGATIVE_INFINITY;
	#looks: Evaluation[] = [];
	readonly #resolve: (ended: Ended) => void;
	readonly #reject: (error: unknown) => void;

	constructor(
		readonly spec: TrialSpec,
		private readonly onProgress: Parameters<Executor["run"]>[2],
		settlers: { readonly resolve: (ended: Ended) => void; readonly reject: (error: unknown) => void },
	) {
		this.#resolve = settlers.resolve;
		this.#reject = settlers.reject;
	}

	settle(ended: Ended): void {
		if (this.isSettled) return;
		this.isSettled = true;
		this.#resolve(ended);
	}

	cancel(): void {
		this.settle({ ...failedResult(null), outcome: "cancelled" });
	}

	fail(error: unknown): void {
		if (this.isSettled) return;
		this.isSettled = true;
		this.#reject(error);
	}

	/** It runs on this machine, for the first time or again. */
	begin(machine: string): void {
		this.step = 0;
		this.#looks = [];
		this.#reported = Number.NEGATIVE_INFINITY;
		if (!this.isSettled) this.onProgress?.({ step: 0, evaluations: [], machine });
	}

	look({ step, evaluations }: TrialProgress): void {
		this.step = Math.max(this.step, step);
		this.#looks.push(...evaluations);
		if (this.isSettled || performance.now() - this.#reported < millisecondsBetweenReports) return;
		this.#reported = performance.now();
		this.onProgress?.({ step, evaluations: this.#looks });
		this.#looks = [];
	}
}

/** Progress is for people, who can't read faster. */
const millisecondsBetweenReports = 100;
