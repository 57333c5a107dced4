import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { resolveInput } from "../../src/api/resolve-input.js";
import { tune } from "../../src/api/tune.js";
import type { Calibration } from "../../src/core/calibration.js";
import type { FinishedTrial, TrialResult, TrialSpec } from "../../src/core/trial.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { isCommand } from "../../src/study/workloads/table.js";
import { openLocalHost } from "../../src/trainers/command/local/host.js";
import { scriptSession } from "../../src/trainers/command/session.js";
import { resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";
import { median } from "../median.js";
import { Truth } from "./reference.js";
import type { Outcome } from "./tables.js";

/** A study of a training script, whose goal takes 100 steps or more at the best setting. */
interface PricedScript {
	readonly name: string;
	readonly study: Readonly<Record<string, unknown>>;
}

const python = (name: string): string => fileURLToPath(new URL(`../../examples/python/${name}`, import.meta.url));
const batchSizes = [4, 8, 16, 32, 64, 128, 256];
const flags = ["--batch-size", "{batchSize}", "--lr", "{learningRate}", "--seed", "{seed}", "--epochs", "1000"];
const printed = { epoch: "epoch ([0-9]+)", "validation.accuracy": "val_acc=([0-9.]+)" };

const script = (name: string, command: readonly string[], goal: object, rest: object = {}): PricedScript => ({
	name,
	study: { version: 1, name, workload: { command: ["python3", ...command], examples: 1087, ...rest }, goal, batchSizes },
});

/** Chosen from runs at batch size 64 with seven rates, before any study of them ran with these goals. */
export const pricedScripts: readonly PricedScript[] = [
	script("NumPy", [python("train_numpy.py")], { metric: "validation.loss", atMost: 0.15 }),
	script("PyTorch", [python("train_pytorch.py")], { metric: "validation.loss", atMost: 0.15 }),
	script(
		"NumPy that only prints, once an epoch",
		[python("train_plain.py"), ...flags],
		{ metric: "validation.accuracy", atLeast: 0.95 },
		{ metrics: printed },
	),
];

/** Rates among which the best setting is looked for; a study has its usual, wider range. */
const likely = { from: 2 ** -6, to: 16 };
const studies = 10;
const firstSeed = 8100;
const truthRuns = 21;
/** Pairs of runs by which a step is timed at every size, the shorter one at least so long. */
const timed = { pairs: 3, steps: 3000, epochs: 5 } as const;
type Train = (spec: TrialSpec) => Promise<TrialResult>;
/** Their budgets in trainings. */
export const scriptDesigns: readonly { readonly name: string; readonly trainings: number }[] = [
	{ name: "ladder", trainings: 5 },
	{ name: "ladder, 20 trainings", trainings: 20 },
];

/**
 * What answers to a script cost and how good they are: the program runs the studies, scripts wait between rungs and all. The best setting,
 * and those that were chosen, are judged by runs on fresh seeds, one at a time.
 */
export async function measuredScript({ name, study: written }: PricedScript, designs: typeof scriptDesigns) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-price-"));
	const study = await resolveInput(written, folder);
	if (!isCommand(study.workload)) throw new Error("a command was expected");
	const session = scriptSession({ ...study, workload: study.workload }, "price", folder, { workers: 1, gpus: null }, openLocalHost);
	try {
		const [trainer] = session.trainers;
		const train = (spec: TrialSpec) => resultOf(trainer, spec);
		const calibration = await stepTimes(study, train);
		const secondsOf = new Map(calibration.stepTimes.map(({ batchSize, passes }) => [batchSize, passes[0]]));
		const truth = new Truth({ ...study, tune: { ...study.tune, learningRate: likely } }, trainer, calibration);
		const best = await truth.best(truthRuns);
		const found: Outcome[] = [];
		for (let seed = firstSeed; seed < firstSeed + studies; seed++) {
			for (const { name: design, trainings } of designs) {
				const answer = await tune({ ...written, seed, budget: { trainings } } as Parameters<typeof tune>[0], { store: null }).answer;
				const { recommendation } = answer.findings;
				const spent = spentBy(answer.trials, secondsOf);
				const regret = (await truth.costOf(recommendation, truthRuns)) / best.cost;
				found.push({
					...{ design, workload: name, regret, isFound: recommendation.verdict === "found" },
					examples: spent.examples / (best.steps * best.batchSize),
					seconds: spent.seconds / (best.steps * (secondsOf.get(best.batchSize) ?? Number.NaN)),
				});
			}
		}
		return { best, found };
	} finally {
		await session.close(true);
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Seconds of a step at every size: medians of a few pairs of runs, of which one is three times as long as the other. The difference leaves
 * out how long a script takes to start, which can't be seen where it prints nothing before its end.
 */
async function stepTimes({ batchSizes: sizes, data }: TrainableStudy, train: Train): Promise<Calibration> {
	const times: { batchSize: number; passes: number[] }[] = [];
	for (const batchSize of sizes) {
		const steps = Math.max(timed.steps, Math.ceil((timed.epochs * data.train) / batchSize));
		const seconds: number[] = [];
		for (let seedIndex = 0; seedIndex < timed.pairs; seedIndex++) {
			const lasting = (cap: number) =>
				train(trialSpec({ batchSize, learningRate: likely.from, seedIndex, seed: seedIndex, cap, until: "cap" }));
			const [short, long] = [await lasting(steps), await lasting(3 * steps)].map(({ clock }) => clock);
			if (!short || !long) throw new Error(`the script can't be timed at batch size ${batchSize}`);
			seconds.push((long.seconds - short.seconds) / (long.steps - short.steps));
		}
		times.push({ batchSize, passes: [median(seconds)] });
	}
	return { machine: "this one", stepTimes: times };
}

/** Examples and seconds of all steps that were taken, those of runs that began anew as often as they were. */
function spentBy(trials: readonly FinishedTrial[], secondsOf: ReadonlyMap<number, number>) {
	let [examples, seconds] = [0, 0];
	for (const { spec, result } of trials) {
		examples += result.examples - (result.before?.examples ?? 0);
		seconds += (result.steps - (result.before?.steps ?? 0)) * (secondsOf.get(spec.batchSize) ?? Number.NaN);
	}
	return { examples, seconds };
}
