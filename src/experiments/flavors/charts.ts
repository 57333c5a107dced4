import { boundedMean, shares } from "../../analysis/means.js";
import { batchColors } from "../../charts/batch-colors.js";
import { seriesColors } from "../../charts/series-chart.js";
import { formatCount, formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { curveLines, curveNames } from "../lab/median-run.js";
import { chartOfPanels, chartOfSeries, measured, pointAt } from "../lab/series.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** As many looks as can be distinguished on a logarithmic axis. */
const shownLooks = 24;

export function charts({ arms, examples }: Figures, { epochs, seeds }: Settings): readonly Chart[] {
	const color = batchColors(arms.map(({ run }) => run.batchSize));
	return [
		chartOfPanels({
			id: "learning-curves",
			title: "Held-out accuracy, epoch by epoch",
			caption: `Above each panel are its batch size (of ${examples} training examples) and learning rate. Each thin line is one of ${seeds} seeds; the strong one is the run of median final accuracy, dashed its training accuracy. The ring is the published accuracy after 200 epochs, of one run.`,
			panels: arms.map(({ run, curves }) => ({
				title: `${formatCount(run.batchSize)} at rate ${formatRate(run.learningRate)}`,
				color: color(run.batchSize),
				lines: curveLines(
					curves,
					({ trainAccuracy, validationAccuracy }) => ({ train: trainAccuracy, heldOut: validationAccuracy }),
					1,
					12,
				),
				dots: [[epochs, run.published.test]],
			})),
			x: { title: "epochs", scale: "linear", domain: [0, epochs] },
			y: { title: "accuracy", scale: "linear", domain: [0.2, 0.9] },
			names: { ...curveNames, dots: "published" },
		}),
		chartOfSeries({
			id: "by-updates",
			title: "Held-out accuracy, update by update",
			caption:
				"The mean over seeds with its 95 % interval, against the number of updates. In epochs a batch of one is ahead, since it makes so many more updates; update for update the larger batch is, since each of its steps is more accurate.",
			series: arms.map(({ name, curves }, i) => {
				const [{ step }] = curves;
				const looks = new Set(Array.from({ length: shownLooks }, (_, k) => Math.round((step.length - 1) ** (k / (shownLooks - 1)))));
				const accuracies = (look: number) => curves.map((one) => one.validationAccuracy[look] ?? Number.NaN);
				const points = [...looks].map((look) => pointAt(step[look], boundedMean(accuracies(look), shares)));
				return measured(name, seriesColors[i], points);
			}),
			x: { title: "updates", scale: "log" },
			y: { title: "held-out accuracy", scale: "linear", domain: [0.2, 0.9] },
		}),
	];
}
