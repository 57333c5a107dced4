import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type JobSession, taskVariables } from "../job-files.js";
import { SignedFrameWriter } from "../ray/signed-frames.js";
import { inPackage } from "../upload/layout.js";
import { relocated } from "../upload/relocated.js";
import { type JobChannel, requireVersion, writeAll } from "./job-channel.js";

/** The log is read as a whole each time, so it must stay short: looks become rarer as a trial goes on. */
const leastPauseMilliseconds = 2000;
const shareOfElapsed = 0.05;

/** Where nothing is shared: the session lies in the working folder, the task in a variable, and the standard output is the job's log. */
export function logChannel(): JobChannel {
	const root = process.cwd();
	const { [taskVariables.job]: job = "", [taskVariables.task]: text = "" } = process.env;
	for (const name of Object.values(taskVariables)) delete process.env[name];
	// Before anything else can write to the log: this says which key is the job's.
	const frames = new SignedFrameWriter(job, (frame) => writeAll(1, frame));
	const file = join(root, inPackage.session);
	const session = JSON.parse(readFileSync(file, "utf8")) as JobSession;
	requireVersion(file, session.version);
	const kept = join(root, inPackage.kept);
	if (existsSync(kept)) process.env.XDG_CACHE_HOME = kept;
	const scripts = mkdtempSync(join(tmpdir(), "sweetspot-job-"));
	const parent = process.ppid;
	return {
		session: { ...session, study: relocated(session.study, (path) => resolve(root, path)), scripts },
		task: JSON.parse(Buffer.from(text, "base64").toString("utf8")),
		say: (message) => frames.say(message),
		// Ray's process for this job is gone, and its log with it.
		isGivenUp: () => process.ppid !== parent,
		pauseAfter: (elapsed) => Math.max(leastPauseMilliseconds, shareOfElapsed * elapsed),
		losesFiles: true,
		end: () => rmSync(scripts, { recursive: true, force: true, maxRetries: 3 }),
	};
}
