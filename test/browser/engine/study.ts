import type { FinishedTrial } from "../../../src/core/trial.js";
import type { ReadBytes } from "../../../src/data/source.js";
import { inlineExecutor } from "../../../src/executors/inline.js";
import { type Run, type RunEnd, runStudy } from "../../../src/runner/run-study.js";
import type { StoredStudy } from "../../../src/study/contracts.js";
import { designOf } from "../../../src/study/designs.js";
import type { TrainableStudy } from "../../../src/study/study.js";
import { trainerFor } from "../../../src/trainers/create.js";

/** What came of a study: how each of its sessions ended, and what was stored at the end. */
export interface StudyRun {
	readonly ends: readonly RunEnd[];
	readonly trials: number;
	readonly digest: string | null;
}

/** A whole study in this thread, stored in memory: interrupted after `interruptAfter` trials, then continued to its end. */
export async function runWholeStudy(study: TrainableStudy, read: ReadBytes, interruptAfter: number): Promise<StudyRun> {
	const executor = inlineExecutor(await trainerFor(study, read));
	const trials: FinishedTrial[] = [];
	const stored: { digest: string | null } = { digest: null };
	const store: Run["store"] = {
		trials: () => trials,
		append(_, trial) {
			trials.push(trial);
			return trial;
		},
		extensions: () => [],
		calibration: () => null,
		setState(_, state, __, digest) {
			if (state === "complete") stored.digest = digest;
		},
	};
	const session = (trialsUntilAbort: number): Promise<RunEnd> => {
		const controller = new AbortController();
		let finished = 0;
		return runStudy({
			stored: storedAs(study),
			store,
			design: designOf(study),
			executor,
			seconds: null,
			signal: controller.signal,
			onEvent: ({ kind }) => {
				if (kind === "finished" && ++finished === trialsUntilAbort) controller.abort();
			},
		});
	};
	const ends = [await session(interruptAfter), await session(Number.POSITIVE_INFINITY)];
	await executor.close();
	return { ends, trials: trials.length, digest: stored.digest };
}

const storedAs = (study: TrainableStudy): StoredStudy => ({
	...{ id: "in-memory", study, hash: "", state: "running", created: "", seconds: 0, trials: 0, digest: null, version: "", backend: "wasm" },
});
