import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { armsOf } from "./arms.js";
import { calmingChart, switchingChart, updatesChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Difference, type Figures, figuresOf } from "./figures.js";
import type { Result } from "./runs.js";
import type { Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	const { runs: _, ...found } = figures;
	const { calmed, switched } = figures;
	return {
		results: found as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [
			armsTable(figures, settings),
			differencesTable("Beside a decaying rate, seed by seed", Object.values(calmed)),
			differencesTable("Beside the small batch from the start, seed by seed", Object.values(switched)),
		],
		charts: [calmingChart(figures, settings), updatesChart(figures, settings), switchingChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

const armsTable = ({ arms }: Figures, settings: Settings): Table => ({
	title: `Where the runs end, over ${settings.seeds.reporting} seeds`,
	columns: [
		{ title: "run", numeric: false },
		...["batch size at first", "rate at first", "updates", "training loss", "held-out loss", "held-out accuracy"].map((title) => ({
			title,
			numeric: true,
		})),
	],
	rows: armsOf(settings).map(({ name, batchSize, learningRate }, i) => {
		const { diverged, updates, trainLoss, validationLoss, accuracy } = arms[i];
		const about = [name, formatCount(batchSize), formatRate(learningRate)];
		if (diverged > 0) return [...about, `${diverged} diverged`, "—", "—", "—"];
		return [...about, formatCount(updates), formatEstimate(trainLoss), formatEstimate(validationLoss), formatPercent(accuracy)];
	}),
});

const differencesTable = (title: string, differences: readonly Difference[]): Table => ({
	title,
	columns: [
		{ title: "run", numeric: false },
		{ title: "held-out loss, times", numeric: true },
		{ title: "held-out accuracy, less", numeric: true },
	],
	rows: differences.map(({ name, validationLoss, accuracy }) => [name, formatEstimate(validationLoss), formatPercent(accuracy)]),
});
