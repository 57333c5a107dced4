import { closestToGoal, type Goal } from "../../core/goal.js";
import { type TrialSpec, trialRunKey } from "../../core/trial.js";
import type { ModuleRun } from "./module-run.js";

/** So many runs are left where they are in one thread: what they hold can't be seen from here. */
const most = 8;

/** The runs of a thread that were left where they are between two trials. Where there are too many, the one furthest from the goal is ended. */
export class LeftRuns {
	readonly #kept = new Map<string, ModuleRun>();
	readonly #ending = new Set<Promise<void>>();

	constructor(private readonly goal: Goal) {}

	/** See `trialRunKey`. */
	get runs(): readonly string[] {
		return [...this.#kept.keys()];
	}

	/** The run that goes on with this trial, which is then no longer kept; undefined where it begins anew. */
	take(trial: TrialSpec): ModuleRun | undefined {
		const run = this.#kept.get(trialRunKey(trial));
		if (!run || run.cap >= trial.cap) return undefined;
		this.#kept.delete(trialRunKey(trial));
		return run;
	}

	keep(trial: TrialSpec, run: ModuleRun): void {
		this.#kept.set(trialRunKey(trial), run);
		if (this.#kept.size <= most) return;
		const promise = ({ watch }: ModuleRun) => closestToGoal(this.goal, watch.evaluations);
		const [first, ...others] = this.#kept;
		const [key, least] = others.reduce((worst, one) => (promise(one[1]) < promise(worst[1]) ? one : worst), first);
		this.#kept.delete(key);
		const ending = least.end().finally(() => this.#ending.delete(ending));
		this.#ending.add(ending);
	}

	/** Resolves when all that were ended have wound up. */
	async settled(): Promise<void> {
		await Promise.all(this.#ending);
	}
}
