import { type TrialSpec, trialKey } from "../../../core/trial.js";
import type { Executor } from "../../../study/contracts.js";
import { failedResult } from "../../failed.js";
import type { Attempts } from "./attempts.js";

/** Trials that are asked for within this time belong to one round. */
const gatherMilliseconds = 100;

/** Trials of a round. */
const mostAhead = 1000;

/**
 * Answers at once those trials whose attempts have ended, from their files. When the study asks for nothing but others, it has a round:
 * `onRound` gets it, and should end the session.
 */
export class ParkingExecutor implements Executor {
	readonly ahead = mostAhead;
	readonly #round = new Map<string, TrialSpec>();
	#timer: NodeJS.Timeout | undefined;

	/** `observe`: see `Executor`. */
	constructor(
		readonly slots: number,
		private readonly attempts: Attempts,
		private readonly onRound: (trials: readonly TrialSpec[]) => void,
		readonly observe: Executor["run"],
	) {}

	async run(trial: TrialSpec, signal: AbortSignal): ReturnType<Executor["run"]> {
		const end = this.attempts.take(trial);
		this.#gather();
		if (end instanceof Error) throw end;
		if (end !== undefined) return end;
		this.#round.set(trialKey(trial), trial);
		await new Promise<void>((resolve) => {
			if (signal.aborted) resolve();
			else signal.addEventListener("abort", () => resolve(), { once: true });
		});
		return { ...failedResult(null), outcome: "cancelled" };
	}

	async close(): Promise<void> {
		clearTimeout(this.#timer);
	}

	#gather(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			if (this.#round.size > 0) this.onRound([...this.#round.values()]);
		}, gatherMilliseconds);
	}
}
