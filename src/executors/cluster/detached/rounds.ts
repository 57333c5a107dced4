import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TrialSpec, trialKey } from "../../../core/trial.js";
import type { TrainableStudy } from "../../../study/study.js";
import { makePrivateFolder, writePrivateFile } from "../folder.js";
import { type JobFile, type JobSession, jobVersion, stopFileOf } from "../job-files.js";
import { packed } from "../pack.js";
import { slurmSystem } from "../slurm/system.js";
import { trialsOf } from "./attempts.js";
import { type DetachedOrder, roundFolder, roundsIn, scriptsFolder, sessionFileOf } from "./order.js";

/** Slurm for the jobs of one round, or of what else has a name of its own within the study. */
export const systemFor = (study: TrainableStudy, folder: string, { tag, program, node }: DetachedOrder, name: string) =>
	slurmSystem(study.cluster?.slurm ?? {}, { folder, tag, program, node }, name);

/** The name of a round's jobs. */
export const roundName = (generation: number): string => `round-${generation}`;

/** Makes a folder for jobs, with the session's file, which all of them share. Returns the path of that file. */
export function makeSession(jobs: string, folder: string, study: TrainableStudy, { id, sha256 }: DetachedOrder): string {
	const session = sessionFileOf(makePrivateFolder(jobs));
	const content: JobSession = { version: jobVersion, study, id, program: sha256, scripts: scriptsFolder(folder) };
	writePrivateFile(session, JSON.stringify(content));
	return session;
}

/** Submits trials as one array of jobs, and returns its id. `seconds`: the mean duration of a trial; null: unknown. */
export async function submitRound(
	trials: readonly TrialSpec[],
	seconds: number | null,
	study: TrainableStudy,
	folder: string,
	order: DetachedOrder,
	generation: number,
): Promise<string> {
	const jobs = roundFolder(folder, generation);
	const session = makeSession(jobs, folder, study, order);
	const files = packed(trials, order.slots, seconds).map((pack, place) => {
		const file = join(jobs, `${place}.json`);
		writePrivateFile(file, JSON.stringify({ version: jobVersion, session, task: { kind: "trials", trials: pack } } satisfies JobFile));
		return { file };
	});
	return (await systemFor(study, folder, order, roundName(generation)).submit(files, order.slots)).submission;
}

/** Asks all jobs of all rounds to end, those too that start only now. They end within a second, even where Slurm does nothing. */
export function giveUpRounds(folder: string): void {
	for (const round of roundsIn(folder)) writeFileSync(stopFileOf(sessionFileOf(roundFolder(folder, round))), "", { mode: 0o600 });
}

/** Removes rounds of whose trials none is missing. A failure does no harm. */
export function removeRounds(folder: string, isStored: (key: string) => boolean): void {
	for (const round of roundsIn(folder)) {
		if (!trialsOf(folder, round).every((trial) => isStored(trialKey(trial)))) continue;
		try {
			rmSync(roundFolder(folder, round), { recursive: true, force: true });
		} catch {}
	}
}

/** Removes what earlier generations have published, and what they printed. */
export function removePublished(folder: string, before: number): void {
	for (const name of readdirSync(folder)) {
		const [, generation] = /^(?:snapshot|standing|control)-(\d+)\.(?:sqlite|json|out)$/.exec(name) ?? [];
		if (generation === undefined || Number(generation) >= before) continue;
		try {
			rmSync(join(folder, name), { force: true });
		} catch {}
	}
}

/** Whether a study was ever detached here. */
export const wasDetached = (folder: string): boolean => existsSync(join(folder, "order.json"));
