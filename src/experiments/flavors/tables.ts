import { flavorOf } from "../../core/flavor.js";
import { formatNumber } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { say } from "../lab/say.js";
import { countColumn, estimateColumn, figureColumn, percentColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import { areSame, margin } from "./claims.js";
import type { Arm, Figures } from "./figures.js";

export const tables = ({ arms, pairs, arithmetic }: Figures): readonly Table[] => [
	tableOf("Accuracy after 200 epochs, published and ours", arms, [
		textColumn("run", ({ name }) => name),
		figureColumn("train: published", ({ run }) => run.published.train.toFixed(3)),
		estimateColumn("ours: mean", ({ train }) => train),
		figureColumn("range", ({ train }) => rangeInWords(train)),
		figureColumn("held out: published", ({ run }) => run.published.test.toFixed(3)),
		estimateColumn("ours: mean", ({ test }) => test),
		figureColumn("range", ({ test }) => rangeInWords(test)),
	]),
	tableOf("Which can be told apart: differences of held-out accuracy, paired by seed", pairs, [
		textColumn("first", ({ first }) => first.name),
		textColumn("second", ({ second }) => second.name),
		percentColumn("first less second", ({ difference }) => difference),
		textColumn(`more than ${formatNumber(100 * margin.accuracy)} points?`, (pair) => say(areSame(pair), "no", "yes", "cannot tell")),
	]),
	tableOf("The arithmetic, checked batch for batch", arithmetic, [
		sizeColumn,
		textColumn("flavor", ({ batchSize, examples }) => flavorOf(batchSize, examples)),
		countColumn("updates in 3 epochs", ({ updates }) => updates),
		countColumn("last batch", ({ lastBatch }) => lastBatch),
		textColumn("each example once an epoch", ({ eachOnce, reshuffled }) => (eachOnce && reshuffled ? "yes, in a new order" : "no")),
		textColumn("a step reports its own batch", ({ ownMetrics }) => (ownMetrics ? "yes" : "no")),
	]),
];

const rangeInWords = ({ range }: Arm["test"]): string => (range === null ? "diverged" : `${range[0].toFixed(3)}–${range[1].toFixed(3)}`);
