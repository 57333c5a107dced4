import { Rng } from "../../core/rng.js";
import { defineExperiment } from "../experiment.js";
import { cellTask, runCell } from "../lab/overfit/cell.js";
import { overfitSubject } from "../lab/overfit/subject.js";
import { subjectNames } from "../lab/subjects.js";
import { seedAt } from "../lab/workloads.js";
import { conclude } from "./conclude.js";
import { kinds, rightStops } from "./constructed.js";
import { armsOf, type Result, type Settings, type Task } from "./settings.js";

const seeds = { quick: { tuning: 3, reporting: 10 }, full: { tuning: 5, reporting: 30 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 4 }, full: { tuning: 3, reporting: 10 } } as const;
const epochs = 100;

export const stopping = defineExperiment<Settings, Task, Result>({
	id: "stopping",
	question: "When should training stop at each batch size, and what does it save and lose?",
	method:
		"A network with 128 hidden units is trained for 100 epochs on 20 examples of each class, a fifth of them with a wrong label, without a regularizer and with dropout (rate 0.5), and looked at after every epoch. At each batch size, and with dropout or without, the learning rate is the one that brings the training loss lowest after all epochs, chosen on seeds of its own, two octaves apart, to an optimum that is not at the edge. Each rule then says where the run would have ended and whose weights it would have kept: patience when the validation loss hasn't gone below its least for so many epochs (the least is kept); a target, when the validation accuracy first reaches it; budgets of epochs and of steps, the latter as many as the full batch makes in all. What a rule gains or loses is the accuracy on the test set, which no rule sees, less that after all epochs. What choosing on the test set does: the epoch of the highest accuracy, or the batch size, is chosen on one held-out set and scored on that very set and on the other; both sets take both parts, so that which of them is harder cancels. The rules themselves are held against constructed curves whose stop is known.",
	data: subjectNames,
	rows: ["R17"],
	claims: ["C12", "C37", "C40"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const { workload, few, examples, batchSizes, moderate, target, large } = overfitSubject(data);
		return {
			workload,
			few,
			examples,
			batchSizes,
			moderate,
			regularizers: ["none", "dropout"],
			rules: [
				{ kind: "patience", epochs: 20 },
				{ kind: "patience", epochs: 5 },
				{ kind: "target", accuracy: target },
				{ kind: "epochs", epochs: 20 },
				{ kind: "steps", steps: epochs },
			],
			cases: size === "quick" ? 500 : 5000,
			epochs,
			every: 1,
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
	tasks: (settings) => [
		...armsOf(settings).map((arm): Task => ({ kind: "cell", ...cellTask(settings, arm) })),
		...kinds.map((of): Task => ({ kind: "cases", of, cases: settings.cases, seed: seedAt(settings.seed, 0) })),
	],
	run: async (task, tools) =>
		task.kind === "cell"
			? { kind: task.kind, ...(await runCell(task, tools)) }
			: { kind: task.kind, of: task.of, right: rightStops(task.of, task.cases, Rng.fromSeed(task.seed).split(task.of)) },
	conclude,
});
