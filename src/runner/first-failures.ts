import { SweetspotError } from "../core/errors.js";
import { failureKind } from "../core/failure-kind.js";
import { isNeverReported } from "../core/never-reported.js";
import type { FinishedTrial } from "../core/trial.js";

/** If this many trials fail in the same way before any has a result, all will. */
const failuresInARow = 3;

/**
 * Decides whether the trials of a study may be kept. They may not while all of them fail in the same way (numbers in the message are
 * ignored). A broken script shouldn't run three hundred times. Nor should its failures stay in the store when it is fixed outside the files
 * that the study knows, for example by installing a missing library.
 */
export class FirstFailures {
	#first: FinishedTrial | null = null;
	#failed = 0;
	#over: boolean;

	/** No trial so far was looked at. */
	#unseen: boolean;

	/** `begun`: the study has trials already. `isLong`: whether a trial was long enough to see all that its script ever reports. */
	constructor(
		begun: boolean,
		private readonly isLong: (trial: FinishedTrial) => boolean = () => true,
	) {
		this.#over = begun;
		this.#unseen = !begun;
	}

	/** Whether all trials up to this one may be kept. Throws `trainer/failing` once it is clear that all will fail. */
	mayKeep(trial: FinishedTrial): boolean {
		if (this.#unseen && lacksMetric(trial)) {
			if (this.isLong(trial)) throw metricless(trial, this.#over);
			return this.#over; // the first trials are short, and a script may report the metric once an epoch
		}
		this.#unseen &&= trial.result.evaluations.length === 0;
		if (this.#over) return true;
		this.#first ??= trial;
		this.#over = trial.result.outcome !== "failed" || failureKind(this.#first.result.message) !== failureKind(trial.result.message);
		if (!this.#over && ++this.#failed === failuresInARow) throw hopeless(this.#first, trial);
		return this.#over;
	}
}

/** It reported, but never the goal's metric: no other trial will. */
const lacksMetric = ({ result }: FinishedTrial): boolean => result.evaluations.length === 0 && isNeverReported(result.message);

const metricless = ({ result }: FinishedTrial, someKept: boolean): SweetspotError =>
	new SweetspotError(
		"trainer/failing",
		`there is nothing to check the goal on: ${(result.message ?? "").split("\n")[0]}`,
		`set goal.metric to one of the metrics that it reports, or report the missing one by the name that the goal has, before the trial ends; then run the study again${someKept ? "" : ": nothing of it is kept"}`,
	);

function hopeless({ result: first }: FinishedTrial, { result: last }: FinishedTrial): SweetspotError {
	const [way, ...lines] = linesOf(last);
	const same = way === linesOf(first)[0];
	return new SweetspotError(
		"trainer/failing",
		[
			`the first ${failuresInARow} trials failed, ${same ? "each" : "all in this way, the last"} so: ${way}`,
			...lines.map((line) => `  ${line}`),
		].join("\n"),
		"fix that and run the study again: none of these trials is kept",
	);
}

const linesOf = ({ message }: FinishedTrial["result"]): readonly string[] => (message ?? "for no reason given").split("\n");
