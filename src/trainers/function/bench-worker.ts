import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { internal, SweetspotError } from "../../core/errors.js";
import { Rng } from "../../core/rng.js";
import { heldValues } from "../../study/workloads/held.js";
import { heldBy, workloadName } from "../../study/workloads/table.js";
import type { BenchSetup, FromBench, ToBench } from "./bench-protocol.js";
import { loadTrainFunction } from "./module.js";
import { timeTraining } from "./timing.js";

/** The thread in which a trainer of the user's own is tried and timed: the main thread runs nothing of it. */
const { study } = workerData as BenchSetup;
const port = parentPort;
if (!port) throw internal("bench-worker.ts runs in a worker thread only");
const say = (message: FromBench): void => port.postMessage(message);

/** Not at the top level: see src/executors/worker.ts. */
async function serve(port: MessagePort): Promise<void> {
	try {
		const train = await loadTrainFunction(workloadName(study.workload), study.data.sha256);
		const seed = Rng.fromSeed(study.seed).split("calibration").uint32();
		const held = heldBy(study.workload);
		port.on("message", async ({ batchSize }: ToBench) =>
			say({ kind: "timed", seconds: await timeTraining(train, batchSize, seed, heldValues(held, batchSize)) }),
		);
		say({ kind: "ready" });
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		say({ kind: "unusable", code: error.code, detail: error.detail, fix: error.fix });
	}
}

serve(port);
