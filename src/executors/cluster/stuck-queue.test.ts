import { expect, test } from "vitest";
import type { JobState } from "./job-system.js";
import { StuckQueue } from "./stuck-queue.js";

const queued = (why: string | null): JobState => ({ kind: "queued", why });
const running: JobState = { kind: "running", machine: "n1" };
const drained = queued("Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions");

test("says once what the jobs wait for, when nothing has run for a while", () => {
	const queue = new StuckQueue("Slurm");
	expect(queue.after([drained, drained], 0)).toBeNull();
	expect(queue.after([drained, drained], 9_000)).toBeNull();
	expect(queue.after([drained, queued(null)], 11_000)).toMatch(/^No job has started: Slurm says .*“Nodes required for job are DOWN/);
	expect(queue.after([drained], 60_000)).toBeNull();
	expect(queue.after([queued("QOSMaxJobsPerUserLimit")], 61_000)).toBeNull();
	expect(queue.after([queued("QOSMaxJobsPerUserLimit")], 72_000)).toContain("QOSMaxJobsPerUserLimit");
});

test("says nothing where a job runs, has just run, or where all wait for their turn", () => {
	const queue = new StuckQueue("Slurm");
	for (const seconds of [0, 20, 40]) expect(queue.after([running, drained], 1000 * seconds)).toBeNull();
	for (const seconds of [60, 65]) expect(queue.after([drained], 1000 * seconds)).toBeNull();
	for (const seconds of [66, 90]) expect(queue.after([queued(null), queued(null), drained], 1000 * seconds)).toBeNull();
	expect(queue.after([], 100_000)).toBeNull();
});
