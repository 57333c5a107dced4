import { settingOf } from "../../core/setting.js";
import { mayBeContinued, type TrialSpec } from "../../core/trial.js";
import { turn } from "../../core/turn.js";
import type { StopSignal } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { heldValues } from "../../study/workloads/held.js";
import { heldBy } from "../../study/workloads/table.js";
import type { Report } from "../report.js";
import { ReportWatch } from "../report-watch.js";
import { reportsOf, type TrainFunction } from "./train-function.js";

/** Milliseconds for which a generator that never waits may keep the thread. */
const longestTurnMilliseconds = 20;

/** One run of a trainer of the user's own, over all of its trials: one as a rule, several where they continue each other. */
export class ModuleRun {
	readonly watch: ReportWatch;
	/** Resolves when the trial is over for a reason of its own. */
	readonly over: Promise<void>;
	readonly #controller = new AbortController();
	/** The iterator over its reports, once it has started; null if it reports by callback. */
	#reports: ReturnType<typeof reportsOf> = null;
	/** That of its present trial. */
	#stop: StopSignal = { stopped: false };
	#began = 0;
	/** Milliseconds that its trials before took, and its present one, once that is over. */
	#before = 0;
	#lasted = 0;

	constructor(
		private readonly train: TrainFunction,
		private readonly study: Study,
		private trial: TrialSpec,
	) {
		this.watch = new ReportWatch(study, trial);
		this.over = new Promise((resolve) => this.#controller.signal.addEventListener("abort", () => resolve(), { once: true }));
	}

	get cap(): number {
		return this.trial.cap;
	}

	/** Whether it is suspended at its trial's cap, and can continue from there. */
	get mayGoOn(): boolean {
		return this.#reports !== null && this.watch.ended?.outcome === "missed" && mayBeContinued(this.trial);
	}

	/** Of its present trial. */
	get seconds(): number {
		return (performance.now() - this.#began) / 1000;
	}

	/** Starts, or continues with another trial of its run. Resolves when the trainer has returned or is suspended. */
	async go(trial: TrialSpec, stop: StopSignal): Promise<void> {
		const isFirst = trial === this.trial;
		this.#before += this.#lasted;
		this.trial = trial;
		this.#stop = stop;
		this.#began = performance.now();
		if (!isFirst) this.watch.goOn(trial.cap);
		try {
			if (isFirst) await this.#begin();
			if (this.#reports !== null) await this.#follow(this.#reports);
			else this.watch.returned();
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.watch.end(isOutOfMemory(message) ? "out of memory" : "failed", message);
		}
		this.#lasted = 1000 * this.seconds;
	}

	/** Whether the trial is over, by what was reported or by what came from outside. */
	isOver(): boolean {
		const { watch } = this;
		const limit = this.study.limits.seconds;
		if (this.#stop.stopped) watch.end("cancelled", null);
		else if (limit !== null && this.#before + performance.now() - this.#began > 1000 * limit)
			watch.end("timed out", `longer than ${limit} s at step ${watch.step}`);
		if (watch.ended && !this.mayGoOn) this.#controller.abort();
		return watch.ended !== null;
	}

	abort(): void {
		this.#controller.abort();
	}

	/** Ends it, since it is no longer needed. */
	async end(): Promise<void> {
		this.abort();
		try {
			await this.#reports?.return?.();
		} catch {} // its trial has its result
	}

	async #begin(): Promise<void> {
		const { batchSize, learningRate, seed } = this.trial;
		const made = this.train({
			batchSize,
			learningRate,
			...settingOf(this.trial),
			seed,
			held: heldValues(heldBy(this.study.workload), batchSize),
			isDue: (step) => this.watch.isDue(step) || this.#stop.stopped,
			report: (report) => this.#take(report),
			signal: this.#controller.signal,
		});
		this.#reports = reportsOf(made);
		if (this.#reports === null) await made;
	}

	async #follow(reports: NonNullable<ReturnType<typeof reportsOf>>): Promise<void> {
		for (let since = performance.now(); !this.isOver(); ) {
			const next = await reports.next();
			if (next.done) {
				this.watch.returned();
				return;
			}
			if (this.#take(next.value)) return;
			if (performance.now() - since < longestTurnMilliseconds) continue;
			await turn();
			since = performance.now();
		}
	}

	#take(report: Report): boolean {
		return this.isOver() || (this.watch.report(report) && this.isOver());
	}
}

/** What V8 and the libraries on it say when memory runs out. */
const isOutOfMemory = (message: string): boolean =>
	/out of memory|allocation failed|invalid (typed )?array (buffer )?length/i.test(message);
