import { expect, test } from "vitest";
import { nothing } from "./estimates.js";
import { estimateColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "./table.js";

test("each column stands under its title with what it shows of each row; what a row lacks stays empty, what isn't known is a dash", () => {
	const interval = { estimate: 0.25, low: 0.2, high: 0.3 };
	const rows = [
		{ batchSize: 1024, name: "a", learningRate: 0.125, atEdge: true, gain: interval },
		{ batchSize: 1, name: "b", learningRate: null, atEdge: false, gain: null },
		{ batchSize: 2, name: "c", learningRate: 2 ** -4.5, atEdge: false, gain: nothing },
	];
	const table = tableOf("title", rows, [
		textColumn("name", ({ name }) => name),
		sizeColumn,
		rateColumn("rate", (row) => row, "diverged"),
		estimateColumn("gain", ({ gain }) => gain),
		percentColumn("in %", ({ gain }) => gain),
	]);
	expect(table).toEqual({
		title: "title",
		columns: [
			{ title: "name", numeric: false },
			{ title: "batch size", numeric: true },
			{ title: "rate", numeric: true },
			{ title: "gain", numeric: true },
			{ title: "in %", numeric: true },
		],
		rows: [
			["a", "1,024", "0.125 (edge)", "0.25 [0.20–0.30]", "25 % [20–30 %]"],
			["b", "1", "diverged", "", ""],
			["c", "2", "0.044", "—", "—"],
		],
	});
});
