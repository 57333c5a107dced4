import { geometricMeanInterval } from "../../analysis/means.js";
import { type PanelCurves, panelCurves } from "../../charts/panel-curves.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { calmingNames, raiseName, switchingNames } from "./arms.js";
import { type Column, type Curve, type Figures, meanCurve } from "./figures.js";
import type { Result } from "./runs.js";
import type { Settings } from "./settings.js";

const alone = (run: Result, column: Column): Curve => run[column].map((value, epoch) => [epoch, value]);

function panelsOf({ runs }: Figures, arms: readonly string[], other: string, column: Column): PanelCurves["panels"] {
	const beside = meanCurve(runs.get(other) ?? [], column);
	return arms.map((arm, i) => {
		const own = runs.get(arm) ?? [];
		return {
			title: arm,
			color: seriesColors[i + 1],
			lines: [
				...own.map((run) => ({ points: alone(run, column), weight: "faint" as const })),
				...(arm === other ? [] : [{ points: beside, weight: "beside" as const }]),
				{ points: meanCurve(own, column), weight: "strong" as const },
			],
		};
	});
}

export const calmingChart = (figures: Figures, { calming, seeds }: Settings): Chart => ({
	id: "calming",
	title: "Training loss by epochs: less noise by a smaller rate, or by a larger batch",
	caption: `From batches of ${calming.batchSize}; changes after ${calming.marks.join(" and ")} epochs. Thin lines are the ${seeds.reporting} seeds, the thick one their geometric mean; dashed, in every panel, that of the decaying rate.`,
	draw: (canvas) =>
		panelCurves(canvas, {
			title: "Training loss by epochs",
			panels: panelsOf(figures, calmingNames, "rate decays", "trainLoss"),
			x: { title: "epochs", scale: "linear" },
			y: { title: "training loss", scale: "log" },
			names: { strong: "mean", faint: "single seeds", beside: "the rate decays" },
		}),
});

export const updatesChart = ({ runs }: Figures, { calming, seeds }: Settings): Chart => ({
	id: "updates",
	title: "Held-out loss by updates",
	caption: `The same runs at every second epoch, against the updates made by then: geometric means over ${seeds.reporting} seeds with 95 % intervals. A growing batch sees the same examples in fewer updates.`,
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "Held-out loss by updates",
			series: calmingNames.map((name, i) => {
				const own = runs.get(name) ?? [];
				const epochs = Math.min(...own.map(({ updates }) => updates.length));
				const looks = Array.from({ length: Math.max(0, epochs) }, (_, epoch) => epoch).filter(
					(epoch) => epoch > 0 && (calming.epochs <= 10 || epoch % 2 === 0),
				);
				return {
					name,
					color: seriesColors[i + 1],
					kind: "measured" as const,
					points: looks.map((epoch) => {
						const { estimate, low, high } = geometricMeanInterval(own.map(({ validationLoss }) => validationLoss[epoch]));
						return { x: own[0].updates[epoch], y: estimate ?? Number.NaN, low, high };
					}),
				};
			}),
			x: { title: "updates", scale: "log" },
			y: { title: "held-out loss", scale: "log" },
		}),
});

export const switchingChart = (figures: Figures, { switching, seeds }: Settings): Chart => ({
	id: "switching",
	title: "Held-out accuracy of a large-batch run that changes midway",
	caption: `Batches of ${formatCount(switching.large)} at the rate of batches of ${switching.small}, and what changes after ${switching.at} epochs. Thin lines are the ${seeds.reporting} seeds, the thick one their mean; dashed, in every panel, that of batches of ${switching.small} from the start.`,
	draw: (canvas) =>
		panelCurves(canvas, {
			title: "Held-out accuracy of a large-batch run that changes midway",
			panels: panelsOf(
				figures,
				[switchingNames.large, switchingNames.switched, raiseName(figures.raise.factor)],
				switchingNames.small,
				"validationAccuracy",
			),
			x: { title: "epochs", scale: "linear" },
			y: { title: "held-out accuracy", scale: "linear" },
			names: { strong: "mean", faint: "single seeds", beside: "the small batch from the start" },
		}),
});
