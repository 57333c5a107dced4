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
 * Gives a new study what is stored of its trials: those that its design asks for, in a study that differs in nothing but what it may spend
 * and how its answer is chosen. So a larger budget doesn't train again what a smaller one has. A ladder takes the seconds per step with
 * them, since its rungs were chosen by these. Null where there is none.
 */
export function takeOver(store: Store, created: StoredStudy): TakenOver | null {
	const { study, id, backend } = created;
	const asksByCalibration = traitsOf(study.workload).asksByCalibration && !isLadder(study);
	if (asksByCalibration || isHorizon(study)) return null;
	const { budget, objective, tolerance } = study;
	const isAlike = (other: StoredStudy): boolean =>
		other.id !== id &&
		other.backend === backend &&
		other.trials > 0 &&
		isLadder(other.study) === isLadder(study) &&
		studyHash({ ...other.study, budget, objective, tolerance }) === created.hash;
	const source = store.list().find(isAlike);
	if (!source) return null;
	const calibration = isLadder(study) ? store.calibration(source.id) : null;
	if (calibration && !store.calibration(id)) store.saveCalibration(id, calibration);
	const given = { extensions: [], calibration: store.calibration(id) };
	const known = new Map(store.trials(source.id).map((trial) => [trialKey(trial.spec), trial]));
	const design = designOf(study);
	const taken: FinishedTrial[] = [];
	for (let found = true; found; ) {
		const wanted = design.next(study, taken, given).flatMap(({ spec }) => known.get(trialKey(spec)) ?? []);
		found = wanted.length > 0;
		for (const trial of wanted) taken.push(store.append(id, trial));
	}
	return taken.length > 0 ? { id: source.id, trials: taken.length } : null;
}
