import { internal } from "../../core/errors.js";
import type { StoredStudy } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";

/** What a study is that has more to run than it had. */
export const runningAgain = { state: "running", digest: null } as const;

/** Whether another batch size may be recommended where `after` takes the place of `before`. */
export const choosesAnew = (before: Study, after: Study): boolean =>
	before.objective !== after.objective || before.tolerance !== after.tolerance;

/** Throws unless a digest comes with "complete", and only with it. */
export function requireDigest(of: "study" | "experiment", state: StoredStudy["state"], digest: string | null): void {
	if ((state === "complete") !== (digest !== null)) throw internal(`the ${of} that is ${state} came with the digest ${digest}`);
}

export const noSuchRun = (key: number): Error => internal(`there is no run ${key} of an experiment`);
