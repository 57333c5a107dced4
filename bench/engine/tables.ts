import { table } from "../markdown.js";
import type { Ours } from "./measure.js";
import { libraries } from "./peers.js";
import type { OurSide, Row } from "./rows.js";

const time = (microseconds: number | null | undefined): string =>
	microseconds === null || microseconds === undefined
		? "–"
		: microseconds.toLocaleString("en", { maximumSignificantDigits: microseconds < 1000 ? 3 : 4 });
const ratio = (value: number | null | undefined): string =>
	value === null || value === undefined ? "–" : value.toPrecision(value < 1 ? 2 : 3);
const percent = (value: number | null | undefined): string =>
	value === null || value === undefined ? "–" : `${(100 * value).toFixed(0)} %`;
const range = (values: readonly number[] | undefined): string =>
	values === undefined || values.length === 0 ? "–" : `${ratio(Math.min(...values))}–${ratio(Math.max(...values))}`;

/** Our backends, in the order of their columns. The first is the default. */
const ours: readonly { readonly side: Ours; readonly name: string }[] = [
	{ side: "vector", name: "vector" },
	{ side: "wasm", name: "wasm" },
	{ side: "blas", name: "BLAS" },
];

const bestName = ({ best }: Row): string => {
	const name = best.alone === null ? "–" : libraries[best.alone].name;
	const many = best.replicas === "replicas" ? `${libraries.jax.name} ×` : best.replicas === null ? name : libraries[best.replicas].name;
	return many === name ? name : `${name}; ${many}`;
};

const header = [
	...["case", "network", ...ours.map(({ name }) => `${name} µs`), "PyTorch µs", "JAX µs", "JAX × µs", "best peer"],
	...ours.flatMap(({ name }, i) => [`${name} ratio`, "pairs", ...(i === 0 ? ["bar", "ratio ×", "bar ×"] : [])]),
	...[...ours.map(({ name }) => `${name} share`), "norms"],
];
const leftAligned = (column: number): boolean => ["case", "network", "best peer"].includes(header[column]);

function cells(row: Row): readonly string[] {
	const sides = ours.map(({ side }): OurSide | null => row.ours[side]);
	return [
		...[row.case, row.network, ...sides.map((side) => time(side?.microseconds))],
		...[time(row.peers.torch), time(row.peers.jax), time(row.peers.replicas), bestName(row)],
		...sides.flatMap((side, i) => [
			...[ratio(side?.alone), range(side?.pairs.alone)],
			...(i === 0 ? [ratio(row.bars.alone), ratio(side?.replicas), ratio(row.bars.replicas)] : []),
		]),
		...[...sides.map((side) => percent(side?.share)), percent(row.perExampleNorms)],
	];
}

/** For people at a terminal: the table, then the ratios pair by pair. */
export function terminalTable(rows: readonly Row[]): string {
	const texts = [header, ...rows.map(cells)];
	const widths = header.map((_, column) => Math.max(...texts.map((row) => row[column].length)));
	const lines = texts.map((row) => row.map((cell, i) => (leftAligned(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
	const pairs = rows.flatMap((row) =>
		ours.flatMap(({ side, name }) => {
			const ratios = row.ours[side]?.pairs.alone ?? [];
			return ratios.length > 0 ? [`${row.case.padEnd(6)} ${name.padEnd(7)} ${ratios.map(ratio).join(" ")}`] : [];
		}),
	);
	return [...lines, "", ...(pairs.length > 0 ? ["The best peer's time over ours, pair by pair", ...pairs, ""] : [])].join("\n");
}

/** For docs/engine.md. */
export function markdownTable(rows: readonly Row[]): string {
	return table(
		header.map((head, i) => [head, leftAligned(i) ? "left" : "right"]),
		rows.map(cells),
	);
}
