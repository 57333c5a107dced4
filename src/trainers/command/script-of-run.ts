import { goalMetric } from "../../core/goal.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { TrialEvents } from "../../study/contracts.js";
import { filled } from "../../study/workloads/command/placeholders.js";
import { metricsOnDisk, outputPatterns } from "../../study/workloads/command/workload.js";
import { isTied } from "../../study/workloads/table.js";
import { ReportWatch } from "../report-watch.js";
import { Bell } from "./bell.js";
import { Chunks } from "./chunks.js";
import { environmentOf } from "./environment.js";
import { type TrialFiles, trialName } from "./files.js";
import { hearingOf } from "./heard/hearing-of.js";
import { endLastLine, saidBefore } from "./history.js";
import { TrialLog } from "./log.js";
import { prepareOutput, removeIfEmpty } from "./output.js";
import { plannedSteps } from "./planned-steps.js";
import { reachedBy } from "./reached.js";
import { Reports } from "./reports.js";
import { ScriptRun } from "./run.js";
import { Silence } from "./silence.js";
import type { ScriptSite, ScriptStudy } from "./site.js";
import { TrialClock } from "./trial-clock.js";
import { trialValues } from "./trial-values.js";
import { Columns } from "./written/columns.js";
import { WrittenFiles } from "./written/written-files.js";

/** One start of a script, and what is made of what it says. */
export interface Attempt {
	readonly watch: ReportWatch;
	readonly reports: Reports;
	readonly run: ScriptRun;
}

/** Where an earlier trial left a run. */
export type Before = NonNullable<TrialResult["before"]>;

/**
 * The script of a run, over all of its trials: one as a rule, several where they continue each other, between which it stands still. It is
 * started again where it failed by the machine's fault.
 */
export class ScriptOfRun {
	readonly bell = new Bell();
	/** Its time but for what it waited, to be started or to go on. */
	readonly clock = new TrialClock();
	readonly log: TrialLog;
	/** Of its first trial: what it is given there stays in use. */
	readonly files: TrialFiles;
	/** Null while the script waits to run. */
	silence: Silence | null = null;
	/** Null where all of its steps are its present trial's own. */
	before: Before | null = null;
	/** Whether it has gone on after it had been stopped. */
	stoodStill = false;
	/** Null until it is started. */
	attempt: Attempt | null = null;
	chunks: Chunks | null = null;
	readonly #program: ConstructorParameters<typeof ScriptRun>[0];
	readonly #trials: TrialSpec[] = [];
	/** What its clock showed when its present trial began. */
	#secondsBefore = 0;
	#pausedAt: number | null = null;

	constructor(
		private readonly study: ScriptStudy,
		private readonly site: ScriptSite,
		private trial: TrialSpec,
	) {
		const { workload } = study;
		this.#trials.push(trial);
		this.files = site.files.open(trial);
		this.log = new TrialLog(this.files.log);
		const planned = { ...trial, cap: plannedSteps(study, trial) };
		const values = trialValues(study, planned, this.files.output);
		prepareOutput(workload, values);
		this.#program = {
			command: workload.command.map((text) => filled(text, values)),
			directory: workload.directory,
			environment: environmentOf(study, trial, planned.cap, this.files, values, site.variables),
			patterns: outputPatterns(workload),
		};
	}

	/** Starts it, for the first time or again. */
	start(): Attempt {
		const { study, site, trial, files } = this;
		const watch = new ReportWatch(study, trial, isTied(study.workload) ? "by itself" : "at the cap");
		const written = this.#written();
		const earlier = [...saidBefore(files, outputPatterns(study.workload), hearingOf(study, site.allMetrics)), ...(written?.earlier ?? [])];
		for (const file of [files.events, files.stdout, files.stderr]) endLastLine(file);
		const reports = new Reports(watch, study, trial, trialName(this.#trials[0]), earlier);
		this.clock.wait();
		this.silence = null;
		this.before = null;
		this.stoodStill = false;
		this.chunks = new Chunks(watch, reports, this.attempt !== null);
		site.owners.runs(this);
		const listener = {
			onAlive: () => {
				this.clock.goOn();
				this.silence = new Silence(performance.now(), site.leastSilenceMilliseconds);
				this.bell.ring();
			},
			onOver: this.bell.ring,
			onHeard: () => this.silence?.broken(performance.now()),
		};
		const run = new ScriptRun(this.#program, files, this.log, reports, site, listener, {
			hearing: hearingOf(study, site.allMetrics),
			written,
		});
		this.attempt = { watch, reports, run };
		return this.attempt;
	}

	/** The files that it writes its metrics to, where the study names them. */
	#written(): WrittenFiles | null {
		const { study, site, trial, files } = this;
		const onDisk = metricsOnDisk(study.workload);
		if (!onDisk) return null;
		return new WrittenFiles({
			onDisk,
			columns: new Columns(onDisk.names, goalMetric(study.goal), site.allMetrics),
			directory: study.workload.directory,
			trialFolder: files.output,
			owners: site.owners,
			script: this,
			stepOf(place) {
				const reached = reachedBy(place, trial.batchSize, study.data.train);
				return "wrong" in reached ? Number.NaN : reached.step;
			},
		});
	}

	/** The trial that it was left at: its cap. */
	get cap(): number {
		return this.trial.cap;
	}

	/** Seconds of its run: of all its trials, where this one continues them. */
	get seconds(): number {
		return this.clock.seconds - (this.before === null ? this.#secondsBefore : 0);
	}

	/** Whether it has ended in a way that nothing can go on from. */
	get isBroken(): boolean {
		const exit = this.attempt?.run.exit ?? null;
		return exit !== null && exit.code !== 0;
	}

	/**
	 * Stops it where it is, and takes in all that it has said by then. Returns whether it stands still: it has ended, or can't go on by
	 * itself.
	 */
	async pause(): Promise<boolean> {
		const { attempt } = this;
		if (!attempt?.reports.mayGoOn || this.isBroken || !(await attempt.run.pause())) return false;
		this.clock.wait();
		this.site.owners.rests(this);
		this.#pausedAt ??= performance.now();
		return true;
	}

	/**
	 * Goes on with another trial of its run, with a higher cap. Its processes stand still as long as what it has said already ends that as
	 * well.
	 */
	goOn(trial: TrialSpec): void {
		const { attempt } = this;
		if (!attempt) return;
		const { steps, examples } = attempt.watch.result(0);
		this.before = { steps, examples };
		this.trial = trial;
		this.#trials.push(trial);
		this.#secondsBefore = this.clock.seconds;
		this.log.goOnIn(this.site.files.logOf(trial));
		attempt.reports.goOn(trial.cap);
		this.chunks = new Chunks(attempt.watch, attempt.reports, false);
		if (attempt.watch.ended) return;
		const paused = performance.now() - (this.#pausedAt ?? performance.now());
		this.#pausedAt = null;
		this.clock.goOn();
		this.silence?.goOn(performance.now());
		this.stoodStill ||= attempt.run.exit === null;
		this.site.owners.runs(this);
		attempt.run.goOn(paused);
		this.bell.ring();
	}

	/** The last chunk of its present trial. Seconds are of all its attempts, the steps' clock is the last one's. */
	lastChunk({ watch, reports, run }: Attempt): TrialEvents & { readonly result: TrialResult } {
		const { gradients } = reports;
		const clock = reports.clock(run.start?.at ?? run.launchedAt);
		const result: TrialResult = {
			...watch.result(this.clock.seconds - this.#secondsBefore),
			...(this.before && { before: this.before }),
			...(gradients.length > 0 && { gradientNorms: [...gradients] }),
			...(clock && { clock }),
			...(run.start && { machine: run.start.machine }),
		};
		const rest = this.chunks?.rest() ?? { step: watch.step, evaluations: watch.evaluations };
		return { ...rest, result };
	}

	/** Resolves when its processes are gone. May be called again. */
	async end(): Promise<void> {
		await this.attempt?.run.stop(1000 * this.study.workload.grace);
		this.site.owners.rests(this);
		removeIfEmpty(this.files.output);
		for (const trial of this.#trials.splice(0)) this.site.files.gone(trial);
		this.log.close();
	}
}
