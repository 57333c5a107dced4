import { formatCount } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { countColumn, estimateColumn, figureColumn, percentColumn, rateColumn, tableOf, textColumn } from "../lab/table.js";
import { armsOf } from "./arms.js";
import type { Difference, Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export const tables = ({ arms, calmed, switched }: Figures, settings: Settings): readonly Table[] => [
	tableOf(
		`Where the runs end, over ${settings.seeds.reporting} seeds`,
		armsOf(settings).map((arm, i) => ({ ...arm, ...arms[i] })),
		[
			textColumn("run", ({ name }) => name),
			countColumn("batch size at first", ({ batchSize }) => batchSize),
			rateColumn("rate at first", (arm) => arm),
			figureColumn("updates", ({ diverged, updates }) => (diverged > 0 ? `${diverged} diverged` : formatCount(updates))),
			estimateColumn("training loss", ({ trainLoss }) => trainLoss),
			estimateColumn("held-out loss", ({ validationLoss }) => validationLoss),
			percentColumn("held-out accuracy", ({ accuracy }) => accuracy),
		],
	),
	differencesTable("Compared with a decaying rate, seed by seed", Object.values(calmed)),
	differencesTable("Compared with the small batch from the start, seed by seed", Object.values(switched)),
];

const differencesTable = (title: string, differences: readonly Difference[]): Table =>
	tableOf(title, differences, [
		textColumn("run", ({ name }) => name),
		estimateColumn("held-out loss, times", ({ validationLoss }) => validationLoss),
		percentColumn("held-out accuracy, less", ({ accuracy }) => accuracy),
	]);
