import { readFileSync } from "node:fs";
import { SweetspotError } from "../../../core/errors.js";
import { type JobFile, type JobTask, jobVariable } from "../job-files.js";
import type { JobState } from "../job-system.js";
import { jobPackage, jobPackageName } from "../upload/job-package.js";
import { inPackage } from "../upload/layout.js";
import type { SessionPackage } from "../upload/session-package.js";
import { lastLine, requireWelcome } from "./answers.js";
import { ask } from "./ask.js";
import type { Dashboard } from "./dashboard.js";
import type { Delivery } from "./delivery.js";
import { JobLog } from "./job-log.js";

/** What a job runs, in its package's folder. Ray gives it to a shell, so it is always the same. Ray's token stays out of the job. */
const entrypoint = [
	"unset RAY_AUTH_TOKEN RAY_AUTH_TOKEN_PATH",
	"umask 077",
	`exec "$SWEETSPOT_JOB_NODE" ${inPackage.program}/dist/executors/cluster/sweetspot-work.mjs`,
].join("; ");

/** Ray drops a package that no job has used for ten minutes: by then, ask whether it is there. */
const surelyThereMilliseconds = 60_000;

/** As long as a job waits, its ticket is renewed this often. */
const renewingMilliseconds = 15_000;

/** The log of a job that has ended is asked for so often. */
const mostTries = 5;

/** A job whose log isn't read to its end. */
interface Followed {
	readonly log: JobLog;
	readonly task: JobTask;
	/** How often reading its log has failed since it ended. */
	tries: number;
	/** When its ticket was sent, by `performance.now()`. */
	sentAt: number;
	/** "none": it has begun, or its ticket says that it must not. */
	ticket: "renewed" | "being withdrawn" | "none";
}

/** Nothing is shared: jobs get packages from Ray, and what they say is read from their logs. `pack`: makes the session's package. */
export function uploaded(
	dashboard: Dashboard,
	node: string,
	pack: () => Promise<SessionPackage>,
	describe: (session: SessionPackage) => string | null,
): Delivery {
	let session: SessionPackage | null = null;
	let thereUntil = 0;
	let notice: string | null = null;
	/** Milliseconds by which the head's clock is ahead of this one. */
	let ahead = 0;
	const followed = new Map<string, Followed>();

	const packed = async (): Promise<SessionPackage> => {
		session ??= await pack();
		return session;
	};
	const ensureThere = async ({ name, bytes }: SessionPackage): Promise<void> => {
		if (performance.now() < thereUntil) return;
		const path = `/api/packages/gcs/${name}`;
		const found = await ask(dashboard, "GET", path);
		requireWelcome(dashboard, found);
		ahead = found.ahead;
		if (found.status !== 200) {
			const reply = await ask(dashboard, "PUT", path, bytes);
			requireWelcome(dashboard, reply);
			if (reply.status === 413 || reply.status === 400)
				throw new SweetspotError(
					"cluster/unusable",
					`Ray does not take the package of ${bytes.length} bytes: ${lastLine(reply.text)}`,
					"list what trials don't need in .gitignore",
				);
			if (reply.status !== 200) throw new Error(`Ray answers ${reply.status} to the package: ${lastLine(reply.text)}`);
		}
		thereUntil = performance.now() + surelyThereMilliseconds;
	};

	const sendTicket = async (job: string, task: JobTask | null): Promise<void> => {
		const reply = await ask(dashboard, "PUT", `/api/packages/gcs/${jobPackageName(job)}`, jobPackage(task, Date.now() + ahead));
		requireWelcome(dashboard, reply);
		if (reply.status !== 200) throw new Error(`Ray answers ${reply.status} to a job's package: ${lastLine(reply.text)}`);
	};

	return {
		sharesFolder: false,
		get notice() {
			return notice;
		},
		async check() {
			notice = describe(await packed());
		},
		async request(job, file) {
			const own = await packed();
			await ensureThere(own);
			const { task } = JSON.parse(readFileSync(file, "utf8")) as JobFile;
			// A request that got no answer is repeated, and may have been heard.
			if (!followed.has(job))
				followed.set(job, { log: new JobLog(dashboard, job, file), task, tries: 0, sentAt: performance.now(), ticket: "renewed" });
			await sendTicket(job, task);
			return {
				entrypoint,
				runtime_env: {
					env_vars: { SWEETSPOT_JOB_NODE: node, [jobVariable]: job },
					working_dir: `gcs://${own.name}`,
					py_modules: [`gcs://${jobPackageName(job)}`],
				},
				metadata: {},
			};
		},
		async fetch(states) {
			await Promise.all([...followed].map(([job, one]) => fetchOne(job, one, states.get(job) ?? null)));
		},
		async giveUp(job) {
			const one = followed.get(job);
			if (one?.ticket === "none") return; // Ray ends a job that runs
			if (one) one.ticket = "being withdrawn";
			try {
				await sendTicket(job, null);
				if (one) one.ticket = "none";
			} catch {} // it is asked to end again, as long as it is listed
		},
	};

	async function fetchOne(job: string, one: Followed, state: JobState | null): Promise<void> {
		if (state === null || state.kind === "queued") return renew(job, one);
		one.ticket = "none";
		const isLast = state.kind === "ended";
		const wasRead = await one.log.fetch(isLast);
		if (isLast && (wasRead || ++one.tries >= mostTries)) followed.delete(job);
	}

	/** As long as this process is there, a job that waits may begin. */
	async function renew(job: string, one: Followed): Promise<void> {
		if (one.ticket !== "renewed" || performance.now() < one.sentAt + renewingMilliseconds) return;
		one.sentAt = performance.now();
		await sendTicket(job, one.task).catch(() => null); // the next look tries again
	}
}
