import { realpathSync } from "node:fs";
import type { Backend } from "../../core/backend.js";
import { SweetspotError } from "../../core/errors.js";
import { claimGeneration, claimNextGeneration } from "../../executors/cluster/detached/generations.js";
import { type DetachedOrder, roundFolder, writeOrder, writeStanding } from "../../executors/cluster/detached/order.js";
import { giveUpRounds, makeSession, systemFor } from "../../executors/cluster/detached/rounds.js";
import { makePrivateFolder, requireLocalDisk } from "../../executors/cluster/folder.js";
import { probe } from "../../executors/cluster/probe.js";
import { placeProgram } from "../../executors/cluster/program.js";
import { controllerOptions, submitController } from "../../executors/cluster/slurm/controllers.js";
import { endJobsOf } from "../../executors/cluster/slurm/system.js";
import { refuseOnCluster, studyPlace } from "../../executors/on-cluster.js";
import { slotsFor } from "../../executors/table.js";
import { noteElsewhere } from "../../store/elsewhere.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { isTrainable } from "../../study/study.js";
import { traitsOf } from "../../study/workloads/table.js";
import { untrainable } from "../untrainable.js";
import { requireNotDetached } from "./require-not-detached.js";
import { publishStudy } from "./snapshot.js";
import { takeIn } from "./take-in.js";

interface Detaching {
	readonly store: Store;
	readonly stored: StoredStudy;
	readonly backend: Backend | undefined;
	readonly workers: number | undefined;
	/** The program that nodes shall run, as it was started here. */
	readonly program: string;
	/** Aborting it ends the attempt. */
	readonly signal: AbortSignal;
	readonly onRemark: (text: string) => void;
}

/** A study that goes on by itself. */
export interface Detached {
	/** The job that goes on with it. */
	readonly job: string;
	readonly folder: string;
}

/**
 * Hands a stored study over to Slurm, where its jobs and a controller after each round go on with it. What an earlier detached run has left
 * is ended and taken in. One job finds out beforehand whether nodes can do that. Null where the signal was aborted.
 */
export async function detachStudy({
	store,
	stored,
	backend = "auto",
	workers,
	program,
	signal,
	onRemark,
}: Detaching): Promise<Detached | null> {
	const { id, study } = stored;
	if (!isTrainable(study)) throw untrainable(stored);
	const { folder: home } = store;
	if (home === null) throw new SweetspotError("usage/bad-value", "a detached study needs a store in a folder", "name one with --store");
	requireNotDetached(home, id);
	refuseOnCluster({ study, store: home, backend });
	requireLocalDisk(home);
	const { root, tag, folder } = studyPlace(study, id, home);
	makePrivateFolder(folder);
	const { file, sha256 } = placeProgram(root);
	const slots = slotsFor(study, { executor: "slurm", workers, gpus: null });
	const node = study.cluster?.node ?? process.execPath;
	const main = realpathSync(program);
	const draft = { version: 1, id, tag, slots, backend, node, main, program: file, sha256, options: [], base: 0 } as const;
	await systemFor(study, folder, draft, "check").check();
	const options = await controllerOptions(study.cluster?.slurm ?? {}, folder);
	// From here on no earlier controller goes on.
	const base = claimNextGeneration(folder);
	giveUpRounds(folder);
	await endJobsOf(tag);
	await takeIn(store, id, folder);
	const order: DetachedOrder = { ...draft, options, base };
	writeOrder(folder, order);
	if (!(await probed())) return null;
	await publishStudy(home, id, folder, base);
	if (!claimGeneration(folder, base + 1))
		throw new SweetspotError("store/not-running", `${id} was resumed by another process`, "see what it does: `sweetspot studies`");
	writeStanding(folder, base, { state: "waits", problem: null, at: Date.now() });
	const job = await submitController({ folder, tag, node, main }, options, base + 1, null);
	store.setState(id, "running", 0, null);
	noteElsewhere(home, { id, folder, tag, taken: base });
	return { job, folder };

	/** Runs one job that finds out whether all can begin, and times steps. False where the signal was aborted. */
	async function probed(): Promise<boolean> {
		if (!isTrainable(study)) return false;
		const jobs = roundFolder(folder, base);
		const session = makeSession(jobs, folder, study, order);
		const system = systemFor(study, folder, order, "probe");
		const timing = traitsOf(study.workload).timing === "apart" && store.calibration(id) === null ? study.batchSizes : [];
		const calibration = await probe({ system, folder: jobs, session, timing, controller: { main, folder }, onRemark }, signal);
		if (calibration) store.saveCalibration(id, calibration);
		return !signal.aborted;
	}
}
