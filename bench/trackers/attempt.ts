import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runsOf } from "../../dist/store/import/runs.js";
import { interpreted } from "../../dist/store/import/tracked/runs.js";
import { runsAt } from "../../dist/trackers/find/find.js";
import { readBytes } from "../../dist/trainers/read-bytes.js";
import type { Rng } from "../../src/core/rng.js";
import { damagedCopy, type Framing } from "./damage.js";
import { fixture } from "./fixture.js";

/** A file of each format. `as`: where it lies in the folder that is imported. */
interface Base {
	readonly name: string;
	readonly file: string;
	readonly as: string;
	readonly framing: Framing;
	/** What else lies there, by path; the damaged file takes the place of one of the same name. */
	readonly others?: Readonly<Record<string, string>>;
	/** How many of twenty: those that need a process of their own are slower. */
	readonly weight: number;
}

const run = "dozen/wandb/";
const curve = "epoch,step,val_acc\n0,9,0.5\n0,19,0.95\n";
const mlflowFolder = "mlruns/860729190033033953/79c6c8cdc9aa4578b3ca09361f26c0c8";
/** A run of MLflow's file store. */
const mlflowRun = {
	"1/a/meta.yaml": "run_name: a\nlifecycle_stage: active\nstatus: 3\n",
	"1/a/params/batch_size": "16",
	"1/a/params/lr": "0.1",
	"1/a/metrics/val_acc": "1700000000000 0.5 10\n1700000001000 0.95 20\n",
};
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
	{
		name: "hparams",
		file: "lightning_logs/version_0/hparams.yaml",
		as: "v/hparams.yaml",
		framing: "text",
		others: { "v/metrics.csv": curve },
		weight: 1,
	},
	{ name: "keras csv", file: "keras-csv", as: "batch_size=16,lr=0.1,seed=1.csv", framing: "text", weight: 1 },
	{
		name: "mlflow metrics",
		file: `${mlflowFolder}/metrics/val/accuracy`,
		as: "1/a/metrics/val_acc",
		framing: "text",
		others: mlflowRun,
		weight: 1,
	},
	{ name: "mlflow meta", file: `${mlflowFolder}/meta.yaml`, as: "1/a/meta.yaml", framing: "text", others: mlflowRun, weight: 1 },
	{ name: "table", file: "runs.csv", as: "runs.csv", framing: "text", weight: 1 },
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

/** One damaged file, in `folder`, which has nothing else. */
export function nextAttempt(rng: Rng, folder: string): Attempt {
	const base = drawn[rng.below(drawn.length)];
	const bytes = damagedCopy(rng, fixture(base.file), base.framing);
	rmSync(folder, { recursive: true, force: true });
	for (const [name, content] of Object.entries({ ...base.others, [base.as]: bytes })) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
	const path = join(folder, base.as);
	const isFile = /\.(db|parquet|log|csv|json)$/.test(base.as) && base.name !== "lightning";
	return {
		target: base.name,
		bytes: bytes.length,
		run: async () => {
			const found = await runsAt(isFile ? path : folder, readBytes, null);
			const goal = { metric: "validation.accuracy", atLeast: 0.9 };
			if ("table" in found) return runsOf(found.table, 4096, goal);
			return interpreted(found.runs, 4096, goal, { stepsAre: "updates", devices: 1, accumulation: 1, ...groupOf(found.runs) });
		},
	};
}

const groupOf = (runs: readonly { readonly group: string | null }[]) => {
	const group = runs[0]?.group;
	return group ? { group } : {};
};
