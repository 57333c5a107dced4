import type { Table } from "../experiment.js";
import { scaled } from "../lab/estimates.js";
import { estimateColumn, sizeColumn, tableOf } from "../lab/table.js";
import type { Figures } from "./figures.js";

export const tables = ({ sizes }: Figures): readonly Table[] => [
	tableOf("Time per step and examples per second", sizes, [
		sizeColumn,
		estimateColumn("µs per step", ({ secondsPerStep }) => scaled(secondsPerStep, 1e6)),
		estimateColumn("examples per second", ({ examplesPerSecond }) => examplesPerSecond),
		estimateColumn("over the size before", ({ gain }) => gain),
	]),
];
