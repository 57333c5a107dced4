import { readFileSync } from "node:fs";
import { SweetspotError } from "../../../core/errors.js";
import { type JobFile, taskVariables } from "../job-files.js";
import type { JobState } from "../job-system.js";
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

/** The log of a job that has ended is asked for so often. */
const mostTries = 5;

/** Nothing is shared: jobs get a package from Ray, and what they say is read from their logs. `pack`: makes the package. */
export function uploaded(
	dashboard: Dashboard,
	node: string,
	pack: () => Promise<SessionPackage>,
	describe: (session: SessionPackage) => string | null,
): Delivery {
	let session: SessionPackage | null = null;
	let thereUntil = 0;
	let notice: string | null = null;
	/** Jobs whose logs aren't read to their end, and how often that has failed since they ended. */
	const followed = new Map<string, { readonly log: JobLog; tries: number }>();

	const packed = async (): Promise<SessionPackage> => {
		session ??= await pack();
		return session;
	};
	const ensureThere = async ({ name, bytes }: SessionPackage): Promise<void> => {
		if (performance.now() < thereUntil) return;
		const path = `/api/packages/gcs/${name}`;
		const found = await ask(dashboard, "GET", path);
		requireWelcome(dashboard, found);
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
			if (!followed.has(job)) followed.set(job, { log: new JobLog(dashboard, job, file), tries: 0 });
			const variables = {
				SWEETSPOT_JOB_NODE: node,
				[taskVariables.job]: job,
				[taskVariables.task]: Buffer.from(JSON.stringify(task)).toString("base64"),
			};
			return { entrypoint, runtime_env: { env_vars: variables, working_dir: `gcs://${own.name}` }, metadata: {} };
		},
		async fetch(states) {
			await Promise.all([...followed].map(([job, one]) => fetchOne(job, one, states.get(job) ?? null)));
		},
		giveUp() {}, // nothing reaches a job that Ray has not started yet
	};

	async function fetchOne(job: string, one: { readonly log: JobLog; tries: number }, state: JobState | null): Promise<void> {
		if (state === null || state.kind === "queued") return;
		const isLast = state.kind === "ended";
		const wasRead = await one.log.fetch(isLast);
		if (isLast && (wasRead || ++one.tries >= mostTries)) followed.delete(job);
	}
}
