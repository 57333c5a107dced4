import type { Conclusion, Experiment, Table } from "../../experiments/experiment.js";
import type { ExperimentRun } from "../../study/experiment-runs.js";
import { formatEstimate, formatSeconds } from "../../words/numbers.js";
import { tableLines } from "./table.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { cut, wrap } from "./text.js";

const widestText = 100;

/** What an experiment found, as text: the tables, the claims, and last, where they stay in sight, the words. */
export function experimentLines(
	terminal: Pick<Terminal, "width" | "color">,
	{ question }: Experiment,
	run: ExperimentRun,
	{ words, tables, claims }: Conclusion,
	report: string,
): string {
	const { bold, dim } = colorsOf(terminal);
	const width = Math.min(terminal.width, widestText);
	const table = ({ title, columns, rows }: Table): string[] => {
		const [titles, ...lines] = tableLines(
			columns.map(({ title: name, numeric }, i) => ({ title: name, align: numeric ? "right" : "left", cells: rows.map((row) => row[i]) })),
		);
		return [bold(title), dim(cut(titles, terminal.width)), ...lines.map((line) => cut(line, terminal.width))];
	};
	const verdicts = claims.flatMap(({ id, verdict, effect, interval }) =>
		wrap(`${id.padEnd(5)}${verdict.padEnd(11)} ${effect}${interval.estimate === null ? "" : `: ${formatEstimate(interval)}`}`, width, 17),
	);
	const [headline, ...rest] = words;
	const blocks = [
		...tables.map(table),
		verdicts,
		wrap(question, width).map(dim),
		wrap(headline, width).map(bold),
		...rest.map((sentence) => wrap(sentence, width)),
		[dim(`${formatSeconds(run.seconds)}.`), `Report: ${report}`],
	];
	return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
