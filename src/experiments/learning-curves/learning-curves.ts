import { Rng } from "../../core/rng.js";
import { defineExperiment } from "../experiment.js";
import { epochLooks, takeCurves } from "../lab/curves.js";
import { diagnose } from "../lab/diagnose.js";
import { Laboratory } from "../lab/laboratory.js";
import { subjectNames, subjectOf } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { construct } from "./constructed.js";
import type { Result, Settings, Task } from "./runs.js";

export const learningCurves = defineExperiment<Settings, Task, Result>({
	id: "learning-curves",
	question: "What do learning curves show of a batch size: how fast, how stable, when it could have stopped, and whether the fit is right?",
	method:
		"The tutorial's sweep (Brownlee 2019; its own data are blobs, its network 2-50-3): batch sizes 4 to 450, all at the same rate, 0.01 for the blobs, for as many epochs, from many seeds, looked at after every epoch. Fast is the epoch from which the held-out accuracy stays at 0.80 or more for three looks; stable is the standard deviation of the held-out accuracy over the last fifty epochs of a run; a run could have stopped where its held-out loss hadn't improved for twenty epochs. The rule that says under-, well- or over-fitted was fixed beforehand and is held against constructed curves whose fit is known.",
	data: ["tutorial-blobs", ...subjectNames.filter((name) => name !== "tutorial-blobs")],
	rows: ["R6", "R7", "R17", "R18"],
	claims: ["C11", "C15"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const { workload, large } = subjectOf(data, "tutorial-blobs");
		const seeds = large ? { quick: 3, full: 10 } : { quick: 20, full: 100 };
		return {
			workload,
			batchSizes: large ? [32, 128, 512, 2048, 8192] : [4, 8, 16, 32, 64, 128, 256, 450],
			learningRate: 0.01,
			epochs: large ? 60 : 200,
			seeds: seeds[size],
			cases: size === "quick" ? 500 : 5000,
			seed,
		};
	},
	tasks: ({ workload, batchSizes, learningRate, epochs, seeds, cases, seed }) => [
		...batchSizes.flatMap((batchSize) =>
			Array.from(
				{ length: seeds },
				(_, place): Task => ({ kind: "run", workload, batchSize, learningRate, epochs, seed: seedAt(seed, place) }),
			),
		),
		...(["under-fitted", "well-fitted", "over-fitted"] as const).map((fit): Task => ({ kind: "cases", fit, cases, seed: seedAt(seed, 0) })),
	],
	async run(task, tools) {
		if (task.kind === "cases") {
			const rng = Rng.fromSeed(task.seed).split(task.fit);
			let right = 0;
			for (let i = 0; i < task.cases; i++) {
				const { trainLoss, heldOutLoss, fit } = construct(task.fit, rng.split(i));
				if (diagnose(trainLoss, heldOutLoss) === fit) right++;
			}
			return { kind: task.kind, fit: task.fit, right };
		}
		const lab = await Laboratory.open(task.workload, tools);
		const { batchSize, learningRate, seed } = task;
		const looks = epochLooks(lab.examples, batchSize, task.epochs);
		return { kind: task.kind, curves: takeCurves(lab, { batchSize, learningRate, seed, looks }) };
	},
	conclude,
});
