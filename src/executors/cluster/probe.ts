import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Calibration } from "../../core/calibration.js";
import { type ErrorCode, errorTable, SweetspotError } from "../../core/errors.js";
import { answered } from "./answered.js";
import { makePrivateFolder, writePrivateFile } from "./folder.js";
import { FollowedJob } from "./followed-job.js";
import { type ControllerProbe, type JobFile, type JobMessage, jobVersion } from "./job-files.js";
import type { JobState, JobSystem } from "./job-system.js";
import { StuckQueue } from "./stuck-queue.js";

const lookMilliseconds = 100;

/** The oldest Node.js that runs the program. */
const leastNode = [20, 19] as const;

interface Probing {
	readonly system: JobSystem;
	/** Absolute path of the session's folder, and of the file in it. */
	readonly folder: string;
	readonly session: string;
	/** Batch sizes whose steps are timed; empty if the runs' own clocks are used. */
	readonly timing: readonly number[];
	/** What must run on a node to carry a detached study on; absent: nothing. */
	readonly controller?: ControllerProbe;
	/** Called with what keeps the job from starting, where that is worth a word. */
	readonly onRemark: (text: string) => void;
}

/**
 * Before the first trial, runs one job that trains nothing. It checks whether a node sees the folder and has the right Node.js, the same
 * program and the same data, and times steps there. Null if nothing was timed or the signal was aborted. Throws `cluster/…`, and the errors
 * that would keep the study from running on this machine too.
 */
export async function probe(
	{ system, folder, session, timing, controller, onRemark }: Probing,
	signal: AbortSignal,
): Promise<Calibration | null> {
	const file = join(makePrivateFolder(join(folder, "probe")), "0.json");
	const task = { kind: "probe", timing, ...(controller && { controller }) } as const;
	writePrivateFile(file, JSON.stringify({ version: jobVersion, session, task } satisfies JobFile));
	if (system.notice) onRemark(system.notice);
	const [job] = (await system.submit([{ file }], 1)).jobs;
	const followed = new FollowedJob(file);
	const stuck = new StuckQueue(system.name);
	let machine: string | null = null;
	let pause = system.pace.least;
	let askAt = performance.now() + pause;
	let endedAt: number | null = null;
	let state: JobState | null = null;
	for (;;) {
		for (const message of followed.read().messages) {
			if (message.kind === "started") {
				machine = message.machine;
				requireNode(message);
			} else if (message.kind === "probed") return message.calibration;
			else if (message.kind === "unable") throw unable(message, machine);
		}
		if (signal.aborted) {
			await system.cancel([job]);
			await untilGone(system, job);
			return null;
		}
		const now = performance.now();
		if (endedAt !== null && now > endedAt + system.pace.arrival) throw silent(followed, state, system, folder);
		if (now >= askAt) {
			const states = await answered(system);
			pause = Math.min(system.pace.most, 1.5 * pause);
			askAt = performance.now() + pause;
			state = states?.get(job) ?? null;
			const remark = stuck.after(state === null ? [] : [state], now);
			if (remark !== null) onRemark(remark);
			if (states !== null && (state === null || state.kind === "ended")) endedAt ??= now;
		}
		await delay(lookMilliseconds);
	}
}

async function untilGone(system: JobSystem, job: string): Promise<void> {
	for (let tries = 0; tries < 60; tries++) {
		const states = await system.poll().catch(() => null);
		const state = states?.get(job);
		if (states !== null && (state === undefined || state.kind === "ended")) return;
		await delay(Math.max(system.pace.least, 100));
	}
}

function requireNode({ machine, node }: Extract<JobMessage, { readonly kind: "started" }>): void {
	const [major, minor] = node.split(".").map(Number);
	if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
	throw new SweetspotError(
		"cluster/unusable",
		`Node.js on ${machine} is ${node}, expected ${leastNode.join(".")} or newer`,
		"name a newer one that the nodes see: `cluster: { node: /path/to/node }`",
	);
}

function unable({ code, detail, fix }: Extract<JobMessage, { readonly kind: "unable" }>, machine: string | null): SweetspotError {
	const known = code !== null && Object.hasOwn(errorTable, code) ? (code as ErrorCode) : "cluster/unusable";
	return new SweetspotError(known, `on ${machine}: ${detail}`, fix === "" ? "see what the job printed" : fix);
}

/** The job ended without a message. Its output shows why, if it could write any here. */
function silent(followed: FollowedJob, state: JobState | null, { name, can }: JobSystem, folder: string): SweetspotError {
	const printed = followed.lastLines();
	const words = state?.kind === "ended" ? state.words : `${name} knows it no more`;
	if (printed === null && !can.sharesFolder)
		return new SweetspotError(
			"cluster/unusable",
			`a first job ended (${words}), and its log can't be read`,
			`look at ${name}'s own logs, and start the study again`,
		);
	if (printed === null)
		return new SweetspotError(
			"cluster/unusable",
			`a first job ran and left nothing in ${folder} (${words})`,
			`name a folder that this machine and the nodes see under the same path: \`cluster: { folder: … }\`${name === "Ray" ? "; or share none: `cluster: { ray: { upload: true } }`" : ""}`,
		);
	return new SweetspotError(
		"cluster/unusable",
		`a first job could not run the program (${words}); it printed: ${printed === "" ? "nothing" : printed}`,
		"name Node.js 20.19 or newer as the nodes see it: `cluster: { node: /path/to/node }`",
	);
}
