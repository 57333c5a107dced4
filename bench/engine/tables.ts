import { table } from "../markdown.js";
import type { Row } from "./rows.js";

const time = (microseconds: number | null): string =>
	microseconds === null ? "–" : microseconds.toLocaleString("en", { maximumSignificantDigits: microseconds < 1000 ? 3 : 4 });
const ratio = (value: number | null): string => (value === null ? "–" : value.toPrecision(value < 1 ? 2 : 3));
const percent = (value: number | null): string => (value === null ? "–" : `${(100 * value).toFixed(0)} %`);
const range = (values: readonly number[]): string =>
	values.length === 0 ? "–" : `${ratio(Math.min(...values))}–${ratio(Math.max(...values))}`;

const header = [
	...["case", "network", "wasm µs", "native µs", "PyTorch µs"],
	...["wasm ratio", "pairs", "bar", "native ratio", "pairs", "bar", "wasm share", "native share", "norms"],
];

const cells = (row: Row): readonly string[] => [
	...[row.case, row.network, time(row.microseconds.wasm), time(row.microseconds.native), time(row.microseconds.torch)],
	...[ratio(row.ratio.wasm), range(row.pairs.wasm), ratio(row.bar.wasm)],
	...[ratio(row.ratio.native), range(row.pairs.native), ratio(row.bar.native)],
	...[percent(row.share.wasm), percent(row.share.native), percent(row.perExampleNorms)],
];

/** For people at a terminal: the table, then the ratios pair by pair. */
export function terminalTable(rows: readonly Row[]): string {
	const texts = [header, ...rows.map(cells)];
	const widths = header.map((_, column) => Math.max(...texts.map((row) => row[column].length)));
	const lines = texts.map((row) => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
	const pairs = rows.flatMap(({ case: name, pairs: { wasm, native } }) => [
		...(wasm.length > 0 ? [`${name.padEnd(6)} wasm    ${wasm.map(ratio).join(" ")}`] : []),
		...(native.length > 0 ? [`${name.padEnd(6)} native  ${native.map(ratio).join(" ")}`] : []),
	]);
	return [...lines, "", ...(pairs.length > 0 ? ["PyTorch's time over ours, pair by pair", ...pairs, ""] : [])].join("\n");
}

/** For docs/engine.md. */
export function markdownTable(rows: readonly Row[]): string {
	return table(
		header.map((head, i) => [head, i < 2 ? "left" : "right"]),
		rows.map(cells),
	);
}
