import { studentTwoSided } from "../../src/analysis/student.js";
import { mean } from "../../src/core/mean.js";
import { Rng } from "../../src/core/rng.js";
import { loadDataset } from "../../src/data/load.js";
import type { NetworkWorkload, TrainableStudy } from "../../src/study/study.js";
import { benchOf } from "../../src/trainers/bench-of.js";
import { BuiltinMachinery } from "../../src/trainers/builtin/machinery.js";
import { calibrate } from "../../src/trainers/calibrate.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { trainerOn } from "../../src/trainers/trainer.js";
import { resultOf } from "../../test/fixtures/oracle-study.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { table } from "../markdown.js";
import { resplit } from "../resplit.js";

const splits = 10;
const seeds = 4;

/** The test metric at the recommended size, rate and step, less the goal: over splits of the pool, which each study sees as its data. */
export async function goalOverSplits(study: TrainableStudy & { readonly workload: NetworkWorkload }): Promise<string> {
	const source = study.workload.data;
	const data = await loadDataset(source, readBytes);
	const sets = { train: data.train.count, validation: data.validation.count, test: data.test?.count ?? 0 };
	const shortfalls: number[] = [];
	for (let split = 0; split < splits; split++) {
		const machinery = new BuiltinMachinery(study, study.workload, resplit(data, sets, Rng.fromSeed(20_181_000 + split)));
		const trainer = trainerOn(machinery, study);
		const bench = benchOf(trainer, study);
		const ofSeeds: number[] = [];
		for (let seed = 0; seed < seeds; seed++) {
			const calibration = { machine: "this machine", stepTimes: await calibrate(bench, study.batchSizes) };
			const { findings, trials } = await runWhole({ ...study, seed: 20_000 + 1000 * split + seed }, (spec) => resultOf(trainer, spec), {
				calibration,
			});
			const { batchSize, learningRate } = findings.recommendation;
			const tested = trials.flatMap(({ spec, result: { reached } }) => {
				const isReported = spec.phase === "reporting" && spec.batchSize === batchSize && spec.learningRate === learningRate;
				const accuracy = isReported && reached ? trainer.test({ ...spec, cap: reached.step })?.accuracy : null;
				return accuracy === null || accuracy === undefined ? [] : [accuracy];
			});
			ofSeeds.push(mean(tested) - (study.goal.atLeast ?? 0));
		}
		shortfalls.push(mean(ofSeeds));
		process.stderr.write(`split ${split + 1} of ${splits}\n`);
	}
	const centre = mean(shortfalls);
	const variance = shortfalls.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (splits - 1);
	const reach = studentTwoSided(0.05, splits - 1) * Math.sqrt(variance / splits);
	const points = (value: number): string => (100 * value).toFixed(2);
	return table(
		[
			["test accuracy less the goal, in points", "left"],
			["", "right"],
		],
		[
			[
				`mean over ${splits} splits of ${seeds} studies each, 95 % interval over splits`,
				`${points(centre)} [${points(centre - reach)} to ${points(centre + reach)}]`,
			],
			["the least split", points(Math.min(...shortfalls))],
			["the largest", points(Math.max(...shortfalls))],
		],
	);
}
