import type { Backend } from "../core/backend.js";
import { inlineExecutor } from "../executors/inline.js";
import { workersExecutor } from "../executors/workers.js";
import type { RunEvent } from "../runner/events.js";
import { runSession, type Session } from "../runner/session.js";
import type { Executor, Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/design-of.js";
import { isTrainable, type TrainableStudy } from "../study/study.js";
import { createBench, createTrainer, libraryOf } from "../trainers/node.js";
import { type Answer, answerFrom } from "./answer.js";
import { describeMachine } from "./machine.js";
import { untrainable } from "./untrainable.js";

export interface StoredRun {
	readonly store: Store;
	readonly stored: StoredStudy;
	/** Where trials run: in threads, or one after the other in this very thread. */
	readonly executor: "workers" | "inline";
	/** Trials that run at once, in threads. */
	readonly workers: number;
	/** Aborting it ends the run with the best answer so far. */
	readonly signal: AbortSignal;
	/** More trials for a study that ended undecided: see `Session`; none by default. */
	readonly grant?: Session["grant"];
	/** Seconds after which the run ends as it stands; by default what is left of the study's own budget. */
	readonly seconds?: Session["seconds"];
	readonly onEvent: (event: RunEvent) => void;
}

/** The study's trainer, as executor threads import it. */
const trainerModule = new URL("../trainers/node.js", import.meta.url).href;

/** Runs a stored study from where it stands to its answer. A complete one that is granted nothing more is answered from the store. */
export async function runStored(run: StoredRun): Promise<Answer> {
	const { store, stored, workers, signal, onEvent, grant = 0, seconds = secondsLeft(stored) } = run;
	const { study } = stored;
	if (!isTrainable(study)) throw untrainable(stored);
	if (grant === 0 && stored.state === "complete") return answerFrom(store, stored);
	const { backend } = stored;
	const bench = await createBench(study, backend);
	const executor = await createExecutor(study, backend, run.executor, workers);
	try {
		const machine = describeMachine(await libraryOf(backend));
		const ran = await runSession({
			stored: { ...stored, study },
			store,
			design: designOf(study),
			executor,
			bench,
			machine,
			grant,
			seconds,
			signal,
			onEvent,
		});
		return answerFrom(store, store.find(stored.id), ran);
	} finally {
		await executor.close();
	}
}

/** Seconds left of the study's own budget. */
const secondsLeft = ({ study: { budget }, seconds }: StoredStudy): number | null =>
	budget.seconds === null ? null : budget.seconds - seconds;

const createExecutor = async (study: TrainableStudy, backend: Backend, kind: StoredRun["executor"], workers: number): Promise<Executor> =>
	kind === "inline" ? inlineExecutor(await createTrainer(study, backend)) : workersExecutor(study, trainerModule, workers, backend);
