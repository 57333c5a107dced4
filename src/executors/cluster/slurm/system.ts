import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SweetspotError } from "../../../core/errors.js";
import type { SlurmOptions } from "../../../study/cluster-schema.js";
import type { JobSystem, JobToRun, Submitted } from "../job-system.js";
import { type Answer, slurm } from "./commands.js";
import { askedOptions } from "./options.js";
import { jobStates, queueFormat } from "./states.js";

/**
 * What a job runs. Its arguments name Node.js, the program and the folder; it contains no text of the user. Slurm counts
 * how often it has requeued a job.
 */
const script = `#!/bin/sh
exec "$1" "$2" "$3/\${SLURM_ARRAY_TASK_ID}.json" "\${SLURM_RESTART_COUNT:-0}"
`;

/** Seconds before the time limit at which the program gets a warning: SIGTERM, as when a job is cancelled or preempted. */
const warningSeconds = 60;

/** Cancelled jobs take a while to disappear. */
const longestEndMilliseconds = 60_000;

interface Place {
	/** Absolute, the study's own. */
	readonly folder: string;
	/** Names the study: part of its jobs' names. */
	readonly tag: string;
	readonly program: string;
	readonly node: string;
}

/** Slurm by its own programs: sbatch, squeue, scancel, scontrol. `session`: differs between runs of the same study. */
export function slurmSystem(options: SlurmOptions, { folder: studyFolder, tag, program, node }: Place, session: string): JobSystem {
	const name = jobsName(tag, session);
	const asked = askedOptions(options);
	const scriptFile = join(studyFolder, "job.sh");
	/** Options of a submission of jobs whose files are in this folder. */
	const optionsFor = (folder: string, tasks: string): readonly string[] => [
		...asked,
		`--job-name=${name}`,
		`--array=${tasks}`,
		"--requeue",
		"--open-mode=append",
		`--output=${join(folder, "%a.out")}`,
		`--signal=B:USR2@${warningSeconds}`,
		`--chdir=${folder}`,
	];

	return {
		name: "Slurm",
		can: { sharesFolder: true, warns: true },
		pace: { least: 1000, most: 60_000, arrival: 5000 },
		async check() {
			writeFileSync(scriptFile, script, { mode: 0o700 });
			const ping = await slurm("sinfo", ["--noheader", "--format=%R"]);
			if (ping.code !== 0) throw unreachable(ping);
			const answer = await slurm("sbatch", ["--test-only", ...asked, scriptFile]);
			if (answer.code === 0 || (await allNodesAreOut(options.partition))) return;
			throw refused(answer, await culprits(asked, scriptFile), ping.stdout);
		},
		async submit(jobs, limit): Promise<Submitted> {
			const folder = folderOf(jobs);
			const tasks = `0-${jobs.length - 1}%${Math.max(1, limit)}`;
			const answer = await whileBusy(() =>
				slurm("sbatch", ["--parsable", ...optionsFor(folder, tasks), scriptFile, node, program, folder]),
			);
			const id = submittedId(answer);
			if (id === null) throw refused(answer, [], "");
			return { submission: id, jobs: jobs.map((_, task) => `${id}_${task}`) };
		},
		async setLimit(submission, limit) {
			await slurm("scontrol", ["update", `JobId=${submission}`, `ArrayTaskThrottle=${limit}`]);
		},
		async poll() {
			const answer = await slurm("squeue", ["--noheader", "--array", "--me", "--states=all", `--name=${name}`, `--Format=${queueFormat}`]);
			if (answer.code !== 0) throw new Error(reasonIn(answer));
			return jobStates(answer.stdout);
		},
		async cancel(jobs) {
			await slurm("scancel", ["--quiet", ...jobs]);
		},
		endEarlier: () => endJobsOf(tag),
		// A controller that was restarted may list what was given up, and a submission that was not acknowledged may have been accepted.
		async close() {
			await untilNoneIsListed((one) => one === name);
		},
	};
}

/** The name of jobs of a study. `session`: what differs between runs of it. */
export const jobsName = (tag: string, session: string): string => `sweetspot-${tag}-${session}`;

/** Ends all jobs of a study. Resolves when the queue has none: true; or after a minute, or where there is no answer: false. */
export const endJobsOf = (tag: string): Promise<boolean> => untilNoneIsListed((one) => one.startsWith(jobsName(tag, "")));

/** How many jobs of a study run and wait; null where there is no answer. */
export async function countJobsOf(tag: string): Promise<{ readonly running: number; readonly waiting: number } | null> {
	const { code, stdout } = await slurm("squeue", ["--noheader", "--array", "--me", "--format=%T %j"]);
	if (code !== 0) return null;
	const states = stdout.split("\n").flatMap((line) => {
		const [state, name = ""] = line.trim().split(" ");
		return name.startsWith(jobsName(tag, "")) ? state : [];
	});
	const running = states.filter((state) => state !== "PENDING").length;
	return { running, waiting: states.length - running };
}

/** The id of the job or array that sbatch has accepted; null where it has not. */
export function submittedId({ code, stdout }: Answer): string | null {
	const [, id] = /^(\d+)(?:;.*)?$/m.exec(stdout) ?? [];
	return code === 0 && id !== undefined ? id : null;
}

/**
 * Asks again if the controller could not be reached. A job that was accepted but not acknowledged does no harm: of two jobs with one file
 * the second to start ends at once.
 */
export async function whileBusy(ask: () => Promise<Answer>): Promise<Answer> {
	for (const pause of [2000, 5000, 15_000]) {
		const answer = await ask();
		if (answer.code !== null && !/timed out|Unable to contact|Connection refused|not responding|temporarily/i.test(answer.stderr))
			return answer;
		await delay(pause);
	}
	return await ask();
}

/** Ends this user's jobs of these names. Resolves when the queue has none: true; or after a minute, or where there is no answer: false. */
async function untilNoneIsListed(isOurs: (name: string) => boolean): Promise<boolean> {
	const until = performance.now() + longestEndMilliseconds;
	for (;;) {
		const { code, stdout } = await slurm("squeue", ["--noheader", "--me", "--format=%j"]);
		const names = [...new Set(stdout.split("\n").map((line) => line.trim()))].filter(isOurs);
		if (code === 0 && names.length === 0) return true;
		if (code !== 0 || performance.now() > until) return false;
		await slurm("scancel", ["--quiet", "--me", `--name=${names.join(",")}`]);
		await delay(1000);
	}
}

/** The folder of these jobs' files, whose names are their places: `0.json`, `1.json`, … */
function folderOf(jobs: readonly JobToRun[]): string {
	return dirname(jobs[0]?.file ?? "");
}

/**
 * Whether every node of the partition, or of all, is down or drained at present. `sbatch --test-only` then refuses any options; `sbatch`
 * itself queues the jobs.
 */
async function allNodesAreOut(partition: string | undefined): Promise<boolean> {
	const { stdout } = await slurm("sinfo", ["--noheader", "--format=%T", ...(partition === undefined ? [] : [`--partition=${partition}`])]);
	const states = stdout.split("\n").filter((line) => line !== "");
	return states.length > 0 && states.every((state) => /^(?:down|drain|fail|maint|unk)|\*$/.test(state));
}

/** The options that Slurm refuses when each is tried alone. */
async function culprits(asked: readonly string[], scriptFile: string): Promise<readonly string[]> {
	const refusals = await Promise.all(
		asked.map(async (option) => ({ option, answer: await slurm("sbatch", ["--test-only", option, scriptFile]) })),
	);
	return refusals.filter(({ answer }) => answer.code !== 0).map(({ option, answer }) => `${option}: ${reasonIn(answer)}`);
}

const unreachable = (answer: Answer): SweetspotError =>
	new SweetspotError(
		"cluster/unusable",
		`Slurm does not answer: ${reasonIn(answer)}`,
		"run Sweetspot on a machine from which jobs are submitted, as a login node; `sinfo` must work there",
	);

export function refused(answer: Answer, each: readonly string[], partitions: string): SweetspotError {
	const found = each.length > 0 ? each.map((one) => `\n  ${one}`).join("") : reasonIn(answer);
	const known = [...new Set(partitions.split("\n").filter((line) => line !== ""))];
	return new SweetspotError(
		"cluster/refused",
		`Slurm says ${found}`,
		`change \`cluster.slurm\` in the study file${known.length > 0 ? `; the partitions are ${known.join(", ")}` : ""}`,
	);
}

/** What Slurm says, without its program's name before every line. */
const reasonIn = ({ stderr, code }: Answer): string =>
	stderr
		.split("\n")
		.map((line) => line.replace(/^\w+: (?:error: |fatal: )?/, "").trim())
		.filter((line) => line !== "")
		.join("; ") || (code === null ? "no answer within a minute" : `exit code ${code}`);
