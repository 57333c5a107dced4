import { defineExperiment } from "../experiment.js";
import { type Cell, type CellTask, cellTask, runCell } from "../lab/overfit/cell.js";
import { regularizers } from "../lab/overfit/regularizers.js";
import { overfitSubject } from "../lab/overfit/subject.js";
import { subjectNames } from "../lab/subjects.js";
import { conclude } from "./conclude.js";
import { armsOf, type Settings } from "./settings.js";

const seeds = { quick: { tuning: 3, reporting: 8 }, full: { tuning: 5, reporting: 20 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 4 }, full: { tuning: 3, reporting: 10 } } as const;

export const regularization = defineExperiment<Settings, CellTask, Cell>({
	id: "regularization",
	question: "What keeps a network that is trained too long from over-fitting, and how does that depend on the batch size?",
	method:
		"A network with 128 hidden units is trained on 20 examples of each class, a fifth of them with a wrong label, for long after its held-out loss is least. Against over-fitting it gets, one at a time: dropout (rate 0.5), batch normalization (statistics over the mini-batch), the same over ghost batches of 32 (where the batch is larger), weight decay (0.01), and Gaussian noise on the gradient (variance 0.01/(1 + t)^0.55 at step t). With each, and at each batch size, the learning rate is the one that brings the training loss lowest after all epochs, chosen on seeds of its own, two octaves apart, to an optimum that is not at the edge. The rise is what the held-out loss (running median of five looks) ends above its least, in parts of the untrained network's; above 0.05 a run is over-fitted, as in the rule that reads learning curves. A regularizer's effect is the rise without it less the rise with it, seed by seed.",
	data: subjectNames,
	rows: ["R18", "R19"],
	claims: ["C38", "C39"],
	timed: false,
	settings: ({ size, seed, data }) => {
		const { workload, few, examples, batchSizes, moderate, large } = overfitSubject(data);
		return {
			workload,
			few,
			examples,
			batchSizes,
			moderate,
			regularizers,
			epochs: 100,
			every: 2,
			seeds: (large ? seedsOfLarge : seeds)[size],
			seed,
		};
	},
	tasks: (settings) => armsOf(settings).map((arm) => cellTask(settings, arm)),
	run: runCell,
	conclude,
});
