import type { Estimate } from "../../analysis/findings.js";
import { type PanelCurves, panelCurves } from "../../charts/panel-curves.js";
import { type Series, type SeriesChart, seriesChart } from "../../charts/series-chart.js";
import type { Chart } from "../experiment.js";
import { estimateOf } from "./estimates.js";

export const sizeAxis = { title: "batch size", scale: "batch" } as const;
export const rateAxis = { title: "learning rate", scale: "log" } as const;

type Point = Series["points"][number];

export const pointAt = (x: number, value: Estimate): Point => ({ x, y: estimateOf(value), low: value.low, high: value.high });

export const measured = (name: string, color: string, points: readonly Point[]): Series => ({ name, color, kind: "measured", points });

/** What was measured at each batch size. */
export const bySize = <Row extends { readonly batchSize: number }>(
	name: string,
	color: string,
	rows: readonly Row[],
	of: (row: Row) => Estimate,
): Series => {
	const points = rows.map((row) => pointAt(row.batchSize, of(row)));
	return measured(name, color, points);
};

/** What was measured at each learning rate. */
export const byRate = <Row extends { readonly learningRate: number }>(
	name: string,
	color: string,
	rows: readonly Row[],
	of: (row: Row) => Estimate,
): Series => {
	const points = rows.map((row) => pointAt(row.learningRate, of(row)));
	return measured(name, color, points);
};

/** What should come out at each batch size: a dashed line without intervals, which leaves out where nothing is known. */
export const theory = <Row extends { readonly batchSize: number }>(
	name: string,
	color: string,
	rows: readonly Row[],
	of: (row: Row) => number | null,
): Series => {
	const points = rows.map((row) => ({ x: row.batchSize, y: of(row) ?? Number.NaN, low: null, high: null }));
	return { name, color, kind: "theory", points };
};

type About = Pick<Chart, "id" | "caption">;

/** A chart whose title stands over it and within. */
export const chartOfSeries = ({ id, caption, ...drawn }: About & SeriesChart): Chart => ({
	id,
	title: drawn.title,
	caption,
	draw: (canvas) => seriesChart(canvas, drawn),
});

export const chartOfPanels = ({ id, caption, ...drawn }: About & PanelCurves): Chart => ({
	id,
	title: drawn.title,
	caption,
	draw: (canvas) => panelCurves(canvas, drawn),
});
