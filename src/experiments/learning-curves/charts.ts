import { batchColors } from "../../charts/batch-colors.js";
import type { PanelCurves } from "../../charts/panel-curves.js";
import type { Chart } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import { goal } from "../lab/curve-measures.js";
import type { Curves } from "../lab/curves.js";
import { type Columns, curveLines, curveNames } from "../lab/median-run.js";
import { chartOfPanels } from "../lab/series.js";
import type { Figures, Row } from "./figures.js";
import type { Settings } from "./settings.js";

export const charts = ({ rows }: Figures, { epochs }: Settings): readonly Chart[] => [
	chartOfPanels({
		id: "loss",
		title: "Loss, epoch by epoch",
		caption: "One panel for each batch size, all on the same axes.",
		panels: panelsOf(rows, lossOf),
		x: { title: "epochs", scale: "linear", domain: [0, epochs] },
		y: { title: "loss", scale: "log", domain: domainOf(rows, lossOf) },
		names: curveNames,
	}),
	chartOfPanels({
		id: "accuracy",
		title: "Accuracy, epoch by epoch",
		caption: `One panel for each batch size, all on the same axes. The dashed level is the goal of ${goal}.`,
		panels: panelsOf(rows, accuracyOf),
		x: { title: "epochs", scale: "linear", domain: [0, epochs] },
		y: { title: "accuracy", scale: "linear", domain: domainOf(rows, accuracyOf) },
		level: goal,
		names: { ...curveNames, level: `goal: ${goal}` },
	}),
];

const lossOf = ({ trainLoss, validationLoss }: Curves): Columns => ({ train: trainLoss, heldOut: validationLoss });
const accuracyOf = ({ trainAccuracy, validationAccuracy }: Curves): Columns => ({ train: trainAccuracy, heldOut: validationAccuracy });

/** One panel for each batch size. */
function panelsOf(rows: readonly Row[], of: (curves: Curves) => Columns): PanelCurves["panels"] {
	const color = batchColors(rows.map(({ batchSize }) => batchSize));
	return rows.map(({ batchSize, curves }) => ({
		title: `batch size ${batchSize}`,
		color: color(batchSize),
		lines: curveLines(curves, of, 1, 6),
	}));
}

/** What the axis must show: all there is after the first look. */
const domainOf = (rows: readonly Row[], of: (curves: Curves) => Columns): readonly [number, number] =>
	innerDomain(
		rows.flatMap(({ curves }) =>
			curves.flatMap((one) => {
				const { train, heldOut } = of(one);
				return [...train.slice(1), ...heldOut.slice(1)];
			}),
		),
	);
