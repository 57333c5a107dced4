import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExecutor } from "../../dist/executors/table.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import type { TrialSpec } from "../../src/core/trial.js";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import { median } from "../median.js";

const trials = 300;
const slots = 4;

/** Half a second, then the goal. */
const script = ["sh", "-c", `sleep 0.5; echo '{"sweetspot":1,"step":1,"metrics":{"validation.loss":0}}' >> "$SWEETSPOT_EVENTS"`];

/** What so many trials of a script cost besides the script itself. `cluster`: more keys of the study's. `onBegin`: called before the first. */
export async function manyTrials(executor: "slurm" | "ray", cluster: object, onBegin: () => void = () => {}) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-many-"));
	try {
		const study = await resolveInput(
			{
				version: 1,
				workload: { command: script, examples: 800 },
				goal: { metric: "validation.loss", atMost: 0.1 },
				cluster: { folder: join(folder, "jobs"), ...cluster },
			},
			folder,
		);
		const opening = { study, id: "many", store: folder, backend: "wasm" } as const;
		const running = await openExecutor(opening, { executor, workers: slots, gpus: null });
		const { signal } = new AbortController();
		await running.prepare?.([], signal, () => {});
		onBegin();
		const began = performance.now();
		const results = await Promise.all(Array.from({ length: trials }, (_, seedIndex) => running.executor.run(spec(seedIndex), signal)));
		const seconds = (performance.now() - began) / 1000;
		await running.close(true);
		const own = results.map((result) => (result.outcome === "reached" ? result.seconds : Number.NaN));
		const scriptSeconds = median(own);
		return {
			trials,
			slots,
			seconds,
			scriptSeconds,
			overheadSeconds: (slots * seconds) / trials - scriptSeconds,
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const spec = (seedIndex: number): TrialSpec => trialSpec({ batchSize: 8, learningRate: 0.125, seedIndex, seed: seedIndex, cap: 10 });
