import { goalMetric } from "../../core/goal.js";
import type { Evaluation, GradientNorms, MetricName, StepClock, TrialSpec } from "../../core/trial.js";
import type { Study } from "../../study/study.js";
import type { Report } from "../function/train-function.js";
import type { ReportWatch } from "../report-watch.js";
import type { Parsed, ToldPlace, TrainingEvent } from "./protocol.js";
import { Stretch } from "./stretch.js";

/**
 * Makes reports of what a script says, one for each step: the metrics of a step may come in several lines. A step that lacks the goal's metric so far waits for it
 * until the next step begins; what comes after a step was looked at is added to it. The same said twice counts once; something else said of the same step is an error.
 */
export class Reports {
	readonly gradients: GradientNorms[] = [];
	/** Trials that lines said they were about, and weren't this one: they count for nothing. */
	readonly strangers = new Set<string>();
	readonly #metric: MetricName;
	readonly #examples: number;
	/** Of an attempt before, to be taken as this one's own as far as it goes on from there. */
	#earlier: Earlier | null;
	#held: Report | null = null;
	/** The report that was passed on last, and the step of the one before. */
	#last: Report = { step: 0, metrics: {} };
	#before = 0;
	/** By the script's own clock, and by when its lines came. */
	readonly #told = new Stretch();
	readonly #heard = new Stretch();

	constructor(
		private readonly watch: ReportWatch,
		{ goal, data }: Pick<Study, "goal" | "data">,
		private readonly trial: Pick<TrialSpec, "batchSize" | "cap">,
		/** What events may call this trial. */
		private readonly name: string,
		earlier: Earlier | null = null,
	) {
		this.#earlier = earlier;
		this.#metric = goalMetric(goal);
		this.#examples = data.train;
	}

	/** `at`: when it came, in milliseconds. */
	take(said: Parsed, at: number): void {
		if (this.watch.ended) return;
		if ("wrong" in said) this.watch.end("failed", said.wrong);
		else if (said.trial !== null && said.trial !== this.name) this.strangers.add(said.trial);
		else this.#takeEvent(said, at);
	}

	#takeEvent({ place, metrics, gradient, seconds }: TrainingEvent, at: number): void {
		const reached = this.#reached(place);
		if ("wrong" in reached) {
			this.watch.end("failed", reached.wrong);
			return;
		}
		const isGradient = gradient !== null && Object.keys(metrics).length === 0;
		this.#goOnFrom(reached.step, isGradient);
		if (gradient !== null) this.gradients.push({ step: reached.step, ...gradient });
		// Metrics of untrained weights are no look.
		if (reached.step === 0) return;
		this.#heard.mark(reached.step, at / 1000);
		if (seconds !== null) this.#told.mark(reached.step, seconds);
		if (isGradient) return;
		this.#report({ ...reached, metrics: metrics as Report["metrics"] });
	}

	/**
	 * A script that goes on from a checkpoint after an attempt that failed takes up that one's looks before its own first step; where that is a gradient at the
	 * checkpoint's own weights, the look at them as well.
	 */
	#goOnFrom(step: number, isGradient: boolean): void {
		if (this.#earlier === null || (step === 0 && !isGradient)) return;
		const { looks, gradients } = this.#earlier;
		this.#earlier = null;
		for (const look of looks) if (look.step < step || (isGradient && look.step === step)) this.#report(look);
		this.gradients.unshift(...gradients.filter((norms) => norms.step < step));
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
		const values = Object.entries(this.#held?.metrics ?? {});
		if (values.some(([name, value]) => name === this.#metric || !Number.isFinite(value))) this.flush();
	}

	/** Passes on what waits for more. */
	flush(): void {
		if (this.#held === null) return;
		const held = this.#held;
		this.#held = null;
		this.#before = this.#last.step;
		this.#last = held;
		this.watch.report(held);
	}

	/** The script has ended by itself, and nothing more comes. */
	returned(): void {
		this.flush();
		if (this.watch.ended) return;
		const { step } = this.#last;
		// Its next report would have come beyond the cap: it went as far as it could tell.
		if (this.watch.evaluations.length > 0 && step + (step - this.#before) > this.trial.cap) this.watch.end("missed", null);
		else if (step === 0 && this.strangers.size > 0)
			this.watch.end("failed", `the script reported on another trial only: ${[...this.strangers].slice(0, 3).join(", ")}`);
		else this.watch.returned("script");
	}

	/** Seconds between the first report and the last, by the script's own clock where it has one; from the start on, `began` milliseconds, where there was one only. */
	clock(began: number): StepClock | null {
		return this.#told.clock(0) ?? this.#heard.clock(began / 1000);
	}

	#reached({ step, epoch, examples }: ToldPlace): Omit<Report, "metrics"> | { readonly wrong: string } {
		const { batchSize } = this.trial;
		if (step !== undefined) return { step, ...(examples !== undefined && { examples }) };
		if (examples !== undefined) return { step: Math.ceil(examples / batchSize), examples };
		const n = this.#examples;
		if (n === 0) return { wrong: "it tells epochs alone, which become steps only where workload.examples says how many examples one has" };
		// A fraction of an epoch may be off in its last digit.
		const steps = Math.ceil((epoch ?? 0) * Math.ceil(n / batchSize) - 1e-6);
		return { step: Math.max(0, steps), examples: Math.round((epoch ?? 0) * n) };
	}

	#merged(before: Report, after: Report): Report {
		for (const [name, value] of Object.entries(after.metrics)) {
			const told = before.metrics[name as MetricName];
			if (told !== undefined && !Object.is(told, value))
				this.watch.end("failed", `${name} was reported twice after step ${after.step}, as ${told} and ${value}: one process should report`);
		}
		return { ...before, metrics: { ...before.metrics, ...after.metrics } };
	}
}

/** What an attempt at a trial had come to when the machine failed it. */
export interface Earlier {
	readonly looks: readonly Evaluation[];
	readonly gradients: readonly GradientNorms[];
}
