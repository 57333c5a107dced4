import { SweetspotError } from "../core/errors.js";
import type { FinishedTrial } from "../core/trial.js";

/** So many trials that fail in one way, before any other comes to something, show that all will. */
const enough = 3;

/**
 * Holds back the first trials of a study as long as all fail, and in the same way: a script with a mistake in it shouldn't be run three hundred times, nor
 * should its failures stand in the store when it is mended outside of the files that the study knows, as by installing what it lacks.
 */
export class FirstFailures {
	readonly #held: FinishedTrial[] = [];
	#over: boolean;

	/** `begun`: the study has trials already. */
	constructor(begun: boolean) {
		this.#over = begun;
	}

	/** The trials that may be kept now that this one is in. `last`: no other is under way. Throws `trainer/failing` where it is hopeless. */
	take(trial: FinishedTrial, last: boolean): readonly FinishedTrial[] {
		if (this.#over) return [trial];
		const [first] = this.#held;
		const alike = trial.result.outcome === "failed" && (first === undefined || wayOf(first) === wayOf(trial));
		this.#held.push(trial);
		if (alike && this.#held.length === enough) throw hopeless(trial);
		if (alike && !last) return [];
		this.#over = true;
		return this.#held;
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
