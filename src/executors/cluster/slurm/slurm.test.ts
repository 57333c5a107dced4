import { expect, test } from "vitest";
import { clusterSchema } from "../../../study/cluster-schema.js";
import { askedOptions } from "./options.js";
import { jobStates, queueFormat } from "./states.js";

/** A line as squeue prints it, in the widths that it is asked for. */
const line = (...fields: readonly string[]): string =>
	queueFormat
		.split(",")
		.map((column, i) => (fields[i] ?? "").padEnd(Number(column.split(":")[1])))
		.join("");

test("every way in which a job ends is known, and what can't be read is passed over", () => {
	const ends = ["COMPLETED", "FAILED", "OUT_OF_MEMORY", "TIMEOUT", "PREEMPTED", "NODE_FAIL", "CANCELLED+"];
	const printed = [
		...ends.map((state, i) => line("17", String(i), state, "n1", "None")),
		line("18", "0", "PENDING", "", "JobArrayTaskLimit"),
		line("18", "4", "PENDING", "", "QOSMaxJobsPerUserLimit"),
		line("18", "1", "RUNNING", "n2", "None"),
		line("18", "2", "A_NEW_STATE", "n2", "None"),
		line("18", "3", "PENDING", "", "launch failed requeued held"),
		line("19", "N/A", "RUNNING", "n2", "None"),
		"slurm_load_jobs error: Unexpected message received",
		"",
	].join("\n");
	const states = jobStates(printed);
	expect(ends.map((_, i) => states.get(`17_${i}`))).toMatchObject(
		["done", "failed", "out of memory", "out of time", "taken away", "taken away", "cancelled"].map((end) => ({ kind: "ended", end })),
	);
	expect(states.get("17_3")).toMatchObject({ words: "its job reached its time limit (on n1)" });
	expect(states.get("18_0")).toEqual({ kind: "queued", why: null }); // its turn
	expect(states.get("18_4")).toEqual({ kind: "queued", why: "QOSMaxJobsPerUserLimit" });
	expect(states.get("18_1")).toEqual({ kind: "running", machine: "n2" });
	expect(states.get("18_2")).toEqual({ kind: "running", machine: "n2" });
	expect(states.get("18_3")).toEqual({ kind: "ended", end: "taken away", words: "its node failed to start it" });
	expect(states.size).toBe(ends.length + 5);
});

test("what the study asks for becomes arguments of sbatch, times in whole minutes", () => {
	const times = ["90s", "30m", "2h", "1d", "1-12:00:00", "45"].map((time) => askedOptions({ time })[0]);
	expect(times).toEqual(["--time=2", "--time=30", "--time=120", "--time=1440", "--time=1-12:00:00", "--time=45"]);
	expect(askedOptions({ partition: "a b; rm", gpus: "a100:2", cpus: 4, memory: "8G", extra: ["--exclude=n7"] })).toEqual([
		"--partition=a b; rm",
		"--mem=8G",
		"--cpus-per-task=4",
		"--gpus=a100:2",
		"--exclude=n7",
	]);
});

test("unknown keys are listed at once; options that are Sweetspot's to set, and line breaks, are refused", () => {
	const problems = (cluster: object) => clusterSchema.safeParse(cluster).error?.issues.map(({ message }) => message) ?? [];
	expect(problems({ slurm: { partion: "x", tme: "1h" } })).toEqual([expect.stringMatching(/partion.*tme/)]);
	expect(problems({ slurm: { extra: ["--array=1-9", "--output=x", "-p main", "--mail-type=END"] } })).toHaveLength(3);
	expect(problems({ slurm: { partition: "main\n#SBATCH --uid=0" } })).toHaveLength(1);
	expect(problems({ slurm: { partition: "main", time: "2h", extra: ["--mail-type=END"] } })).toEqual([]);
});
