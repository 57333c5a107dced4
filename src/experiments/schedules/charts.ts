import { geometricMeanInterval } from "../../analysis/means.js";
import type { PanelCurves } from "../../charts/panel-curves.js";
import { seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { chartOfPanels, chartOfSeries, measured, pointAt } from "../lab/series.js";
import { calmingNames, raiseName, switchingNames } from "./arms.js";
import { type Column, type Figures, meanCurve } from "./figures.js";
import type { Settings } from "./settings.js";

const epochsAxis = { title: "epochs", scale: "linear" } as const;

export function charts(figures: Figures, settings: Settings): readonly Chart[] {
	const { calming, switching, seeds } = settings;
	const changed = [switchingNames.large, switchingNames.switched, raiseName(figures.raise.factor)];
	return [
		chartOfPanels({
			id: "calming",
			title: "Training loss by epochs: less noise by a smaller rate, or by a larger batch",
			caption: `From batches of ${calming.batchSize}; changes after ${calming.marks.join(" and ")} epochs. Thin lines are the ${seeds.reporting} seeds, the thick one their geometric mean; dashed, in every panel, that of the decaying rate.`,
			panels: panelsOf(figures, calmingNames, "rate decays", "trainLoss"),
			x: epochsAxis,
			y: { title: "training loss", scale: "log" },
			names: { strong: "mean", faint: "single seeds", compared: "the rate decays" },
		}),
		updatesChart(figures, settings),
		chartOfPanels({
			id: "switching",
			title: "Held-out accuracy of a large-batch run that changes midway",
			caption: `Batches of ${formatCount(switching.large)} at the rate of batches of ${switching.small}, and what changes after ${switching.at} epochs. Thin lines are the ${seeds.reporting} seeds, the thick one their mean; dashed, in every panel, that of batches of ${switching.small} from the start.`,
			panels: panelsOf(figures, changed, switchingNames.small, "validationAccuracy"),
			x: epochsAxis,
			y: { title: "held-out accuracy", scale: "linear" },
			names: { strong: "mean", faint: "single seeds", compared: "the small batch from the start" },
		}),
	];
}

function panelsOf({ runs }: Figures, arms: readonly string[], other: string, column: Column): PanelCurves["panels"] {
	const compared = { points: meanCurve(runs.get(other) ?? [], column), weight: "compared" } as const;
	return arms.map((arm, i) => {
		const own = runs.get(arm) ?? [];
		const singles = own.map((run) => run[column].map((value, epoch): [number, number] => [epoch, value]));
		return {
			title: arm,
			color: seriesColors[i + 1],
			lines: [
				...singles.map((points) => ({ points, weight: "faint" as const })),
				...(arm === other ? [] : [compared]),
				{ points: meanCurve(own, column), weight: "strong" as const },
			],
		};
	});
}

const updatesChart = ({ runs }: Figures, { calming, seeds }: Settings): Chart =>
	chartOfSeries({
		id: "updates",
		title: "Held-out loss by updates",
		caption: `The same runs at every second epoch, against the updates made by then: geometric means over ${seeds.reporting} seeds with 95 % intervals. A growing batch sees the same examples in fewer updates.`,
		series: calmingNames.map((name, i) => {
			const own = runs.get(name) ?? [];
			const epochs = Math.min(...own.map(({ updates }) => updates.length));
			const shown = (epoch: number) => epoch > 0 && epoch < epochs && (calming.epochs <= 10 || epoch % 2 === 0);
			const looks = [...(own[0]?.updates.keys() ?? [])].filter(shown);
			const losses = (epoch: number) => own.map(({ validationLoss }) => validationLoss[epoch]);
			const points = looks.map((epoch) => pointAt(own[0].updates[epoch], geometricMeanInterval(losses(epoch))));
			return measured(name, seriesColors[i + 1], points);
		}),
		x: { title: "updates", scale: "log" },
		y: { title: "held-out loss", scale: "log" },
	});
