import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExecutor } from "../../dist/executors/table.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import type { TrialSpec } from "../../src/core/trial.js";
import type { TestSlurm } from "../../test/fixtures/cluster/slurm.js";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import { median } from "../median.js";

const trials = 300;
const slots = 4;

/** Half a second, then the goal. */
const script = ["sh", "-c", `sleep 0.5; echo '{"sweetspot":1,"step":1,"metrics":{"validation.loss":0}}' >> "$SWEETSPOT_EVENTS"`];

/** What so many trials of a script cost besides the script itself, and how often the controller was asked for it. */
export async function manyTrials(slurm: TestSlurm) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-many-"));
	try {
		const study = await resolveInput(
			{
				version: 1,
				workload: { command: script, examples: 800 },
				goal: { metric: "validation.loss", atMost: 0.1 },
				cluster: { folder: join(folder, "jobs") },
			},
			folder,
		);
		const opening = { study, id: "many", store: folder, backend: "wasm" } as const;
		const running = await openExecutor(opening, { executor: "slurm", workers: slots, gpus: null });
		const { signal } = new AbortController();
		await running.prepare?.([], signal, () => {});
		slurm.ask("sdiag", "--reset");
		const began = performance.now();
		const results = await Promise.all(Array.from({ length: trials }, (_, seedIndex) => running.executor.run(spec(seedIndex), signal)));
		const seconds = (performance.now() - began) / 1000;
		const counts = requests(slurm.ask("sdiag"));
		await running.close(true);
		const own = results.map((result) => (result.outcome === "reached" ? result.seconds : Number.NaN));
		const scriptSeconds = median(own);
		return {
			trials,
			slots,
			seconds,
			scriptSeconds,
			overheadSeconds: (slots * seconds) / trials - scriptSeconds,
			requestsPerMinute: (60 * counts.all) / seconds,
			jobs: counts.submissions,
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const spec = (seedIndex: number): TrialSpec => trialSpec({ batchSize: 8, learningRate: 0.125, seedIndex, seed: seedIndex, cap: 10 });

/** What the controller was asked by programs of the user's, by sdiag's table of messages. */
function requests(statistics: string): { readonly all: number; readonly submissions: number } {
	const count = (name: string): number => Number(new RegExp(`^\\s*${name}\\s.*?count:(\\d+)`, "m").exec(statistics)?.[1] ?? 0);
	const submissions = count("REQUEST_SUBMIT_BATCH_JOB");
	const all = ["REQUEST_JOB_INFO", "REQUEST_JOB_USER_INFO", "REQUEST_JOB_INFO_SINGLE", "REQUEST_KILL_JOB", "REQUEST_UPDATE_JOB"];
	return { all: all.reduce((sum, name) => sum + count(name), submissions), submissions };
}
