import { setImmediate } from "node:timers/promises";
import { schemaVersion } from "../../api/answer-document.js";
import { checkOutput, type OutputFile, writeOutput } from "../../api/output-file.js";
import { runOf } from "../../api/training-run.js";
import { SweetspotError } from "../../core/errors.js";
import { describeGoal, meetsGoal } from "../../core/goal.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import type { Evaluation } from "../../core/trial.js";
import { npzOf } from "../../data/numpy/write-npz.js";
import { studyHash } from "../../study/resolve.js";
import { stepLimit, stepsPerEpoch } from "../../study/steps.js";
import type { TrainableStudy } from "../../study/study.js";
import { scheduleOf } from "../../study/workloads/table.js";
import type { NetworkRun } from "../../trainers/builtin/run.js";
import { formatCount } from "../../words/numbers.js";
import { CheckpointFile } from "../checkpoint-file.js";
import { exitCode } from "../exit-codes.js";
import { backendOf, isOn, type RawOptions, textOf, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { studyFrom } from "../study-file.js";
import { looksLines } from "../terminal/looks-lines.js";

/** `sweetspot train [STUDY]`: one run at one batch size and rate, shown look by look, saved, and continued from where it was saved. */
export async function train(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	const { environment } = shell;
	const size = required(textOf(options, "batchSize", environment), "batch-size", "32");
	const learningRate = Number(required(textOf(options, "learningRate", environment), "learning-rate", "0.125"));
	const set = [...(Array.isArray(options.set) ? options.set : []), `batchSizes=[${size}]`];
	const study = await studyFrom(file, { ...options, set }, environment);
	const [batchSize] = study.batchSizes;
	const checkpoint = new CheckpointFile(textOf(options, "checkpoint", environment));
	const from = checkpoint.read();
	const weightsFile = weightsTo(options, environment);
	if (weightsFile) checkOutput(weightsFile);
	const backend = backendOf(options, environment);
	const run = await runOf(study, { batchSize, learningRate, ...(from && { from }), ...(backend && { backend }) });
	const began = run.step;
	const steps = lengthOf(study, batchSize, options, environment);
	const json = isOn(options, "json", environment);
	if (began > 0)
		shell.say(`Going on from ${checkpoint.file}, at step ${formatCount(began)}${began >= steps ? ": nothing is left to do" : ""}.`);
	const looks = await follow(shell, run, steps, checkpoint, { json, quiet: isOn(options, "quiet", environment) || json, study });
	checkpoint.save(run);
	if (weightsFile) writeOutput(weightsFile, [npzOf(run.weights)]);
	const interrupted = run.diverged === null && run.step < steps;
	const reached = looks.find((look) => meetsGoal(study.goal, look)) ?? null;
	if (json) {
		const document = {
			schemaVersion,
			study: { name: study.name, hash: studyHash(study) },
			batchSize,
			learningRate,
			seed: run.seed,
			from: began,
			steps: run.step,
			examples: run.examples,
			outcome: run.diverged !== null ? "diverged" : interrupted ? "interrupted" : "done",
			message: run.diverged,
			reached: reached && { step: reached.step, examples: reached.examples },
			looks,
			weights: { sha256: digestOf(run), file: weightsFile?.path ?? null },
			checkpoint: checkpoint.file ?? null,
			reproducible: run.backend === null,
		};
		shell.print(`${JSON.stringify(document, null, 2)}\n`);
	} else shell.print(summary(run, study, reached, checkpoint.file, weightsFile?.path));
	if (interrupted) {
		shell.say(
			`Interrupted at step ${formatCount(run.step)} of ${formatCount(steps)}${checkpoint.file ? "; the same command goes on from there" : ""}.`,
		);
		return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
	}
	return run.diverged === null ? exitCode.done : exitCode.unanswered;
}

function weightsTo(options: RawOptions, environment: NodeJS.ProcessEnv): OutputFile | undefined {
	const path = textOf(options, "weights", environment);
	if (path === undefined) return undefined;
	const force = isOn(options, "force", environment);
	return { path, flag: "--weights", replaces: "weights", force, unwritable: "export/unwritable" };
}

interface Following {
	readonly quiet: boolean;
	readonly json: boolean;
	readonly study: TrainableStudy;
}

/** Trains, shows every look, and saves now and then; an interrupt ends it between two steps. */
async function follow(
	shell: Shell,
	run: NetworkRun,
	steps: number,
	checkpoint: CheckpointFile,
	{ quiet, study }: Following,
): Promise<readonly Evaluation[]> {
	const looks: Evaluation[] = [];
	const lines = looksLines(study.data.classes > 0);
	for (const look of run.train(steps)) {
		if (look) {
			if (!quiet && looks.length === 0) shell.print(`${lines.head}\n`);
			if (!quiet) shell.print(`${lines.line(look)}\n`);
			looks.push(look);
		}
		checkpoint.saveIfDue(run);
		await setImmediate(); // an interrupt gets its turn
		if (shell.interrupt.aborted) break;
	}
	return looks;
}

/** Steps from the run's start: as asked, else as many as a trial of the study may take. */
function lengthOf(study: TrainableStudy, batchSize: number, options: RawOptions, environment: NodeJS.ProcessEnv): number {
	const [steps, epochs] = [wholeOf(options, "steps", 1, environment), wholeOf(options, "epochs", 1, environment)];
	const refuse = (found: string, fix: string) => new SweetspotError("usage/bad-value", found, fix);
	if (steps !== undefined && epochs !== undefined) throw refuse("--steps and --epochs both say how long to train", "give one of them");
	const scheduled = scheduleOf(study.workload)?.batchSize !== undefined;
	if (epochs !== undefined && scheduled)
		throw refuse("--epochs have no fixed number of steps under a schedule of the batch size", "give --steps");
	return steps ?? (epochs === undefined ? stepLimit(batchSize, study) : epochs * stepsPerEpoch(batchSize, study));
}

function required(value: string | undefined, flag: string, example: string): string {
	if (value !== undefined) return value;
	throw new SweetspotError(
		"usage/bad-value",
		`--${flag} is missing: a run has one`,
		`for example \`--${flag} ${example}\`; \`sweetspot tune\` finds it`,
	);
}

const digestOf = (run: NetworkRun): string => sha256OfNumbers(Float32Array.from(run.weights.flatMap(({ values }) => Array.from(values))));

function summary(
	run: NetworkRun,
	study: TrainableStudy,
	reached: Evaluation | null,
	checkpoint: string | undefined,
	weights: string | undefined,
): string {
	const goal = describeGoal(study.goal);
	return [
		...(run.diverged === null ? [] : [`Diverged: ${run.diverged}. Try a smaller learning rate.`]),
		reached ? `Reached a ${goal} at step ${formatCount(reached.step)}.` : `No look met a ${goal}.`,
		...(checkpoint === undefined ? [] : [`Checkpoint at step ${formatCount(run.step)}: ${checkpoint}`]),
		...(weights === undefined ? [] : [`Weights: ${weights}`]),
	]
		.map((line) => `${line}\n`)
		.join("");
}
