import { goalMetric } from "../../core/goal.js";
import { type GradientNorms, mayBeContinued, type StepClock, type TrialSpec } from "../../core/trial.js";
import type { Study } from "../../study/study.js";
import type { Report } from "../report.js";
import { type ReportWatch, whatIsWrongWith } from "../report-watch.js";
import type { Parsed, ReportedPlace, TrainingEvent } from "./protocol.js";
import { type Reached, reachedBy } from "./reached.js";
import { Stretch } from "./stretch.js";

/**
 * Lines are read some milliseconds after they were written, more on a busy machine, and several at once: what lies closer together can't
 * be timed.
 */
const grainSeconds = 0.1;

/** What was said, and when it came. */
interface Said {
	readonly said: Parsed;
	/** Null where that isn't known: an earlier attempt said it. */
	readonly at: number | null;
}

/**
 * Makes reports of what a script says, one for each step: the metrics of a step may come in several lines. A step that lacks the goal's
 * metric so far waits for it until the next step begins; what comes after a step was looked at is added to it. The same value reported
 * twice counts once; another value for the same step is an error.
 */
export class Reports {
	readonly gradients: GradientNorms[] = [];
	/** Other trials that lines were about. Such lines count for nothing. */
	readonly strangers = new Set<string>();
	readonly #metric: string;
	readonly #examples: number;
	#cap: number;
	/** What earlier attempts reported, each list in order: taken as this one's own as far as it goes on from there. */
	#earlier: readonly (readonly TrainingEvent[])[];
	#hasSaidNothing = true;
	#held: Report | null = null;
	/** The report that was passed on last, and the step of the one before. */
	#last: Report = { step: 0, metrics: {} };
	#before = 0;
	/** By the script's own clock, and by when its lines came. */
	readonly #ownClock = new Stretch(0);
	readonly #heard = new Stretch(grainSeconds);
	#wasPaused = false;
	/** What was said after the trial was over, in order, for when it goes on; "pause": there the script was stopped. */
	readonly #rest: (Said | "pause")[] = [];

	constructor(
		private readonly watch: ReportWatch,
		{ goal, data }: Pick<Study, "goal" | "data">,
		private readonly trial: Pick<TrialSpec, "batchSize" | "cap" | "phase" | "until">,
		/** What events may call this trial. */
		private readonly name: string,
		earlier: readonly (readonly TrainingEvent[])[] = [],
	) {
		this.#earlier = earlier;
		this.#metric = goalMetric(goal);
		this.#examples = data.train;
		this.#cap = trial.cap;
	}

	/** Whether the trial is over by what was said. */
	get isOver(): boolean {
		return this.watch.ended !== null;
	}

	/** How many looks are complete: all, but for the last as long as nothing of a later step has come and the trial isn't over. */
	get settledLooks(): number {
		const { evaluations, ended } = this.watch;
		const mayGrow = ended === null && this.#held === null && evaluations.at(-1)?.step === this.#last.step;
		return evaluations.length - (mayGrow ? 1 : 0);
	}

	/** Whether the trial is over only as it came to its cap, and another one may go on from there. */
	get mayGoOn(): boolean {
		return this.watch.ended?.outcome === "missed" && mayBeContinued(this.trial);
	}

	/** The script was stopped: all that it had said by then was taken. */
	pause(): void {
		this.#rest.push("pause");
	}

	/** Goes on to a higher cap: with what was said after the trial came to its own first. */
	goOn(cap: number): void {
		this.#cap = cap;
		this.watch.goOn(cap);
		this.#passOnDecided();
		for (const one of this.#rest.splice(0)) {
			if (this.watch.ended) this.#keep(one);
			else if (one === "pause") this.#pauseClocks();
			else this.take(one.said, one.at);
		}
	}

	#pauseClocks(): void {
		this.#wasPaused = true;
		this.#ownClock.pause();
		this.#heard.pause();
	}

	#keep(one: Said | "pause"): void {
		if (this.mayGoOn) this.#rest.push(one);
	}

	/** `at`: when it came, in milliseconds, but for pauses; null: it isn't to be timed. */
	take(said: Parsed, at: number | null): void {
		if (this.watch.ended) {
			this.#keep({ said, at });
			return;
		}
		if ("wrong" in said) this.watch.end("failed", said.wrong);
		else if (said.trial !== null && said.trial !== this.name) this.strangers.add(said.trial);
		else this.#takeEvent(said, at);
	}

	#takeEvent(event: TrainingEvent, at: number | null): void {
		this.#hasSaidNothing = false;
		const { place, metrics, gradient, seconds } = event;
		const reached = this.#reached(place);
		if ("wrong" in reached) {
			this.watch.end("failed", reached.wrong);
			return;
		}
		const isGradient = isGradientOnly(event);
		this.#goOnFrom(reached.step, isGradient);
		if (gradient !== null) this.gradients.push({ step: reached.step, ...gradient });
		// Metrics of untrained weights are no look.
		if (reached.step === 0) return;
		if (at !== null) this.#heard.mark(reached.step, at / 1000);
		if (at !== null && seconds !== null) this.#ownClock.mark(reached.step, seconds);
		if (isGradient) return;
		this.#report({ ...reached, metrics: metrics as Report["metrics"] });
	}

	/**
	 * A script that goes on from a checkpoint takes up what was reported before its own first step. Where it begins with a gradient at
	 * the checkpoint's own weights, it takes up the look at them as well.
	 */
	#goOnFrom(step: number, isGradient: boolean): void {
		if (this.#earlier.length === 0 || (step === 0 && !isGradient)) return;
		for (const [report, { gradient }] of this.#saidEarlier()) {
			if (gradient !== null && report.step < step) this.gradients.push({ step: report.step, ...gradient });
			const isKept = report.step > 0 && (report.step < step || (isGradient && report.step === step));
			if (isKept && Object.keys(report.metrics).length > 0) this.#report(report);
		}
	}

	#saidEarlier(): readonly (readonly [Report, TrainingEvent])[] {
		const said = this.#earlier.flatMap((events) => this.#lastRun(events)).sort(([a], [b]) => a.step - b.step);
		this.#earlier = [];
		return said;
	}

	/** The events of this trial as if it had been one run: where steps go back, an attempt began anew from there. */
	#lastRun(events: readonly TrainingEvent[]): readonly (readonly [Report, TrainingEvent])[] {
		const run: [Report, TrainingEvent][] = [];
		for (const event of events) {
			const reached = this.#reached(event.place);
			if ("wrong" in reached || (event.trial !== null && event.trial !== this.name)) continue;
			if ((run.at(-1)?.[0].step ?? 0) > reached.step) {
				const kept = isGradientOnly(event) ? reached.step : reached.step - 1;
				while ((run.at(-1)?.[0].step ?? 0) > kept) run.pop();
			}
			run.push([{ ...reached, metrics: event.metrics as Report["metrics"] }, event]);
		}
		return run;
	}

	#report(report: Report): void {
		const { step } = report;
		if (step === this.#held?.step) this.#held = this.#merged(this.#held, report);
		else if (this.#held === null && step === this.#last.step) {
			const { metrics } = this.#last;
			this.#last = this.#merged(this.#last, report);
			const added = Object.entries(report.metrics).filter(([name]) => !(name in metrics));
			this.watch.amend(Object.fromEntries(added));
		} else {
			this.flush();
			this.#held = report;
		}
		this.#passOnDecided();
	}

	/** Passes on what has the goal's metric, or ends the trial: it waits for no more. */
	#passOnDecided(): void {
		if (this.#held === null) return;
		const { metrics, step } = this.#held;
		const decides = this.#metric in metrics || Object.values(metrics).some((value) => !Number.isFinite(value));
		if (decides || whatIsWrongWith(metrics, step) !== null) this.flush();
	}

	/** Passes on what waits for more; nothing once the trial is over, as it may go on. */
	flush(): void {
		if (this.#held === null || this.watch.ended) return;
		const held = this.#held;
		this.#held = null;
		this.#before = this.#last.step;
		this.#last = held;
		this.watch.report(held);
	}

	/** The script has ended by itself, and nothing more comes. `missing`: why nothing of what it printed or wrote could be used. */
	returned(missing: string | null): void {
		// It ends without a word: it had saved its state at its end, and all that earlier attempts reported is its own.
		if (this.#hasSaidNothing) for (const [, event] of this.#saidEarlier()) this.take(event, null);
		this.flush();
		if (this.watch.ended) return;
		const { step } = this.#last;
		if (this.watch.ends === "by itself" && step > 0) {
			this.watch.returned("script");
			return;
		}
		// Its next report would have come beyond the cap: it went as far as its reports could show.
		if (this.watch.evaluations.length > 0 && step + (step - this.#before) > this.#cap) this.watch.end("missed", null);
		else if (step === 0 && this.strangers.size > 0)
			this.watch.end("failed", `the script reported on another trial only: ${[...this.strangers].slice(0, 3).join(", ")}`);
		else if (step === 0 && missing !== null) this.watch.end("failed", missing);
		else this.watch.returned("script");
	}

	/**
	 * Steps and seconds from the first report to the last, by the script's own clock where it has one; from `began`, in milliseconds,
	 * where there was only one.
	 */
	clock(began: number): StepClock | null {
		return this.#ownClock.clock(this.#wasPaused ? null : 0) ?? this.#heard.clock(began / 1000);
	}

	#reached(place: ReportedPlace): Reached | { readonly wrong: string } {
		return reachedBy(place, this.trial.batchSize, this.#examples);
	}

	#merged(before: Report, after: Report): Report {
		for (const [name, value] of Object.entries(after.metrics)) {
			const known = before.metrics[name];
			if (known !== undefined && !Object.is(known, value))
				this.watch.end(
					"failed",
					`${name} was reported twice after step ${after.step}, as ${known} and ${value}: one process should report`,
				);
		}
		return { ...before, metrics: { ...before.metrics, ...after.metrics } };
	}
}

const isGradientOnly = ({ gradient, metrics }: TrainingEvent): boolean => gradient !== null && Object.keys(metrics).length === 0;
