import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { internal } from "../../../core/errors.js";
import { type JobSession, jobVariable } from "../job-files.js";
import { SignedFrameWriter } from "../ray/signed-frames.js";
import { mostSaved } from "../sent-continuation.js";
import { type JobTicket, whyTooLate } from "../upload/job-package.js";
import { inPackage } from "../upload/layout.js";
import { relocated } from "../upload/relocated.js";
import { type JobChannel, requireVersion, writeAll } from "./job-channel.js";

/** The log is read as a whole each time, so it must stay short: looks become rarer as a trial goes on. */
const leastPauseMilliseconds = 2000;
const shareOfElapsed = 0.05;

/** Where nothing is shared: the session lies in the working folder, the job's ticket next to it, and the standard output is the job's log. */
export function logChannel(): JobChannel {
	const root = process.cwd();
	const { [jobVariable]: job = "" } = process.env;
	delete process.env[jobVariable];
	// Before anything else can write to the log: this says which key is the job's.
	const frames = new SignedFrameWriter(job, (frame) => writeAll(1, frame));
	const file = join(root, inPackage.session);
	const session = JSON.parse(readFileSync(file, "utf8")) as JobSession;
	requireVersion(file, session.version);
	const ticket = takeTicket();
	const late = whyTooLate(ticket, Date.now());
	if (late !== null) process.stderr.write(`${late}\n`);
	const kept = join(root, inPackage.kept);
	if (existsSync(kept)) process.env.XDG_CACHE_HOME = kept;
	const scripts = mkdtempSync(join(tmpdir(), "sweetspot-job-"));
	const parent = process.ppid;
	return {
		session: { ...session, study: relocated(session.study, (path) => resolve(root, path)), scripts },
		task: ticket.task ?? { kind: "trials", trials: [] },
		say: (message) => frames.say(message),
		// Ray's process for this job may be gone, and its log with it.
		whyGivenUp: () => late ?? (process.ppid === parent ? null : "it was given up"),
		pauseAfter: (elapsed) => Math.max(leastPauseMilliseconds, shareOfElapsed * elapsed),
		losesFiles: true,
		mostSaved: mostSaved.log,
		end: () => rmSync(scripts, { recursive: true, force: true, maxRetries: 3 }),
	};
}

/** The job's ticket. Ray names the folder of a job's second package in PYTHONPATH, where a script has no use for it. */
function takeTicket(): JobTicket {
	const folders = process.env.PYTHONPATH?.split(":") ?? [];
	const own = folders.find((folder) => folder !== "" && existsSync(join(folder, inPackage.ticket)));
	if (own === undefined) throw internal("a job of Ray has no ticket");
	const others = folders.filter((folder) => folder !== own).join(":");
	if (others === "") delete process.env.PYTHONPATH;
	else process.env.PYTHONPATH = others;
	return JSON.parse(readFileSync(join(own, inPackage.ticket), "utf8")) as JobTicket;
}
