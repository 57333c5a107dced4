import type { Backend } from "../core/backend.js";
import { SweetspotError } from "../core/errors.js";
import type { StudyExecutor } from "../executors/study-executor.js";
import { type Execution, openExecutor } from "../executors/table.js";
import { describeMachine } from "../native/machine.js";
import type { RunEvent } from "../runner/events.js";
import { liveMessagesOf } from "../runner/live-messages.js";
import { runSession, type Session } from "../runner/session.js";
import { openLive } from "../store/live/writer.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import { isTrainable } from "../study/study.js";
import { isCommand } from "../study/workloads/table.js";
import { openLocalHost } from "../trainers/command/local/host.js";
import { endRemains } from "../trainers/command/session.js";
import { createBench, libraryOf } from "../trainers/node.js";
import { type Answer, answerFrom } from "./answer.js";
import { requireNotDetached } from "./detached/require-not-detached.js";
import { removeStudy } from "./remove-study.js";
import { untrainable } from "./untrainable.js";
import { version } from "./version.js";

export interface StoredRun extends Execution {
	readonly store: Store;
	readonly stored: StoredStudy;
	/** What computes matrix products here; by default the fastest that gives the study's bits. */
	readonly backend?: Backend | undefined;
	/** Aborting it ends the run with the best answer so far. */
	readonly signal: AbortSignal;
	/** More trials for a study that ended undecided: see `Session`; none by default. */
	readonly grant?: Session["grant"];
	/** Seconds after which the run ends as it stands; by default what is left of the study's own budget. */
	readonly seconds?: Session["seconds"];
	readonly onEvent: (event: RunEvent) => void;
	/** Opens what runs the trials, in place of the executor of that name. */
	readonly open?: () => Promise<StudyExecutor>;
}

/**
 * Runs a stored study from where it stands to its answer. A complete one that is granted nothing more is answered from the store; one whose
 * first trials all fail, so that none is kept, is taken out of it.
 */
export async function runStored(run: StoredRun): Promise<Answer> {
	const { store, stored, signal, onEvent, grant = 0, seconds = secondsLeft(stored) } = run;
	const { study } = stored;
	requireNotDetached(store.folder, stored.id);
	if (!isTrainable(study)) throw untrainable(stored);
	if (grant === 0 && stored.state === "complete") {
		if (store.folder !== null && isCommand(study.workload)) endRemains(stored.id, store.folder, openLocalHost);
		return answerFrom(store, stored);
	}
	const { backend = stored.backend === "blas" ? "blas" : "auto" } = run;
	const bench = await createBench(study, backend);
	const live = openLive(store.folder, stored.id, version);
	const running = await (run.open?.() ?? openExecutor({ study, id: stored.id, store: store.folder, backend }, run));
	let complete = false;
	let hopeless = false;
	const heard = (event: RunEvent): void => {
		if (event.kind === "finished") running.stored(event.trial.spec);
		for (const message of liveMessagesOf(event, new Date().toISOString())) live.write(message);
		onEvent(event);
	};
	try {
		const machine = describeMachine((await libraryOf(backend)).name);
		if (running.prepare) {
			const known = store.calibration(stored.id) !== null;
			onEvent({ kind: "calibrating", done: 0, total: 1 });
			const remark = (text: string) => heard({ kind: "warning", text, all: [text] });
			const calibration = await running.prepare(known ? [] : study.batchSizes, signal, remark);
			if (calibration) store.saveCalibration(stored.id, calibration);
		}
		const ran = await runSession({
			stored: { ...stored, study },
			store,
			design: designOf(study),
			executor: running.executor,
			bench,
			machine,
			grant,
			seconds,
			signal,
			onEvent: heard,
		});
		complete = ran.end === "complete";
		return answerFrom(store, store.find(stored.id), ran);
	} catch (error) {
		hopeless = error instanceof SweetspotError && error.code === "trainer/failing" && store.trials(stored.id).length === 0;
		throw error;
	} finally {
		live.close();
		await running.close(complete);
		if (hopeless) removeStudy(store, stored.id);
	}
}

/** Seconds left of the study's own budget. */
const secondsLeft = ({ study: { budget }, seconds }: StoredStudy): number | null =>
	budget.seconds === null ? null : budget.seconds - seconds;
