import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { TaskPool } from "../executors/task-pool.js";
import { defineExperiment } from "../experiments/experiment.js";
import { openStore } from "../store/open.js";
import { runExperiment } from "./run-experiment.js";

interface Task {
	readonly kind: "time" | "train";
	readonly place: number;
}

const experiment = defineExperiment({
	id: "made",
	question: "Which tasks run at the same time?",
	method: "",
	data: [],
	rows: [],
	claims: [],
	timed: ({ kind }: Task) => kind === "time",
	settings: () => null,
	tasks: (): readonly Task[] => (["train", "time", "train", "time", "train", "train"] as const).map((kind, place) => ({ kind, place })),
	run: async () => 0,
	figures: () => null,
	results: () => null,
	words: () => [],
	tables: () => [],
	charts: () => [],
	findings: () => ({}),
	family: () => ({ comparisons: 1, runs: 1 }),
});

/**
 * Tasks that take so long each, and what was seen: which began in what order, and how many ran next to a timed one. `measured`: what the
 * timed ones return.
 */
async function runWith(measured: number) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-timed-"));
	const store = openStore(folder, { mode: "write" });
	onTestFinished(() => {
		store.close();
		rmSync(folder, { recursive: true });
	});
	const seen = { order: [] as Task["kind"][], besideTimed: 0, most: 0 };
	let running = 0;
	const pool: TaskPool = {
		slots: 3,
		async run({ task }) {
			const { kind, place } = task as unknown as Task;
			seen.order.push(kind);
			if (kind === "time") seen.besideTimed += running;
			running++;
			seen.most = Math.max(seen.most, running);
			await setTimeout(2);
			running--;
			return kind === "time" ? measured : place;
		},
		close: async () => {},
	};
	const run = store.experiments.create({ experiment: experiment.id, settings: null, version: "1", hash: "" });
	expect(await runExperiment(experiment, run, store.experiments, pool, new AbortController().signal, () => {})).toBe(true);
	return { ...seen, digest: store.experiments.list()[0].digest, results: store.experiments.results(run.key) };
}

test("timed tasks run first and alone, the others side by side; the digest leaves out what was timed", async () => {
	const first = await runWith(1);
	expect(first.order).toEqual(["time", "time", "train", "train", "train", "train"]);
	expect(first.besideTimed).toBe(0);
	expect(first.most).toBe(3);
	expect([...first.results].sort(([a], [b]) => a - b).map(([, result]) => result)).toEqual([0, 1, 2, 1, 4, 5]);
	const second = await runWith(2);
	expect(second.digest).toBe(first.digest);
	expect(second.results.get(1)).toBe(2);
});
