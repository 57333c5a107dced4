import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TrialSpec } from "../../core/trial.js";
import { lastSnapshot, scriptsFolder } from "../../executors/cluster/detached/order.js";
import { openStore } from "../../store/open.js";
import type { Store } from "../../study/contracts.js";
import { isCommand } from "../../study/workloads/table.js";
import { StudyFiles } from "../../trainers/command/files.js";
import { unpackSnapshot, withScratch } from "./snapshot.js";

/**
 * Adds to a study what a detached study's last snapshot has more of it, and its seconds. The state stays as it is; returns that of the
 * snapshot, with its digest. Null where there is no snapshot.
 */
export async function takeIn(store: Store, id: string, folder: string): Promise<{ readonly digest: string | null } | null> {
	const generation = lastSnapshot(folder);
	if (generation === 0) return null;
	return await withScratch((scratch) => {
		unpackSnapshot(folder, generation, scratch);
		const from = openStore(scratch, { mode: "read" });
		try {
			return from && copied(from, store, id, folder);
		} finally {
			from?.close();
		}
	});
}

/** Trials are only ever appended, and the snapshot began with those that the store has. */
function copied(from: Store, store: Store, id: string, folder: string): { readonly digest: string | null } {
	const theirs = from.find(id);
	const own = store.find(id);
	for (const { spec, result } of from.trials(id).slice(own.trials)) {
		store.append(id, { spec, result: { ...result } });
		if (isCommand(own.study.workload) && store.folder !== null) keepLog(new StudyFiles(scriptsFolder(folder), id), spec, store.folder, id);
	}
	const calibration = from.calibration(id);
	if (calibration) store.saveCalibration(id, calibration);
	const extensions = from.extensions(id).slice(store.extensions(id).length);
	if (extensions.length > 0) store.extend(id, extensions);
	const tested = from.testResults(id);
	if (tested.length > 0) store.saveTestResults(id, tested);
	const { state, digest, seconds } = store.find(id);
	store.setState(id, state, Math.max(0, theirs.seconds - seconds), digest);
	return { digest: theirs.digest };
}

function keepLog(files: StudyFiles, trial: TrialSpec, store: string, id: string): void {
	try {
		const to = new StudyFiles(store, id).logOf(trial);
		mkdirSync(join(to, ".."), { recursive: true, mode: 0o700 });
		copyFileSync(files.logOf(trial), to);
	} catch {} // it printed nothing, or the disk is full
}
