import { z } from "zod";
import type { JobEnd, JobState } from "../job-system.js";

/** What we read of Ray's list of jobs; everything else in it, and jobs that weren't submitted by anyone, are passed over. */
const listedJob = z.object({
	submission_id: z.string(),
	status: z.string(),
	message: z.string().nullish(),
	error_type: z.string().nullish(),
	driver_exit_code: z.number().nullish(),
	driver_agent_http_address: z.string().nullish(),
	metadata: z.record(z.string(), z.unknown()).nullish(),
});

export type ListedJob = z.output<typeof listedJob>;

/** The jobs in the answer to `GET /api/jobs/`; one that can't be read is passed over. */
export const listedJobs = (answer: unknown): readonly ListedJob[] =>
	Array.isArray(answer)
		? answer.flatMap((one) => {
				const { success, data } = listedJob.safeParse(one);
				return success ? [data] : [];
			})
		: [];

/** A job that Ray lists. A status that no version we know has counts as running. */
export function stateOf(job: ListedJob): JobState {
	if (job.status === "PENDING") return { kind: "queued", why: job.message ?? null };
	if (job.status === "SUCCEEDED") return ended("done", "its job ended");
	if (job.status === "STOPPED") return ended("cancelled", "its job was stopped");
	if (job.status === "FAILED") return failed(job);
	const { driver_agent_http_address: agent } = job;
	return { kind: "running", machine: agent && URL.canParse(agent) ? new URL(agent).hostname : null };
}

/** The program's own end has an exit code; else it is Ray that failed, or a node of its. */
function failed({ driver_exit_code: code, error_type: type, message }: ListedJob): JobState {
	if (typeof code === "number")
		return ended("failed", code < 0 ? `its job was ended by signal ${-code}` : `its job ended with exit code ${code}`);
	const [first] = (message ?? "").trim().split("\n");
	return ended("taken away", `Ray gave its job up (${[type, first].filter(Boolean).join(": ").slice(0, 300)})`);
}

const ended = (end: JobEnd, words: string): JobState => ({ kind: "ended", end, words });

const listedNodes = z.object({
	data: z.object({
		result: z.object({ result: z.array(z.object({ state: z.string(), resources_total: z.record(z.string(), z.number()).nullish() })) }),
	}),
});

/** What each live node has in all, by Ray's names, in the answer to `GET /api/v0/nodes`; null where it can't be read. */
export function nodesIn(answer: unknown): readonly Readonly<Record<string, number>>[] | null {
	const { success, data } = listedNodes.safeParse(answer);
	if (!success) return null;
	return data.data.result.result.flatMap(({ state, resources_total }) => (state === "ALIVE" ? [resources_total ?? {}] : []));
}
