import { formatCount } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { goal } from "../lab/curve-measures.js";
import { estimateColumn, figureColumn, fitColumns, percentColumn, sizeColumn, tableOf } from "../lab/table.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export const tables = ({ rows }: Figures, { epochs, seeds }: Settings): readonly Table[] => [
	tableOf("Speed, stability, and when each could have stopped", rows, [
		sizeColumn,
		estimateColumn(`held-out accuracy after ${epochs} epochs`, ({ final }) => final),
		figureColumn(`epoch from which ${goal} is kept`, ({ reached }) => (reached === null ? "never" : formatCount(reached))),
		percentColumn("wanders by (points)", ({ wanders }) => wanders),
		estimateColumn("could have stopped at epoch", ({ stopped }) => stopped),
		percentColumn("accuracy kept less final (points)", ({ kept }) => kept),
	]),
	tableOf("Under-, well- or over-fitted, by the rule", rows, [sizeColumn, ...fitColumns(seeds)]),
];
