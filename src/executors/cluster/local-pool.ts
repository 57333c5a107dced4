import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { Guard } from "../../trainers/command/local/guard.js";
import { killMarked } from "../../trainers/command/local/kin.js";
import { OwnGroup } from "../../trainers/command/local/own-group.js";
import { outFileOf } from "./job-files.js";
import type { JobState, JobSystem, JobToRun, Submitted } from "./job-system.js";

/** Everything that a job starts inherits this variable. Its scripts have a mark of their own in addition. */
const jobMark = "SWEETSPOT_JOB";

/** A process that was asked to end is killed after this many milliseconds. */
const graceMilliseconds = 2000;

interface Job extends JobToRun {
	readonly id: string;
	readonly submission: string;
	state: JobState;
	process: ChildProcess | null;
	group: OwnGroup | null;
	wasCancelled: boolean;
}

/**
 * Processes of this machine, each in its own process group; none outlives this process. This is the reference for every job system.
 * `folder`: of the study's jobs, in which a session leaves its mark. `node`: the command of Node.js.
 */
export function localPool(folder: string, program: string, node: string): JobSystem {
	const mark = randomBytes(16).toString("hex");
	const markFile = join(folder, "session");
	const jobs = new Map<string, Job>();
	const limits = new Map<string, number>();
	let submissions = 0;
	let guard: Guard | null = null;

	const endEarlier = async (): Promise<boolean> => {
		try {
			const [earlier] = /^[0-9a-f]{32}$/m.exec(readFileSync(markFile, "latin1")) ?? [];
			if (earlier !== undefined) killMarked(earlier, jobMark);
		} catch {} // there was none
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(markFile, `${mark}\n`, { mode: 0o600 });
		return true;
	};

	const start = (job: Job): void => {
		guard ??= new Guard(mark, folder);
		const output = openSync(outFileOf(job.file), "a", 0o600);
		try {
			const child = spawn(node, [program, job.file], {
				cwd: dirname(job.file),
				env: { ...process.env, [jobMark]: `${mark}-${job.id}` },
				detached: true,
				stdio: ["ignore", output, output],
			});
			job.process = child;
			job.state = { kind: "running", machine: hostname() };
			child.on("error", ({ message }) => ended(job, null, null, message));
			child.on("exit", (code, signal) => ended(job, code, signal, null));
			if (child.pid === undefined) return;
			job.group = new OwnGroup(child.pid);
			guard.watch(child.pid, job.group.start, null);
		} finally {
			closeSync(output);
		}
	};
	const ended = (job: Job, code: number | null, signal: string | null, error: string | null): void => {
		if (job.state.kind === "ended") return;
		// Anything it has left running, such as a script, must not meet the next attempt at the same trial.
		job.group?.look(true);
		job.group?.signal("SIGKILL");
		void job.group?.killStrayed();
		killMarked(`${mark}-${job.id}`, jobMark);
		const words = error ?? (signal === null ? `its process ended with exit code ${code}` : `its process was ended by ${signal}`);
		job.state = { kind: "ended", end: job.wasCancelled ? "cancelled" : code === 0 ? "done" : "failed", words };
		const group = job.process?.pid;
		if (group !== undefined) guard?.release(group);
		startWaiting();
	};
	const startWaiting = (): void => {
		for (const job of jobs.values()) {
			if (job.state.kind !== "queued") continue;
			const running = [...jobs.values()].filter((one) => one.submission === job.submission && one.state.kind === "running").length;
			if (running < (limits.get(job.submission) ?? 1)) start(job);
		}
	};

	return {
		name: "the pool of processes",
		can: { sharesFolder: true, warns: false },
		pace: { least: 50, most: 1000, arrival: 200 },
		async check() {},
		async submit(files, limit): Promise<Submitted> {
			const submission = String(++submissions);
			limits.set(submission, limit);
			const ids = files.map(({ file }, i) => {
				const id = `${submission}_${i}`;
				jobs.set(id, { id, file, submission, state: { kind: "queued", why: null }, process: null, group: null, wasCancelled: false });
				return id;
			});
			startWaiting();
			return { submission, jobs: ids };
		},
		async setLimit(submission, limit) {
			limits.set(submission, limit);
			startWaiting();
		},
		poll: async () => new Map([...jobs].map(([id, { state }]) => [id, state])),
		async cancel(ids) {
			for (const id of ids) {
				const job = jobs.get(id);
				if (!job || job.state.kind === "ended") continue;
				job.wasCancelled = true;
				if (job.state.kind === "queued") {
					job.state = { kind: "ended", end: "cancelled", words: "it was cancelled while it waited" };
					continue;
				}
				job.group?.signal("SIGTERM");
				setTimeout(() => job.group?.signal("SIGKILL"), graceMilliseconds).unref();
			}
		},
		endEarlier,
		close: async () => guard?.close(),
	};
}
