import { setTimeout as delay } from "node:timers/promises";
import { SweetspotError } from "../../../core/errors.js";
import type { RayOptions } from "../../../study/cluster-schema.js";
import { HeldJobs } from "../held-jobs.js";
import type { JobState, JobSystem } from "../job-system.js";
import { lastLine, read, requireWelcome } from "./answers.js";
import { ask } from "./ask.js";
import type { Dashboard } from "./dashboard.js";
import type { Delivery } from "./delivery.js";
import { askedFields, lackOf } from "./resources.js";
import { type ListedJob, listedJobs, nodesIn, stateOf } from "./states.js";

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

/**
 * Ray by the REST interface of its dashboard. `tag`: names the study, part of its jobs' names. `session`: differs between runs of the same
 * study.
 */
export function raySystem(dashboard: Dashboard, options: RayOptions, tag: string, session: string, delivery: Delivery): JobSystem {
	const study = `sweetspot-${tag}-`;
	let lack: string | null = null;
	/** When a job that waits was first seen to, by `performance.now()`. */
	const waitsSince = new Map<string, number>();

	const jobs = new HeldJobs(`${study}${session}`, arrivalMilliseconds, async ({ id, file }) => {
		const request = await delivery.request(id, file);
		const reply = await ask(dashboard, "POST", "/api/jobs/", {
			...request,
			submission_id: id,
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
	/** A request that gets no answer is repeated by the executor, which sees that the job goes on. `metadata`: the job's. */
	const stop = async (id: string, metadata: Readonly<Record<string, unknown>>): Promise<void> => {
		stoppedAt.set(id, stoppedAt.get(id) ?? performance.now());
		await delivery.giveUp(id, metadata);
		await ask(dashboard, "POST", `/api/jobs/${encodeURIComponent(id)}/stop`).catch(() => null);
	};

	return {
		name: "Ray",
		can: { sharesFolder: delivery.sharesFolder, warns: false },
		get notice() {
			return delivery.notice;
		},
		// Without a shared folder nothing arrives but by asking.
		pace: { least: 1000, most: delivery.sharesFolder ? 30_000 : 10_000, arrival: arrivalMilliseconds },
		async check() {
			await version(dashboard);
			await list(study).catch((error: unknown) => {
				throw unanswered(dashboard, error);
			});
			const nodes = nodesIn(await read(dashboard, "/api/v0/nodes").catch(() => null));
			lack = nodes === null ? null : lackOf(options, nodes);
			await delivery.check();
		},
		submit: (files, limit) => jobs.submit(files, limit),
		setLimit: (submission, limit) => jobs.setLimit(submission, limit),
		async poll() {
			const listed = await list(`${study}${session}-`);
			const known = new Map(listed.map((job): [string, JobState] => [job.submission_id, seen(job)]));
			await delivery.fetch(known);
			const states = jobs.states(known);
			await jobs.fill();
			return states;
		},
		async cancel(ids) {
			await Promise.all(jobs.cancel(ids).map(({ own, file }) => stop(own, { sweetspot: file })));
		},
		async endEarlier() {
			const until = performance.now() + longestEndMilliseconds;
			while (performance.now() < until) {
				const listed = await list(study).catch(() => null);
				const left = listed?.filter((job) => !job.submission_id.startsWith(`${study}${session}-`) && seen(job).kind !== "ended");
				if (left?.length === 0) return true;
				await Promise.all((left ?? []).map((job) => stop(job.submission_id, job.metadata ?? {})));
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
