import { type FinishedTrial, trialKey } from "../core/trial.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import { isHorizon } from "../study/horizon/is-horizon.js";
import { isLadder } from "../study/ladder/is-ladder.js";
import { studyHash } from "../study/resolve.js";
import { traitsOf } from "../study/workloads/table.js";

/** Where trials were taken from, and how many. */
export interface TakenOver {
	readonly id: string;
	readonly trials: number;
}

/**
 * Gives a new study what is stored of its trials: those that its design asks for, in a study that differs in nothing but what it may spend and how its answer is chosen. So a larger
 * budget doesn't train again what a smaller one has. Null where there is none. (What is asked for may depend on the calibration, which a new study does not have yet.)
 */
export function takeOver(store: Store, created: StoredStudy): TakenOver | null {
	const { study, id, backend } = created;
	if (traitsOf(study.workload).asksByCalibration || isLadder(study) || isHorizon(study)) return null;
	const { budget, objective, tolerance } = study;
	const isAlike = (other: StoredStudy): boolean =>
		other.id !== id &&
		other.backend === backend &&
		other.trials > 0 &&
		studyHash({ ...other.study, budget, objective, tolerance }) === created.hash;
	const source = store.list().find(isAlike);
	if (!source) return null;
	const known = new Map(store.trials(source.id).map((trial) => [trialKey(trial.spec), trial]));
	const design = designOf(study);
	const taken: FinishedTrial[] = [];
	for (let found = true; found; ) {
		const wanted = design.next(study, taken).flatMap(({ spec }) => known.get(trialKey(spec)) ?? []);
		found = wanted.length > 0;
		for (const trial of wanted) taken.push(store.append(id, trial));
	}
	return taken.length > 0 ? { id: source.id, trials: taken.length } : null;
}
