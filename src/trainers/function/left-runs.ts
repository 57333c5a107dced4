import { closestToGoal, type Goal } from "../../core/goal.js";
import { type TrialSpec, trialRunKey } from "../../core/trial.js";
import type { ModuleRun } from "./module-run.js";

/** At most this many runs stay suspended in one thread, since their memory can't be seen from here. */
const most = 12;

/** The runs of a thread that are suspended between two trials. If there are too many, the one furthest from the goal is ended. */
export class LeftRuns {
	readonly #kept = new Map<string, ModuleRun>();
	readonly #ending = new Set<Promise<void>>();

	constructor(private readonly goal: Goal) {}

	/** See `trialRunKey`. */
	get runs(): readonly string[] {
		return [...this.#kept.keys()];
	}

	/** The suspended run that this trial continues, which is then no longer kept; undefined if the trial starts from the beginning. */
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
