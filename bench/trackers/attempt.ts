import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { interpreted } from "../../dist/store/import/tracked/runs.js";
import { runsAt } from "../../dist/trackers/find/find.js";
import { readBytes } from "../../dist/trainers/read-bytes.js";
import type { Rng } from "../../src/core/rng.js";
import { damagedCopy, type Framing } from "./damage.js";
import { firstFile } from "./first-file.js";

const fixtures = fileURLToPath(new URL("../../test/fixtures/trackers/", import.meta.url));

/** A file of each format. `as`: where it lies in the folder that is imported. */
interface Base {
	readonly name: string;
	readonly file: string;
	readonly as: string;
	readonly framing: Framing;
	/** How many of twenty: those that need a process of their own are slower. */
	readonly weight: number;
}

const run = "dozen/wandb/";
const bases: readonly Base[] = [
	{ name: "tensorboard", file: "restarted", as: "bs16-lr0.1/events.out.tfevents.1.h.0", framing: "tfrecord", weight: 3 },
	{
		name: "tensorboard tensors",
		file: "hugging-face-tensorboard",
		as: "bs16-lr0.1/events.out.tfevents.1.h.0",
		framing: "tfrecord",
		weight: 2,
	},
	{ name: "wandb", file: `wandb/${run}`, as: "run-a.wandb", framing: "wandb", weight: 4 },
	{ name: "mlflow database", file: "mlflow.db.gz", as: "mlflow.db", framing: "bytes", weight: 1 },
	{ name: "optuna database", file: "optuna.db.gz", as: "optuna.db", framing: "bytes", weight: 1 },
	{ name: "trackio database", file: "trackio.db.gz", as: "trackio.db", framing: "bytes", weight: 1 },
	{ name: "parquet", file: "runs.parquet", as: "runs.parquet", framing: "bytes", weight: 1 },
	{ name: "optuna journal", file: "optuna-journal.log", as: "journal.log", framing: "text", weight: 2 },
	{ name: "hugging face", file: "hugging-face", as: "lr_0.1-seed_1/trainer_state.json", framing: "text", weight: 1 },
	{ name: "lightning", file: "lightning_logs/version_0/metrics.csv", as: "bs16-lr0.1/metrics.csv", framing: "text", weight: 1 },
	{ name: "hparams", file: "lightning_logs/version_0/hparams.yaml", as: "v/hparams.yaml", framing: "text", weight: 1 },
	{ name: "keras csv", file: "keras-csv", as: "batch_size=16,lr=0.1,seed=1.csv", framing: "text", weight: 1 },
	{ name: "wandb chart", file: "wandb-chart.csv", as: "chart.csv", framing: "text", weight: 1 },
];

const drawn = bases.flatMap((base) => Array.from({ length: base.weight }, (): Base => base));

export interface Attempt {
	readonly target: string;
	/** Resolves where it was read; rejects with an error of ours where it was refused. */
	readonly run: () => Promise<unknown>;
	/** Of the damaged file. */
	readonly bytes: number;
}

/** The undamaged file of a base: the first one below its folder, by name. */
function original({ file }: Base): Uint8Array {
	const path = firstFile(join(fixtures, file));
	const bytes = readFileSync(path);
	return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** One damaged file, in `folder`, which has nothing else. */
export function nextAttempt(rng: Rng, folder: string): Attempt {
	const base = drawn[rng.below(drawn.length)];
	const bytes = damagedCopy(rng, original(base), base.framing);
	rmSync(folder, { recursive: true, force: true });
	const path = join(folder, base.as);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, bytes);
	if (base.name === "hparams") writeFileSync(join(dirname(path), "metrics.csv"), "epoch,step,val_acc\n0,9,0.5\n0,19,0.95\n");
	const isFile = /\.(db|parquet|log|csv|json)$/.test(base.as) && base.name !== "lightning";
	return {
		target: base.name,
		bytes: bytes.length,
		run: async () => {
			const found = await runsAt(isFile ? path : folder, readBytes, null);
			if ("table" in found) return [...found.table.rows];
			const goal = { metric: "validation.accuracy", atLeast: 0.9 };
			return interpreted(found.runs, 4096, goal, { stepsAre: "updates", devices: 1, accumulation: 1, ...groupOf(found.runs) });
		},
	};
}

const groupOf = (runs: readonly { readonly group: string | null }[]) => {
	const group = runs[0]?.group;
	return group ? { group } : {};
};
