import type { ReadBytes } from "../../../src/data/source.js";
import { inlineExecutor } from "../../../src/executors/inline.js";
import type { RunEnd } from "../../../src/runner/run-study.js";
import { runSession } from "../../../src/runner/session.js";
import { openMemoryStore } from "../../../src/store/memory.js";
import { MemoryContents } from "../../../src/store/memory-contents.js";
import { designOf } from "../../../src/study/designs.js";
import { studyHash } from "../../../src/study/resolve.js";
import type { TrainableStudy } from "../../../src/study/study.js";
import { benchOf } from "../../../src/trainers/bench-of.js";
import { trainerFor } from "../../../src/trainers/create.js";

/** What came of a study: how each of its sessions ended, and what is stored at the end. */
export interface StudyRun {
	readonly ends: readonly RunEnd[];
	readonly trials: number;
	readonly digest: string | null;
	/** Median steps-to-target of each batch size. */
	readonly medianSteps: readonly (number | null)[];
}

/** A whole study in this thread, stored in memory: interrupted after `interruptAfter` trials, then continued to its end. */
export async function runWholeStudy(study: TrainableStudy, read: ReadBytes, interruptAfter: number): Promise<StudyRun> {
	const trainer = await trainerFor(study, read);
	const contents = new MemoryContents();
	const created = openMemoryStore(contents);
	const { id } = created.create(study, studyHash(study), "1");
	created.close();
	const session = async (trialsUntilAbort: number) => {
		const store = openMemoryStore(contents);
		const executor = inlineExecutor(trainer);
		const controller = new AbortController();
		let finished = 0;
		const { end, findings } = await runSession({
			stored: { ...store.find(id), study },
			store,
			design: designOf(study),
			executor,
			bench: benchOf(trainer, study),
			machine: "this thread",
			seconds: null,
			grant: 0,
			signal: controller.signal,
			onEvent: ({ kind }) => {
				if (kind === "finished" && ++finished === trialsUntilAbort) controller.abort();
			},
		});
		await executor.close();
		const { trials, digest } = store.find(id);
		store.close();
		return { end, trials, digest, medianSteps: findings.tradeoff.map(({ steps }) => steps.median) };
	};
	const first = await session(interruptAfter);
	const { end, ...stored } = await session(Number.POSITIVE_INFINITY);
	return { ends: [first.end, end], ...stored };
}
