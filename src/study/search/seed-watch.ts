import { type Agreement, agreementOf, effectOf, type SeedEffect } from "../../core/seed-effect.js";
import type { TrialResult } from "../../core/trial.js";
import type { Study } from "../study.js";
import { traitsOf } from "../workloads/table.js";

/**
 * Notices code of the user's that ignores its seed: further seeds would give the same run again, and one stands for its block. Our own
 * trainers use theirs. What it notices depends on nothing but the runs that it is shown and their order, as a replay needs it.
 */
export class SeedWatch {
	readonly #watches: boolean;
	readonly #agreements = new Map<string, Agreement | null>();
	#effect: SeedEffect;

	/** `before`: what other batch sizes showed. */
	constructor({ workload }: Pick<Study, "workload">, before: SeedEffect = "unknown") {
		this.#watches = traitsOf(workload).runsUserCode;
		this.#effect = before;
	}

	get effect(): SeedEffect {
		return this.#effect;
	}

	/** Whether different seeds give equal results. */
	get areAlike(): boolean {
		return this.#watches && this.#effect === "none";
	}

	/** Takes note of the runs of a block so far, each of a seed of its own. What is once known stands. */
	see(block: string, results: readonly TrialResult[]): void {
		if (!this.#watches || this.#effect !== "unknown") return;
		this.#agreements.set(block, agreementOf(results));
		this.#effect = effectOf(this.#agreements.values());
	}
}
