import { writeFileSync } from "node:fs";
import { dirname, sep } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SweetspotError } from "../../../core/errors.js";
import type { RayOptions } from "../../../study/cluster-schema.js";
import { HeldJobs } from "../held-jobs.js";
import { outFileOf, stopFileOf } from "../job-files.js";
import type { JobState, JobSystem } from "../job-system.js";
import { lastLine, read, requireWelcome } from "./answers.js";
import { ask } from "./ask.js";
import type { Dashboard } from "./dashboard.js";
import { askedFields, lackOf } from "./resources.js";
import { type ListedJob, listedJobs, nodesIn, stateOf } from "./states.js";

/**
 * What a job runs. Ray gives it to a shell, so it is always the same: which folder, program and file, variables say. A job that was given
 * up before it began ends at once, though Ray runs it all the same. Ray's token stays out of the job.
 */
const entrypoint = [
	"unset RAY_AUTH_TOKEN RAY_AUTH_TOKEN_PATH",
	"umask 077",
	'cd "$SWEETSPOT_JOB_FOLDER" || exit 1',
	'if [ -e "$SWEETSPOT_JOB_STOP" ]; then exit 0; fi',
	'exec "$SWEETSPOT_JOB_NODE" "$SWEETSPOT_JOB_PROGRAM" "$SWEETSPOT_JOB_FILE" >>"$SWEETSPOT_JOB_OUT" 2>&1',
].join("; ");

const arrivalMilliseconds = 5000;

/** A job starts within seconds, on a busy machine within more: then it waits for something. */
const patienceMilliseconds = 30_000;

/**
 * Ray does not end a job that waits: it goes on listing it, and runs it when there is room, where it ends at once. After this many
 * milliseconds it counts as ended; Ray itself gives it up after a quarter of an hour.
 */
const longestWaitMilliseconds = 30_000;

/** What is stopped takes a while to be gone. */
const longestEndMilliseconds = 60_000;

interface Place {
	/** Absolute, the study's own. */
	readonly folder: string;
	/** Names the study: part of its jobs' names. */
	readonly tag: string;
	readonly program: string;
	readonly node: string;
}

/** Ray by the REST interface of its dashboard. `session`: differs between runs of the same study. */
export function raySystem(
	dashboard: Dashboard,
	options: RayOptions,
	{ folder: studyFolder, tag, program, node }: Place,
	session: string,
): JobSystem {
	const study = `sweetspot-${tag}-`;
	let lack: string | null = null;
	/** When a job that waits was first seen to, by `performance.now()`. */
	const waitsSince = new Map<string, number>();

	const jobs = new HeldJobs(`${study}${session}`, arrivalMilliseconds, async ({ id, file }) => {
		const variables = {
			SWEETSPOT_JOB_FOLDER: dirname(file),
			SWEETSPOT_JOB_STOP: stopFileOf(file),
			SWEETSPOT_JOB_NODE: node,
			SWEETSPOT_JOB_PROGRAM: program,
			SWEETSPOT_JOB_FILE: file,
			SWEETSPOT_JOB_OUT: outFileOf(file),
		};
		const reply = await ask(dashboard, "POST", "/api/jobs/", {
			entrypoint,
			submission_id: id,
			runtime_env: { env_vars: variables },
			metadata: { sweetspot: file },
			...askedFields(options),
		});
		requireWelcome(dashboard, reply);
		// An earlier request may have arrived though its answer did not.
		if (reply.status === 200 || /already exists/.test(reply.text)) return id;
		if (reply.status === 400) throw refused(reply.text);
		throw new Error(`Ray answers ${reply.status}: ${lastLine(reply.text)}`);
	});
	/** When a job was first asked to end. */
	const stoppedAt = new Map<string, number>();
	const seen = (job: ListedJob): JobState => {
		const state = stateOf(job);
		if (state.kind !== "queued") return state;
		const stopped = stoppedAt.get(job.submission_id);
		if (stopped !== undefined && (lack !== null || performance.now() > stopped + longestWaitMilliseconds))
			return { kind: "ended", end: "cancelled", words: "it was cancelled while it waited" };
		const since = waitsSince.get(job.submission_id) ?? performance.now();
		waitsSince.set(job.submission_id, since);
		return { kind: "queued", why: lack ?? (performance.now() > since + patienceMilliseconds ? state.why : null) };
	};
	const list = async (prefix: string): Promise<readonly ListedJob[]> =>
		listedJobs(await read(dashboard, "/api/jobs/")).filter(({ submission_id: id }) => id.startsWith(prefix));
	/**
	 * A job that hasn't started yet may run all the same: the file ends it then. A request that gets no answer is repeated by the executor,
	 * which sees that the job goes on.
	 */
	const stop = async (id: string, file: string | null): Promise<void> => {
		stoppedAt.set(id, stoppedAt.get(id) ?? performance.now());
		if (file !== null) writeStop(file, studyFolder);
		await ask(dashboard, "POST", `/api/jobs/${encodeURIComponent(id)}/stop`).catch(() => null);
	};

	return {
		name: "Ray",
		can: { sharesFolder: true, warns: false },
		pace: { least: 1000, most: 30_000, arrival: arrivalMilliseconds },
		async check() {
			await version(dashboard);
			await list(study).catch((error: unknown) => {
				throw unanswered(dashboard, error);
			});
			const nodes = nodesIn(await read(dashboard, "/api/v0/nodes").catch(() => null));
			lack = nodes === null ? null : lackOf(options, nodes);
		},
		submit: (files, limit) => jobs.submit(files, limit),
		setLimit: (submission, limit) => jobs.setLimit(submission, limit),
		async poll() {
			const listed = await list(`${study}${session}-`);
			const states = jobs.states(new Map(listed.map((job): [string, JobState] => [job.submission_id, seen(job)])));
			await jobs.fill();
			return states;
		},
		async cancel(ids) {
			await Promise.all(jobs.cancel(ids).map(({ own, file }) => stop(own, file)));
		},
		async endEarlier() {
			const until = performance.now() + longestEndMilliseconds;
			while (performance.now() < until) {
				const listed = await list(study).catch(() => null);
				const left = listed?.filter((job) => !job.submission_id.startsWith(`${study}${session}-`) && seen(job).kind !== "ended");
				if (left?.length === 0) return true;
				await Promise.all((left ?? []).map((job) => stop(job.submission_id, fileOf(job))));
				await delay(1000);
			}
			return false;
		},
		async close() {},
	};
}

/** Ray's version. Throws `cluster/unusable` where no Ray answers, or it doesn't let us in. */
export async function version(dashboard: Dashboard, milliseconds?: number): Promise<string> {
	try {
		const answer = (await read(dashboard, "/api/version", milliseconds)) as { readonly ray_version?: unknown } | null;
		if (typeof answer?.ray_version === "string") return answer.ray_version;
	} catch (error) {
		throw unanswered(dashboard, error);
	}
	throw unanswered(dashboard, new Error("its answer has no version of Ray"));
}

function unanswered({ address }: Dashboard, error: unknown): unknown {
	if (error instanceof SweetspotError) return error;
	return new SweetspotError(
		"cluster/unusable",
		`Ray does not answer at ${address}: ${error instanceof Error ? error.message : String(error)}`,
		"start Ray, or name the address of its dashboard: RAY_ADDRESS=http://HOST:8265, or `cluster: { ray: { address: … } }`",
	);
}

const refused = (text: string): SweetspotError =>
	new SweetspotError("cluster/refused", `Ray says ${lastLine(text)}`, "change `cluster.ray` in the study file");

/** The file of a job, as it says itself. */
const fileOf = ({ metadata }: ListedJob): string | null => (typeof metadata?.sweetspot === "string" ? metadata.sweetspot : null);

/** Only in the study's own folder: what the list says may be another's. */
function writeStop(file: string, studyFolder: string): void {
	if (!file.startsWith(`${studyFolder}${sep}`) || file.includes(`${sep}..${sep}`) || !file.endsWith(".json")) return;
	try {
		writeFileSync(stopFileOf(file), "", { mode: 0o600 });
	} catch {} // its folder is gone, and it can't run; or there is no room, and it is stopped all the same
}
