import { internal } from "../../core/errors.js";
import type { StoredStudy } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";

/** The state of a study that has been given more to run. */
export const runningAgain = { state: "running", digest: null } as const;

/** Whether replacing `before` by `after` may change the recommended batch size. */
export const choosesAnew = (before: Study, after: Study): boolean =>
	before.objective !== after.objective || before.tolerance !== after.tolerance;

/** Throws unless a digest comes with "complete", and only with it. */
export function requireDigest(of: "study" | "experiment", state: StoredStudy["state"], digest: string | null): void {
	if ((state === "complete") !== (digest !== null)) throw internal(`the ${of} that is ${state} came with the digest ${digest}`);
}

export const noSuchRun = (key: number): Error => internal(`there is no run ${key} of an experiment`);
