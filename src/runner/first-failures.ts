import { SweetspotError } from "../core/errors.js";
import type { FinishedTrial } from "../core/trial.js";

/** So many trials that fail in one way, before any other comes to something, show that all will. */
const enough = 3;

/**
 * Tells whether the trials of a study may be kept: not as long as all of them fail, and in the same way. A script with a mistake in it shouldn't be run three hundred times, nor should its
 * failures stand in the store when it is mended outside of the files that the study knows, as by installing what it lacks.
 */
export class FirstFailures {
	#first: FinishedTrial | null = null;
	#failed = 0;
	#over: boolean;

	/** `begun`: the study has trials already. */
	constructor(begun: boolean) {
		this.#over = begun;
	}

	/** Whether all trials up to this one may be kept. Throws `trainer/failing` where it is hopeless. */
	mayKeep(trial: FinishedTrial): boolean {
		if (this.#over) return true;
		this.#first ??= trial;
		this.#over = trial.result.outcome !== "failed" || wayOf(this.#first) !== wayOf(trial);
		if (!this.#over && ++this.#failed === enough) throw hopeless(trial);
		return this.#over;
	}
}

/** How a trial failed, without the lines that follow. */
const wayOf = ({ result }: FinishedTrial): string => result.message?.split("\n")[0] ?? "";

function hopeless({ result }: FinishedTrial): SweetspotError {
	const [way, ...lines] = (result.message ?? "for no reason given").split("\n");
	return new SweetspotError(
		"trainer/failing",
		[`the first ${enough} trials failed, each so: ${way}`, ...lines.map((line) => `  ${line}`)].join("\n"),
		"mend it, and run the study again: none of these trials is kept",
	);
}
