import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { type Fit, fits } from "./diagnose.js";
import { finite } from "./estimates.js";

/** A column of a table: its title, and what it shows of a row. */
export interface Column<Row> {
	readonly title: string;
	/** Its cells are figures, or say why there is none. */
	readonly numeric: boolean;
	readonly cell: (row: Row) => string;
}

export const tableOf = <Row>(title: string, rows: readonly Row[], columns: readonly Column<Row>[]): Table => ({
	title,
	columns: columns.map(({ title: name, numeric }) => ({ title: name, numeric })),
	rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
});

export const textColumn = <Row>(title: string, cell: (row: Row) => string): Column<Row> => ({ title, numeric: false, cell });

/** Figures written as the caller likes. */
export const figureColumn = <Row>(title: string, cell: (row: Row) => string): Column<Row> => ({ title, numeric: true, cell });

export const countColumn = <Row>(title: string, of: (row: Row) => number): Column<Row> =>
	figureColumn(title, (row) => formatCount(finite(of(row))));

/** Numbers without an interval, to two digits. */
export const numberColumn = <Row>(title: string, of: (row: Row) => number): Column<Row> =>
	figureColumn(title, (row) => formatNumber(finite(of(row))));

export const sizeColumn: Column<{ readonly batchSize: number }> = countColumn("batch size", ({ batchSize }) => batchSize);

/** Learning rates; `absent`: what stands where there is none. A rate at the edge of those searched is marked. */
export const rateColumn = <Row>(
	title: string,
	of: (row: Row) => { readonly learningRate: number | null; readonly atEdge?: boolean },
	absent = "none",
): Column<Row> =>
	figureColumn(title, (row) => {
		const { learningRate, atEdge } = of(row);
		return learningRate === null ? absent : `${formatRate(learningRate)}${atEdge ? " (edge)" : ""}`;
	});

/** Estimates with their intervals; a cell is empty where the row has none. */
export const estimateColumn = <Row>(title: string, of: (row: Row) => Estimate | null): Column<Row> =>
	figureColumn(title, (row) => written(of(row), formatEstimate));

/** The same, shares as percentages. */
export const percentColumn = <Row>(title: string, of: (row: Row) => Estimate | null): Column<Row> =>
	figureColumn(title, (row) => written(of(row), formatPercent));

const written = (value: Estimate | null, format: (value: Estimate) => string): string => (value === null ? "" : format(value));

/** How many runs are of each kind. */
export const fitColumns = (runs: number): readonly Column<{ readonly fits: Readonly<Record<Fit, number>> }>[] =>
	fits.map((fit) => countColumn(`${fit}, of ${runs} runs`, (row) => row.fits[fit]));
