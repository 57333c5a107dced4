import { createHash, randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { SweetspotError } from "../core/errors.js";
import type { TrainableStudy } from "../study/study.js";
import { isCommand, traitsOf } from "../study/workloads/table.js";
import { StudyFiles, trialName } from "../trainers/command/files.js";
import { claimNextGeneration } from "./cluster/detached/generations.js";
import { giveUpRounds, wasDetached } from "./cluster/detached/rounds.js";
import { ClusterExecutor } from "./cluster/executor.js";
import { makePrivateFolder, requireLocalDisk, requirePlainPath, shortageIn } from "./cluster/folder.js";
import { type JobSession, jobVersion, stopFileOf } from "./cluster/job-files.js";
import type { JobSystem } from "./cluster/job-system.js";
import { probe } from "./cluster/probe.js";
import { placeProgram } from "./cluster/program.js";
import type { Opening, StudyExecutor } from "./study-executor.js";

/** Where nothing else is said: most clusters' nodes see the users' homes. */
export const usualClusterFolder = "~/sweetspot-jobs";

/** Jobs at once where nothing else is said: a cluster is shared. */
export const usualClusterSlots = 16;

/** Where a study's jobs live, and what they run. */
export interface JobPlace {
	/** Absolute: the study's folder, for all sessions. */
	readonly folder: string;
	/** Identifies the study on the cluster; unique among the studies of all stores. */
	readonly tag: string;
	/** Absolute path of the program. */
	readonly program: string;
	/** Node.js there. */
	readonly node: string;
}

/** Opens a study's executor over a job system. `usual`: the folder if the study names none. */
export async function onCluster(
	opening: Opening,
	slots: number,
	usual: string,
	usualNode: string,
	openSystem: (place: JobPlace) => JobSystem,
): Promise<StudyExecutor> {
	const { study, id, store } = opening;
	refuseOnCluster(opening);
	if (store !== null) requireLocalDisk(store);
	const { root, tag, folder } = studyPlace(study, id, store, usual);
	makePrivateFolder(folder);
	if (wasDetached(folder)) {
		claimNextGeneration(folder); // no controller goes on
		giveUpRounds(folder);
	}
	const program = guarded(folder, () => placeProgram(root));
	const system = openSystem({ folder, tag, program: program.file, node: study.cluster?.node ?? usualNode });
	await system.check();
	const earlier = earlierSessions(folder);
	giveUp(folder, earlier);
	if (await system.endEarlier()) for (const one of earlier) removed(one);
	const scripts = join(folder, "scripts");
	const sessionFolder = makePrivateFolder(join(folder, `session-${randomBytes(8).toString("hex")}`));
	const session = join(sessionFolder, "session.json");
	guarded(folder, () =>
		writeFileSync(session, JSON.stringify({ version: jobVersion, study, id, program: program.sha256, scripts } satisfies JobSession), {
			mode: 0o600,
		}),
	);
	const files = new StudyFiles(scripts, id);
	const executor = new ClusterExecutor({
		system,
		slots,
		folder: sessionFolder,
		session,
		areScripts: isCommand(study.workload),
		keepLog(trial, text) {
			const file = files.logOf(trial);
			try {
				mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
				writeFileSync(file, text, { mode: 0o600 });
			} catch {} // the disk is full: the result says so soon
		},
		shortage: () => shortageIn(folder),
	});
	return {
		executor,
		prepare: (timing, signal, onRemark) =>
			probe(
				{ system, folder: sessionFolder, session, timing: traitsOf(study.workload).timing === "apart" ? timing : [], onRemark },
				signal,
			),
		stored(trial) {
			if (!isCommand(study.workload) || store === null) return;
			keepLog(files.logOf(trial), join(store, "logs", id), `${trialName(trial)}.log`);
			files.stored(trial);
			files.gone(trial);
		},
		async close(complete) {
			await executor.close();
			await system.close();
			removed(sessionFolder);
			if (complete) files.finished();
		},
	};
}

/** Where a study has its jobs: below `root`, in a folder with a name of its own, its tag. Makes nothing. */
export function studyPlace(
	study: TrainableStudy,
	id: string,
	store: string | null,
	usual = usualClusterFolder,
): { readonly root: string; readonly tag: string; readonly folder: string } {
	const root = folderOf(study.cluster?.folder ?? usual);
	requirePlainPath(root);
	// The same study on two machines, or in two stores, is two studies.
	const tag = `${id}-${createHash("sha256").update(`${hostname()} ${store}`).digest("hex").slice(0, 8)}`;
	return { root, tag, folder: join(root, tag) };
}

/** Throws for studies that can't run as jobs. */
export function refuseOnCluster({ study, store, backend }: Pick<Opening, "study" | "store" | "backend">): void {
	if (backend === "blas")
		throw new SweetspotError(
			"usage/bad-value",
			"--backend is blas, which needs a library of this machine",
			"omit --backend, or run the study here: `--executor workers`",
		);
	if ("trainer" in study.workload)
		throw new SweetspotError(
			"cluster/unusable",
			"a trainer module runs in threads of this process",
			"run it here with `--executor workers`, or make it a script: docs/training-scripts.md",
		);
	if (store === null && isCommand(study.workload))
		throw new SweetspotError("usage/bad-value", "a script needs a store in a folder", "name one with `store`");
}

/** The folders of sessions that did not come to their end. */
const earlierSessions = (folder: string): readonly string[] =>
	readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && /^session-[0-9a-f]{16}$/.test(entry.name))
		.map(({ name }) => join(folder, name));

/** Asks the jobs of sessions to end, those too that start only now. They end within a second, even where their system does nothing. */
function giveUp(folder: string, sessions: readonly string[]): void {
	for (const one of sessions) guarded(folder, () => writeFileSync(stopFileOf(join(one, "session.json")), "", { mode: 0o600 }));
}

/** A path below the user's home, or below the working folder. */
const folderOf = (path: string): string => (path.startsWith("~/") ? join(homedir(), path.slice(2)) : resolve(path));

/** The folder for the files of jobs on this machine: in the store, or, for a store in memory, in the system's temporary folder. */
export const localFolder = ({ store }: Opening): string => join(store ?? tmpdir(), "jobs");

/** Turns a failure to write for lack of space into an error that the user can fix. */
function guarded<Value>(folder: string, act: () => Value): Value {
	try {
		return act();
	} catch (error) {
		throw shortageIn(folder) ?? error;
	}
}

/** Copies what a script printed on its node into the store's folder of logs. */
function keepLog(from: string, folder: string, name: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		copyFileSync(from, join(folder, name));
	} catch {} // it printed nothing, or the disk is full
}

/** Removes a folder; a failure does no harm. */
function removed(folder: string): void {
	try {
		rmSync(folder, { recursive: true, force: true });
	} catch {}
}
