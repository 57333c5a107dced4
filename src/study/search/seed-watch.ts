import { type Agreement, agreementOf, effectOf, type SeedEffect } from "../../core/seed-effect.js";
import type { TrialResult } from "../../core/trial.js";
import type { Study } from "../study.js";
import { traitsOf } from "../workloads/table.js";

/**
 * Notices user code that ignores its seed: further seeds would repeat the same run, so one stands for its block. Our own trainers use their
 * seeds. The outcome depends only on the runs that it sees and their order, as a replay requires.
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

	/** Sees the runs of a block so far, each with its own seed. A conclusion is final. */
	see(block: string, results: readonly TrialResult[]): void {
		if (!this.#watches || this.#effect !== "unknown") return;
		this.#agreements.set(block, agreementOf(results));
		this.#effect = effectOf(this.#agreements.values());
	}
}
