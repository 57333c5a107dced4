import type { Study } from "../study.js";
import { type Arm, armKey } from "./arm.js";
import { keptBack, mostRuns } from "./limits.js";

/** The runs that have begun, and how many more may. One that is continued counts once. */
export class Begun {
	/** On fresh seeds, by `armKey`. */
	readonly #fresh = new Map<string, number>();

	constructor(private readonly of: { readonly study: Study; readonly arms: readonly Arm[] }) {}

	get count(): number {
		const fresh = [...this.#fresh.values()].reduce((sum, runs) => sum + runs, 0);
		return fresh + this.of.arms.reduce((sum, { further }) => sum + 1 + further.length, 0);
	}

	/** Runs that may still begin, without those that are kept back for reporting. */
	get room(): number {
		const most = mostRuns(this.of.study);
		return Math.max(0, most - keptBack(most) - this.count);
	}

	/** Of an arm, so many runs on fresh seeds have begun. */
	onFreshSeeds(arm: Arm, runs: number): void {
		this.#fresh.set(armKey(arm), Math.max(runs, this.#fresh.get(armKey(arm)) ?? 0));
	}
}
