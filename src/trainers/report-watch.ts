import { goalMetric } from "../core/goal.js";
import { GoalWatch } from "../core/goal-watch.js";
import { nextLook } from "../core/looks.js";
import { isKnownMetric, isKnownShare, whatIsWrongWithOwnName } from "../core/metric-names.js";
import { neverReported } from "../core/never-reported.js";
import type { Evaluation, Outcome, TrialResult, TrialSpec } from "../core/trial.js";
import type { Study } from "../study/study.js";
import type { Report } from "./report.js";

/** A run that ends by itself counts as having reached its planned end from this share on: partial batches and counters explain the rest. */
const nearTheEnd = 0.9;

/** Beyond this share, a run is longer than planned. */
const wayBeyond = 1.2;

/** How far a run has come. */
interface Place {
	readonly step: number;
	readonly examples: number;
}

/**
 * Follows what a trainer reports, and decides when its trial is over and with which outcome.
 *
 * The looks are those of every other trainer, after steps 1, 2, 3, … and then about every 5 % more. A report is a look if it carries the
 * goal's metric and one is due: a look lies at or before its step and after the report looked at before. So a trainer that asks `isDue` has
 * exactly the looks of the built-in one. For a trainer that reports only every k steps, S is the first report that meets the goal; the
 * exact value lies in (the look before, this report]. A trainer that reports more often is not looked at more often.
 *
 * A report beyond the trial's cap is not looked at: the trial ended at the cap, and its steps and examples are cut back to it.
 *
 * Of a trainer whose schedule follows its planned length (`ends` "by itself") that length is the cap, and the trial ends where the trainer
 * does: its last report is a look in any case. If it ends well before or well after, it was cut off or isn't as long as planned: "stopped".
 */
export class ReportWatch {
	readonly evaluations: Evaluation[] = [];
	/** What came of the trial, once it is over. */
	ended: { readonly outcome: Outcome; readonly message: string | null } | null = null;
	readonly #watch: GoalWatch;
	readonly #metric: string;
	readonly #ratio: number;
	#look: number;
	/** The latest report, or the point to which the trial was cut back. */
	#place: Place = { step: 0, examples: 0 };
	#cap: number;
	/** The report beyond the cap that ended the trial, and where the run was before it; null where none did. */
	#beyond: { readonly report: Report; readonly after: Place } | null = null;
	/** The step of the report before the latest. */
	#before = 0;
	/** The latest report of the goal's metric, where it was no look. */
	#unseen: Evaluation | null = null;
	readonly #seen = new Set<string>();

	constructor(
		{ goal, looks }: Pick<Study, "goal" | "looks">,
		private readonly trial: Pick<TrialSpec, "batchSize" | "cap" | "until">,
		readonly ends: "at the cap" | "by itself" = "at the cap",
	) {
		this.#cap = trial.cap;
		this.#watch = new GoalWatch(goal, trial.until);
		this.#metric = goalMetric(goal);
		this.#ratio = looks.ratio;
		this.#look = nextLook(0, looks.ratio);
	}

	/** Steps taken, as far as they were reported. */
	get step(): number {
		return this.#place.step;
	}

	isDue(step: number): boolean {
		return step >= this.#look || step >= this.#cap;
	}

	/** Continues a trial that ended at its cap without the goal to a higher cap, as if that had been its cap from the beginning. */
	goOn(cap: number): void {
		this.#cap = cap;
		this.ended = null;
		const beyond = this.#beyond;
		if (beyond === null) return;
		this.#beyond = null;
		this.#place = beyond.after;
		this.report(beyond.report);
	}

	/** Takes a report; whether the trial is over. */
	report(report: Report): boolean {
		if (this.ended) return true;
		const wrong = this.#whatIsWrong(report);
		if (wrong !== null) return this.end("failed", wrong);
		const { step, metrics } = report;
		const place = { step, examples: report.examples ?? step * this.trial.batchSize };
		if (this.ends === "by itself") return this.#takePlanned(place, metrics);
		if (step > this.#cap) {
			for (const name of Object.keys(metrics)) this.#seen.add(name);
			this.#beyond = { report, after: this.#place };
			this.#place = between(this.#place, place, this.#cap);
			return this.#endAtCap();
		}
		this.#place = place;
		if (this.#notes(metrics, step)) return true;
		const due = step >= this.#look || (this.trial.until === "cap" && step === this.#cap);
		if (due && this.#metric in metrics) this.#lookAt({ ...place, metrics: { ...metrics } });
		return this.#watch.isOver(step, this.#cap) && this.#endAtCap();
	}

	/** Adds metrics to the last report, measured after the same step. Returns whether the trial is over. */
	amend(metrics: Report["metrics"]): boolean {
		if (this.ended) return true;
		const { step } = this.#place;
		const wrong = whatIsWrongWith(metrics, step);
		if (wrong !== null) return this.end("failed", wrong);
		if (this.#notes(metrics, step)) return true;
		const look = this.evaluations.at(-1);
		if (this.#unseen?.step === step) this.#unseen = { ...this.#unseen, metrics: { ...this.#unseen.metrics, ...metrics } };
		else if (look?.step === step) this.evaluations[this.evaluations.length - 1] = { ...look, metrics: { ...look.metrics, ...metrics } };
		return false;
	}

	/** Ends the trial, unless it has ended before. A run that had met the goal by then has reached it. Returns true. */
	end(outcome: Outcome, message: string | null): true {
		const mayReach = this.ends === "at the cap" && outcome !== "cancelled" && outcome !== "timed out";
		const atGoal = this.#watch.reached !== null && mayReach;
		this.ended ??= { outcome: atGoal ? "reached" : outcome, message };
		return true;
	}

	/** The trainer (or the script) has returned. */
	returned(who = "trainer"): void {
		const { step } = this.#place;
		if (this.#unseen) this.#lookAt(this.#unseen);
		if (this.evaluations.length > 0) {
			const next = step + (step - this.#before);
			if (this.ends === "by itself" && next >= nearTheEnd * this.trial.cap) this.end("missed", null);
			else if (this.ends === "by itself")
				this.end(
					"stopped",
					`the ${who} ended by itself, and its last report is of step ${step} of the ${this.trial.cap} that were planned: its end doesn't count`,
				);
			this.end("stopped", `the ${who} ended by itself after step ${step}, before its limit of ${this.#cap}`);
			return;
		}
		this.end("failed", neverReported(`the ${who} ended`, this.#metric, [...this.#seen]));
	}

	result(seconds: number): TrialResult {
		const { step, examples } = this.#place;
		const { outcome, message } = this.ended ?? { outcome: "failed", message: null };
		const { first, reached } = this.#watch;
		return { outcome, steps: step, examples, first, reached, evaluations: [...this.evaluations], probes: [], seconds, message };
	}

	/** A report of a run that ends by itself. */
	#takePlanned(place: Place, metrics: Report["metrics"]): boolean {
		const { step } = place;
		const { cap } = this.trial;
		if (step > Math.max(cap + 1, wayBeyond * cap))
			return this.end(
				"stopped",
				`it went on to step ${step}, beyond the ${cap} that were planned: let it take its length from {steps} or {epochs}, or set \`schedule: free\``,
			);
		this.#before = this.#place.step;
		this.#place = place;
		this.#unseen = null;
		if (this.#notes(metrics, step)) return true;
		if (!(this.#metric in metrics)) return false;
		const evaluation = { ...place, metrics: { ...metrics } };
		if (this.isDue(step)) this.#lookAt(evaluation);
		else this.#unseen = evaluation;
		return false;
	}

	#endAtCap(): true {
		const isNever = this.evaluations.length === 0 && this.#seen.size > 0 && !this.#seen.has(this.#metric);
		const how = `it reached its limit of ${this.#cap} steps`;
		return this.end("missed", isNever ? neverReported(how, this.#metric, [...this.#seen]) : null);
	}

	/** Takes note of these metrics; whether one of them has ended the trial. */
	#notes(metrics: Report["metrics"], step: number): boolean {
		const entries = Object.entries(metrics);
		for (const [name] of entries) this.#seen.add(name);
		const lost = entries.find(([, value]) => !Number.isFinite(value));
		return lost !== undefined && this.end("diverged", `${lost[0]} became ${lost[1]} at step ${step}`);
	}

	#lookAt(evaluation: Evaluation): void {
		this.#watch.look(evaluation);
		this.evaluations.push(evaluation);
		while (this.#look <= evaluation.step) this.#look = nextLook(this.#look, this.#ratio);
	}

	#whatIsWrong({ step, examples, metrics }: Report): string | null {
		const last = this.#place;
		if (!Number.isSafeInteger(step) || step < 1) return `a report's step is ${step}, expected a whole number of 1 or more`;
		if (step <= last.step) return `step ${step} was reported after step ${last.step}: steps must go forwards`;
		if (examples !== undefined && !(Number.isSafeInteger(examples) && examples >= last.examples)) {
			return `the report at step ${step} has ${examples} examples after ${last.examples}`;
		}
		return whatIsWrongWith(metrics, step);
	}
}

/** Where a run was at a step between two reports: examples in proportion to steps. */
const between = (before: Place, after: Place, step: number): Place => ({
	step,
	examples: before.examples + Math.round(((after.examples - before.examples) * (step - before.step)) / (after.step - before.step)),
});

/** What is wrong with metrics that were reported; null where nothing is. */
export function whatIsWrongWith(metrics: Report["metrics"], step: number): string | null {
	if (typeof metrics !== "object" || metrics === null) return `the report at step ${step} has no metrics`;
	for (const [name, value] of Object.entries(metrics)) {
		const wrong = isKnownMetric(name) ? null : whatIsWrongWithOwnName(name);
		if (wrong !== null) return `at step ${step}: ${wrong}`;
		if (typeof value !== "number")
			return `${name} at step ${step} is ${typeof value === "string" ? `"${value}"` : value}, expected a number`;
		if (isKnownShare(name) && (value < 0 || value > 1)) {
			return `${name} is ${value} at step ${step}, expected a share from 0 to 1`;
		}
	}
	return null;
}
