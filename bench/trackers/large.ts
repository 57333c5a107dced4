/**
 * `sweetspot import` of a store of 1,000 runs and 10 million rows, as MLflow keeps it, as TensorBoard does, and as a table: seconds, and
 * the most memory that the command and the process that reads the database for it have held. SWEETSPOT_BENCH_ROWS: another number of rows;
 * SWEETSPOT_BENCH_STORE: one of the stores alone.
 */
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { describeMachine } from "../../src/native/machine.js";
import { eventFile } from "../../src/trackers/tensorboard/write.js";

const runs = 1000;
const rows = Number(process.env.SWEETSPOT_BENCH_ROWS ?? 10_000_000);
/** Of each run's rows one in twenty is of the goal's metric. */
const every = 20;
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const begun = 1_700_000_000;

const settingsOf = (run: number) => ({
	batchSize: 16 * 2 ** (run % 5),
	learningRate: 0.01 * 2 ** (Math.floor(run / 5) % 5),
	seed: Math.floor(run / 25),
});

/** As if each step took a hundredth of a second. */
const accuracyAt = (step: number): number => 0.98 * (1 - 1 / (1 + step / 500));

/** Steps of a run, each with a loss, and one in twenty with an accuracy as well. */
const steps = Math.floor((rows / runs) * (every / (every + 1)));

function mlflowStore(folder: string): string {
	const path = join(folder, "mlflow.db");
	const database = new Database(path);
	const key = "PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan)";
	database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
		CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT);
		CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, status TEXT, start_time INTEGER, lifecycle_stage TEXT, experiment_id INTEGER);
		CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
		CREATE TABLE metrics (key TEXT NOT NULL, value REAL NOT NULL, timestamp BIGINT NOT NULL, run_uuid TEXT NOT NULL, step BIGINT DEFAULT 0 NOT NULL,
			is_nan BOOLEAN DEFAULT 0 NOT NULL, ${key});
		CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step);
		INSERT INTO experiments VALUES (0, 'Default', 'active');
		BEGIN`);
	const addRun = database.prepare("INSERT INTO runs VALUES (?, ?, 'FINISHED', ?, 'active', 0)");
	const addParam = database.prepare("INSERT INTO params VALUES (?, ?, ?)");
	// Runs follow each other, as those of a sweep do.
	const addMetrics = database.prepare(`INSERT INTO metrics
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
		SELECT ?2, CASE ?2 WHEN 'val_acc' THEN 0.98 * (1 - 1 / (1 + i * ?3 / 500.0)) ELSE 2 / (1 + i / 500.0) END, ?4 + 10 * i * ?3, ?5, i * ?3, 0 FROM n`);
	for (let run = 0; run < runs; run++) {
		const id = `${run}`.padStart(32, "a2c0f3e8b1d94f6f9f0f5a6b7c8d9e0f".slice(0, 32));
		const at = 1000 * begun + 1000 * steps * run;
		addRun.run([id, `run-${run}`, at]);
		const { batchSize, learningRate, seed } = settingsOf(run);
		for (const [name, value] of Object.entries({ batch_size: batchSize, lr: learningRate, seed })) addParam.run([name, String(value), id]);
		addMetrics.run([steps, "train_loss", 1, at, id]);
		addMetrics.run([Math.floor(steps / every), "val_acc", every, at, id]);
	}
	database.exec("COMMIT");
	database.close();
	return path;
}

function tensorboardStore(folder: string): string {
	const logs = join(folder, "runs");
	function* scalars() {
		for (let step = 1; step <= steps; step++) {
			yield { tag: "train/loss", step, value: 2 / (1 + step / 500) };
			if (step % every === 0) yield { tag: "val/acc", step, value: accuracyAt(step) };
		}
	}
	for (let run = 0; run < runs; run++) {
		const { batchSize, learningRate, seed } = settingsOf(run);
		const config = new Map<string, number>([
			["batch_size", batchSize],
			["lr", learningRate],
			["seed", seed],
		]);
		const place = join(logs, `run-${run}`);
		mkdirSync(place, { recursive: true });
		const parts = eventFile(config, scalars(), (step) => begun + step / 100);
		const waiting: Uint8Array[] = [];
		for (const part of parts)
			if (waiting.push(part) >= 10_000) appendFileSync(join(place, "events.out.tfevents.1.host"), Buffer.concat(waiting.splice(0)));
		appendFileSync(join(place, "events.out.tfevents.1.host"), Buffer.concat(waiting));
	}
	return logs;
}

/** One line for each row, run after run. */
function tableStore(folder: string): string {
	const path = join(folder, "runs.csv");
	appendFileSync(path, "batch_size,lr,seed,step,train_loss,val_acc\n");
	for (let run = 0; run < runs; run++) {
		const { batchSize, learningRate, seed } = settingsOf(run);
		const lines: string[] = [];
		for (let step = 1; step <= steps; step++) {
			lines.push(`${batchSize},${learningRate},${seed},${step},${2 / (1 + step / 500)},\n`);
			if (step % every === 0) lines.push(`${batchSize},${learningRate},${seed},${step},,${accuracyAt(step)}\n`);
		}
		appendFileSync(path, lines.join(""));
	}
	return path;
}

interface Cost {
	readonly store: string;
	readonly bytes: number;
	readonly seconds: number;
	/** Of the command's own process. */
	readonly processorSeconds: number;
	/** Of the command, and of all its processes at once. */
	readonly peakBytes: number;
	readonly peakTogetherBytes: number;
	readonly said: string;
}

/** Said by the command as it ends. */
const confession = `data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error("processor seconds: "+(user+system)/1e6)})`;

/** Resident memory of a process and of its children, as Linux shows it. */
function residentOf(id: number): readonly [own: number, together: number] {
	const own = statm(id);
	let together = own;
	try {
		for (const child of readFileSync(`/proc/${id}/task/${id}/children`, "utf8").trim().split(" "))
			if (child !== "") together += statm(Number(child));
	} catch {} // it has ended
	return [own, together];
}

function statm(id: number): number {
	try {
		return 4096 * Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]);
	} catch {
		return 0;
	}
}

async function importCost(store: string, path: string, folder: string): Promise<Cost> {
	const flags = [
		"--goal",
		"validation.accuracy>=0.9",
		"--examples",
		"50000",
		"--steps-are",
		"updates",
		"--store",
		join(folder, `.${store}`),
	];
	const began = performance.now();
	const child = spawn(process.execPath, ["--import", confession, main, "import", path, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
	let [peakBytes, peakTogetherBytes, said] = [0, 0, ""];
	const watch = setInterval(() => {
		const [own, together] = residentOf(child.pid ?? 0);
		peakBytes = Math.max(peakBytes, own);
		peakTogetherBytes = Math.max(peakTogetherBytes, together);
	}, 20);
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text: string) => {
			said += text;
		});
	const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
	clearInterval(watch);
	if (code !== 0) throw new Error(`the import ended with ${code}: ${said}`);
	const processorSeconds = Number(/processor seconds: ([0-9.]+)/.exec(said)?.[1]);
	return { store, bytes: sizeOf(path), seconds: (performance.now() - began) / 1000, processorSeconds, peakBytes, peakTogetherBytes, said };
}

const sizeOf = (path: string): number =>
	statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : statSync(path).size;

export async function run(json: boolean): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-large-"));
	try {
		const costs: Cost[] = [];
		for (const [store, make] of [
			["MLflow", mlflowStore],
			["TensorBoard", tensorboardStore],
			["Table", tableStore],
		] as const) {
			if (process.env.SWEETSPOT_BENCH_STORE && store.toLowerCase() !== process.env.SWEETSPOT_BENCH_STORE) continue;
			const path = make(folder);
			costs.push(await importCost(store, path, folder));
			rmSync(path, { recursive: true });
		}
		if (json) process.stdout.write(`${JSON.stringify({ machine: describeMachine(), runs, rows, costs })}\n`);
		else
			for (const { store, bytes, seconds, processorSeconds, peakBytes, peakTogetherBytes, said } of costs)
				process.stdout.write(
					`${store}: ${runs} runs, ${rows} rows, ${Math.round(bytes / 1e6)} MB: ${seconds.toFixed(1)} s, ${((seconds * 1e6) / rows).toFixed(1)} s a million rows (of its own processor's time ${((processorSeconds * 1e6) / rows).toFixed(1)} s); ` +
						`at most ${Math.round(peakBytes / 1e6)} MB, with its reader ${Math.round(peakTogetherBytes / 1e6)} MB; progress was shown: ${said.includes("Reading:")}\n`,
				);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
