import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Continuations } from "../../core/continuation.js";
import { internal } from "../../core/errors.js";
import { type TrialSpec, trialKey } from "../../core/trial.js";
import type { Executor } from "../../study/contracts.js";
import { answered } from "./answered.js";
import { Bell } from "./bell.js";
import type { ClusterOptions } from "./cluster-options.js";
import { makePrivateFolder, writePrivateFile } from "./folder.js";
import { Furthest } from "./furthest.js";
import { type JobFile, jobVersion, stopFileOf } from "./job-files.js";
import type { JobState } from "./job-system.js";
import { packed } from "./pack.js";
import { given } from "./sent-continuation.js";
import { SharedSignals } from "./shared-signals.js";
import { StuckQueue } from "./stuck-queue.js";
import { Submissions } from "./submissions.js";
import { TrialPace } from "./trial-pace.js";
import { TrialRun } from "./trial-run.js";
import { TrialsJob } from "./trials-job.js";

/** Trials that are requested within this time are handed over together. */
const gatherMilliseconds = 50;

/** The files of jobs are read this often. */
const lookMilliseconds = 200;

/** Trials that may wait in a queue at once. */
const mostAhead = 1000;

/** On closing, jobs that were asked to end get this long. */
const closingMilliseconds = 60_000;

/**
 * Runs trials as jobs of a job system. It packs short ones, hands a round over together, follows the messages, and decides what a lost job
 * means. All job systems share it.
 *
 * A job that ends without the result of a trial has lost it. The trial that was running is reported as lost, and the runner asks for it
 * again. Those that waited behind it in the same job wait again, as if nothing had happened. Messages about an abandoned trial never count.
 */
export class ClusterExecutor implements Executor {
	readonly slots: number;
	readonly ahead = mostAhead;
	/** See `Executor`. */
	onRemark: Executor["onRemark"];
	readonly #options: ClusterOptions;
	readonly #submissions: Submissions;
	readonly #jobs = new Map<string, TrialsJob>();
	readonly #furthest = new Furthest();
	/** Where jobs left runs of networks. */
	readonly #continuations = new Continuations();
	readonly #bell = new Bell();
	readonly #loop: Promise<void>;
	readonly #signals = new SharedSignals(() => this.#bell.ring());
	readonly #pace = new TrialPace();
	readonly #stuck: StuckQueue;
	#waiting: TrialRun[] = [];
	#askedAt = 0;
	#rounds = 0;
	#closed = false;
	#toCancel: string[] = [];
	/** When the job system is asked next, and the pause after that. */
	#pollAt = 0;
	#pause: number;

	constructor(options: ClusterOptions) {
		this.#options = options;
		this.slots = options.slots;
		this.#submissions = new Submissions(options.system, options.slots);
		this.#stuck = new StuckQueue(options.system.name);
		this.#pause = options.system.pace.least;
		this.#loop = this.#follow();
	}

	run(trial: TrialSpec, signal: AbortSignal, onProgress?: Parameters<Executor["run"]>[2]): ReturnType<Executor["run"]> {
		if (this.#closed) throw internal("a closed executor was asked to run a trial");
		return new Promise((resolve, reject) => {
			const run = new TrialRun(trial, onProgress, { resolve, reject });
			if (signal.aborted) {
				run.cancel();
				return;
			}
			if (this.#waiting.length === 0) this.#askedAt = performance.now();
			this.#waiting.push(run);
			this.#bell.ring();
			this.#signals.add(run, signal);
		});
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const run of [...this.#waiting, ...[...this.#jobs.values()].flatMap(({ runs }) => runs)]) run.cancel();
		this.#bell.ring();
		await this.#loop;
	}

	/** Runs until everything is closed and every job has ended. */
	async #follow(): Promise<void> {
		let until = Number.POSITIVE_INFINITY;
		for (;;) {
			try {
				this.#waiting = this.#waiting.filter(({ isSettled }) => !isSettled);
				if (!this.#closed) await this.#submit();
				for (const [id, job] of this.#speaking()) this.#read(id, job);
				await this.#cancel();
				if (this.#jobs.size > 0 && performance.now() >= this.#pollAt) await this.#poll();
			} catch (error) {
				this.#failAll(error);
			}
			if (this.#closed) until = Math.min(until, performance.now() + closingMilliseconds);
			if (this.#closed && (this.#jobs.size === 0 || performance.now() > until)) return;
			const idle = this.#waiting.length === 0 && this.#jobs.size === 0;
			const isDue = this.#closed || (this.#waiting.length > 0 && this.#submissions.free > 0 && !this.#isScouting);
			await this.#bell.wait(idle ? null : isDue ? gatherMilliseconds : lookMilliseconds);
		}
	}

	async #submit(): Promise<void> {
		const free = this.#submissions.free;
		if (this.#waiting.length === 0 || performance.now() < this.#askedAt + gatherMilliseconds) return;
		if (free === 0 || this.#isScouting) return;
		const runs = this.#waiting.splice(0, this.#pace.isUnknown ? this.slots : this.#waiting.length);
		const folder = join(this.#options.folder, `round-${++this.#rounds}`);
		const jobs = packed(runs, this.slots, this.#pace.mean).map((pack, i) => {
			const file = join(folder, `${i}.json`);
			const from = given(
				[...new Set(pack.flatMap(({ spec }) => this.#continuations.find(spec) ?? []))],
				this.#options.system.can.sharesFolder,
			);
			const task = { kind: "trials", trials: pack.map(({ spec }) => spec), ...(from.length > 0 && { from }) } as const;
			return new TrialsJob(file, pack, task, this.#options.keepLog, (one) => this.#continuations.keep(one));
		});
		const { session } = this.#options;
		try {
			makePrivateFolder(folder);
			for (const { file, task } of jobs) writePrivateFile(file, JSON.stringify({ version: jobVersion, session, task } satisfies JobFile));
			const ids = await this.#submissions.submit(jobs, free);
			for (const [i, job] of jobs.entries()) this.#jobs.set(ids[i], job);
		} catch (error) {
			for (const run of runs) run.fail(error);
		}
		this.#hurry();
	}

	/** Jobs that may have written messages: those that run, and as many others as may run. */
	#speaking(): readonly (readonly [id: string, job: TrialsJob])[] {
		const all = [...this.#jobs].filter(([, { wasDone }]) => !wasDone);
		return [...all.filter(([, { hasBegun }]) => hasBegun), ...all.filter(([, { hasBegun }]) => !hasBegun).slice(0, this.slots)];
	}

	/** Whether the other trials wait until the duration of the first is known. */
	get #isScouting(): boolean {
		return this.#pace.isUnknown && this.#jobs.size > 0;
	}

	/** Reads the new messages of a job. A job that has reported everything needs no more reading. */
	#read(id: string, job: TrialsJob): void {
		for (const { seconds } of job.read()) this.#pace.took(seconds);
		if (job.hasBegun) this.#pace.begun();
		if (job.isBroken && !job.wasCancelled) {
			// Its further messages can't be used: end it, and run its trials elsewhere.
			this.#giveUp(id, job);
			this.#lost(job, null);
		}
		if (job.hasAllResults && !job.wasDone) {
			job.wasDone = true;
			this.#submissions.ended(id); // only the end of its process remains
			this.#hurry();
		}
	}

	#giveUp(id: string, job: TrialsJob): void {
		job.wasCancelled = true;
		this.#toCancel.push(id);
		try {
			writeFileSync(stopFileOf(job.file), "", { mode: 0o600 });
		} catch {} // a full disk: it is cancelled anyway
	}

	/** Ends jobs whose trials have all been given up. */
	async #cancel(): Promise<void> {
		for (const [id, job] of this.#jobs) {
			if (!job.wasCancelled && !job.wasDone && job.isDone) this.#giveUp(id, job);
		}
		if (this.#toCancel.length === 0) return;
		await this.#options.system.cancel(this.#toCancel.splice(0));
		this.#hurry();
	}

	async #poll(): Promise<void> {
		const { system } = this.#options;
		const states = await answered(system);
		this.#pollAt = performance.now() + this.#pause;
		this.#pause = Math.min(system.pace.most, 1.5 * this.#pause);
		if (states === null) return;
		const remark = this.#closed ? null : this.#stuck.after([...states.values()], performance.now());
		if (remark !== null) this.onRemark?.(remark);
		for (const [id, job] of this.#jobs) this.#see(id, job, states.get(id) ?? null);
		await this.#submissions.widen();
	}

	#see(id: string, job: TrialsJob, state: JobState | null): void {
		if (state !== null && state.kind !== "ended") {
			job.endedAt = null;
			if (job.wasCancelled) this.#toCancel.push(id); // the request may have been lost
			return;
		}
		job.endedAt ??= performance.now();
		this.#read(id, job);
		const isComplete = job.isDone || job.wasCancelled;
		// A job that is missing just after it was handed over may simply not be listed yet.
		if (!isComplete && !job.saidItsLast && performance.now() < job.endedAt + this.#options.system.pace.arrival) {
			this.#hurry();
			return;
		}
		this.#jobs.delete(id);
		this.#submissions.ended(id);
		this.#hurry();
		if (isComplete) return;
		// It may be held in the queue, a restarted controller may list it again, and what a node ran may outlive the daemon that ran it.
		this.#giveUp(id, job);
		this.#lost(job, state);
	}

	/** The trial that ran is lost, the others of the job wait again. */
	#lost(job: TrialsJob, state: JobState | null): void {
		const shortage = this.#options.shortage();
		if (shortage) {
			for (const run of job.runs) run.fail(shortage);
			this.#failAll(shortage);
			return;
		}
		const { run, others, end } = job.ending(state, this.#options.system.name, this.#options.areScripts);
		this.#waiting = [...others, ...this.#waiting];
		if (others.length > 0) this.#askedAt = performance.now();
		if (run === null) return;
		if (end.outcome === "unable") run.fail(end.error);
		else if (end.outcome !== "lost") run.settle(end);
		else {
			const progress = this.#furthest.isFurther(trialKey(run.spec), run.step) && this.#options.areScripts;
			run.settle({ ...end, ...(progress && { progress }) });
		}
	}

	#failAll(error: unknown): void {
		for (const run of [...this.#waiting.splice(0), ...[...this.#jobs.values()].flatMap(({ runs }) => runs)]) run.fail(error);
	}

	/** Something has happened, so ask the job system again soon. */
	#hurry(): void {
		this.#pause = this.#options.system.pace.least;
		this.#pollAt = Math.min(this.#pollAt, performance.now() + this.#pause);
	}
}
