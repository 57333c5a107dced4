/**
 * Unedited scripts with the real libraries, from `init` to an answer: Lightning with its CSVLogger, Keras with its TensorBoard callback,
 * Hugging Face's trainer alone, PyTorch with W&B offline, TensorFlow's own writers, trackio, and W&B with an axis that the script defines.
 * They take minutes each, most of it for starting Python. Needs an environment with `bench/trackers/requirements.txt`, named by
 * SWEETSPOT_PYTHON. SWEETSPOT_BENCH_TRIALS: the trials of each study.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonEnvironment, pythonWith } from "../../test/fixtures/python.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const scripts = fileURLToPath(new URL("./scripts/", import.meta.url));
const modules = ["torch", "lightning", "keras", "tensorflow", "transformers", "wandb", "mlflow", "tensorboardX", "trackio", "sklearn"];

/** Of each study: few, as most of what they take is Python's start. With fewer than 25 a study can't tune even one batch size. */
const trials = process.env.SWEETSPOT_BENCH_TRIALS ?? "30";

interface Case {
	readonly script: string;
	readonly arguments: readonly string[];
	readonly init: readonly string[];
	/** Few sizes and trials: that an answer comes is the question, and not which. */
	readonly tune: readonly string[];
}

const digits: Pick<Case, "arguments" | "init" | "tune"> = {
	arguments: [],
	init: ["--examples", "1437", "--goal", "validation.accuracy>=0.93"],
	tune: ["--set", "batchSizes=[64,256]", "--budget", trials],
};
const cases: readonly Case[] = [
	{ script: "pytorch_wandb.py", ...digits },
	{ script: "lightning_csv.py", ...digits },
	{ script: "keras_tensorboard.py", ...digits },
	{ script: "tensorflow_summary.py", ...digits },
	{ script: "numpy_trackio.py", ...digits },
	{ script: "numpy_wandb_axis.py", ...digits },
	{
		script: "hugging_face.py",
		arguments: [
			...["--output_dir", "out", "--eval_strategy", "steps", "--eval_steps", "10", "--save_strategy", "no", "--report_to", "none"],
			...["--per_device_train_batch_size", "32", "--learning_rate", "0.001", "--num_train_epochs", "3"],
		],
		// Its rate follows the length that it is given: the answer is the best end of a training of three epochs.
		init: ["--examples", "1600", "--seconds", "120"],
		tune: ["--set", "batchSizes=[16,32]", "--budget", "5x"],
	},
];

/** The exit code of a study that can't tell yet, which is an answer as well: so few trials may not be enough. */
const undecided = 3;

interface Outcome {
	readonly script: string;
	readonly seconds: number;
	/** What the study says of its metrics. */
	readonly metrics: string;
	readonly code: number | null;
	/** Batch sizes that reached the goal. */
	readonly reached: number;
	readonly recommended: number | null;
	readonly problem: string | null;
}

export function libraryEnvironment(): NodeJS.ProcessEnv | null {
	const python = pythonWith(...modules);
	if (python !== null)
		return { ...process.env, ...pythonEnvironment(python), KERAS_BACKEND: "tensorflow", TF_CPP_MIN_LOG_LEVEL: "3", CI: "1" };
	process.stderr.write(
		`No Python with ${modules.join(", ")} here: install bench/trackers/requirements.txt, and name it with SWEETSPOT_PYTHON\n`,
	);
	process.exitCode = 2;
	return null;
}

export function versionsIn(env: NodeJS.ProcessEnv): string {
	const program = `import importlib.metadata as m\nprint(", ".join(f"{n} {m.version(n)}" for n in ${JSON.stringify([
		"torch",
		"lightning",
		"keras",
		"tensorflow-cpu",
		"transformers",
		"wandb",
		"mlflow",
		"tensorboardX",
		"trackio",
	])}))`;
	return spawnSync("python3", ["-c", program], { env, encoding: "utf8" }).stdout.trim();
}

async function sweetspot(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]) {
	const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
	const said = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const)
		child[name].setEncoding("utf8").on("data", (text: string) => {
			said[name] += text;
		});
	const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
	return { code, ...said };
}

async function outcomeOf({ script, init, tune, arguments: more }: Case, env: NodeJS.ProcessEnv): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-libraries-"));
	const began = performance.now();
	try {
		copyFileSync(join(scripts, script), join(folder, script));
		const written = await sweetspot(folder, env, ["init", ...init, "--", "python3", script, ...more]);
		const metrics =
			written.code === 0 ? (/^ *(metrics|schedule): .*$/m.exec(readFileSync(join(folder, "study.yaml"), "utf8"))?.[0].trim() ?? "") : "";
		const tuned = written.code === 0 ? await sweetspot(folder, env, ["tune", "study.yaml", ...tune, "--json"]) : written;
		const isAnswered = written.code === 0 && (tuned.code === 0 || tuned.code === undecided) && tuned.stdout !== "";
		const answer = isAnswered ? JSON.parse(tuned.stdout) : null;
		const reached: number = answer?.tradeoff?.filter(({ outcome }: { outcome: string }) => outcome === "reached").length ?? 0;
		const recommended: number | null = answer?.recommendations?.balanced?.batchSize ?? answer?.recommendation?.batchSize ?? null;
		const seconds = (performance.now() - began) / 1000;
		return { script, seconds, metrics, code: tuned.code, reached, recommended, problem: isAnswered ? null : tuned.stderr.slice(-1500) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export async function run(json: boolean): Promise<void> {
	const env = libraryEnvironment();
	if (env === null) return;
	const versions = versionsIn(env);
	const outcomes: Outcome[] = [];
	if (!json) process.stdout.write(`${versions}\n`);
	for (const one of cases) {
		const outcome = await outcomeOf(one, env);
		outcomes.push(outcome);
		if (!json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
	}
	if (json) process.stdout.write(`${JSON.stringify({ versions, outcomes })}\n`);
	if (outcomes.some(({ problem, recommended }) => problem !== null || recommended === null)) process.exitCode = 1;
}
