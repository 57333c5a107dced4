import type { Findings, TradeoffRow } from "../../analysis/findings.js";
import { isUntimed } from "../../study/study.js";
import type { Advice } from "../../words/advice.js";
import { formatCount, formatInterval, formatRate, formatSeconds, formatSecondsInterval, none } from "../../words/numbers.js";
import { whyWithout } from "../../words/outcome.js";
import { settingNames } from "../../words/setting.js";
import type { StudyView } from "../../words/view.js";
import { chartLines, choiceName } from "./chart.js";
import { comparisonLines } from "./comparisons.js";
import { horizonLines } from "./horizon.js";
import { type Column, fitting, tableLines } from "./table.js";
import { type Colors, colorsOf, type Terminal } from "./terminal.js";
import { filled, oneLine, widthOf, wrap } from "./text.js";

/** Sentences are no easier to read on wider lines. */
const widestText = 100;

interface Showing {
	/** The path of the written report, if there is one. */
	readonly report: string | null;
	/** Whether to show what to do next: not where the command line says itself how to continue. */
	readonly withAdvice: boolean;
}

/**
 * What a study found, as text: the table, the curve, and last, where it stays in sight, the answer with all that belongs to it.
 */
export function renderAnswer(
	terminal: Pick<Terminal, "width" | "color">,
	{ stored, findings, words }: StudyView,
	{ report, withAdvice }: Showing,
): string {
	const colors = colorsOf(terminal);
	const width = Math.min(terminal.width, widestText);
	const marked = (mark: string, texts: readonly string[], paint = (line: string) => line) =>
		texts.flatMap((text) => wrap(`${mark}${text}`, width, mark.length).map(paint));
	const { cost } = findings;
	const hasNoCurve = findings.failure !== null || findings.recommendation.verdict === "not reached" || findings.horizon || findings.ending;
	const curve = hasNoCurve ? [] : [words.regime, words.noiseScale, words.rateRule, words.devices];
	const blocks = [
		...(words.horizon === null
			? [answerTable(findings, terminal.width, colors), chartLines(findings, terminal.width, colors)]
			: [horizonLines(words.horizon, terminal.width, colors, findings.ending !== undefined)]),
		marked(
			"",
			curve.filter((sentence) => sentence !== null),
		),
		comparisonLines(findings.comparisons, colors),
		marked("", words.comparisons.sentences),
		marked("", [oneLine(words.answer.join(" "))], colors.bold),
		marked("", words.support),
		[...(withAdvice ? words.advice.flatMap((advice) => adviceLines(advice, width)) : []), ...marked("! ", words.warnings, colors.yellow)],
		[
			...marked(
				"",
				[
					`${formatCount(cost.trials)} trials, ${formatCount(cost.examples)} examples${isUntimed(stored) ? "" : `, ${formatSeconds(stored.seconds)}`}.`,
					...(words.price === null ? [] : [words.price]),
				],
				colors.dim,
			),
			...(report === null ? [] : [`Report: ${report}`]),
		],
	];
	return `${blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join("\n"))
		.join("\n\n")}\n`;
}

/** Something to do, its command unbroken: on a line of its own where it doesn't fit behind the words. */
function adviceLines({ text, command }: Advice, width: number): string[] {
	const lines = wrap(`→ ${text}`, width, 2);
	if (command === null) return lines;
	const last = `${lines[lines.length - 1]} ${command}`;
	return widthOf(last) <= width ? [...lines.slice(0, -1), last] : [...lines, `  ${command}`];
}

/** The tradeoff, a line for each batch size, and what the marks in it mean. */
function answerTable(findings: Findings, width: number, { bold, cyan, dim }: Colors): string[] {
	const { tradeoff, recommendation } = findings;
	const [titles, ...rows] = tableLines(
		fitting(
			variants.map((variant) => answerColumns(findings, variant)),
			width,
		),
	);
	const emphasised = rows.map((line, i) => (tradeoff[i].batchSize === recommendation.batchSize ? bold(cyan(line)) : line));
	const marks = new Set(tradeoff.map((row) => markOf(row, findings)));
	const legend = [
		...(marks.has("▸") ? [`▸ ${choiceName(recommendation)}`] : []),
		...(marks.has("≈") ? ["≈ statistically tied with it"] : []),
		...(tradeoff.some(({ atEdge }) => atEdge) ? ["! at the end of the rates tried"] : []),
		...(tradeoff.some(({ steps }) => steps.low !== null) ? ["[ ] 95 % interval at that learning rate"] : []),
	];
	return [dim(titles), ...emphasised, ...filled(legend, width, "   ").map(dim)];
}

const markOf = ({ batchSize }: TradeoffRow, { recommendation }: Findings): string =>
	batchSize === recommendation.batchSize ? "▸" : recommendation.indistinguishable.includes(batchSize) ? "≈" : "";

/** From wide to narrow. First the titles get shorter; then the examples go, which are steps times batch size or near it; then the time. */
const variants = ["wide", "short titles", "no examples", "steps only"] as const;

function answerColumns(findings: Findings, variant: (typeof variants)[number]): Column[] {
	const { tradeoff } = findings;
	const column = (title: string, align: Column["align"], of: (row: TradeoffRow) => string): Column => ({
		title,
		align,
		cells: tradeoff.map(of),
	});
	const [size, rate] = variant === "wide" ? ["batch size", "learning rate"] : ["batch", "rate"];
	const columns = [
		column("", "left", (row) => markOf(row, findings)),
		column(size, "right", ({ batchSize }) => formatCount(batchSize)),
		column(rate, "right", ({ learningRate, atEdge }) => `${learningRate === null ? none : formatRate(learningRate)}${atEdge ? "!" : ""}`),
		...settingNames(tradeoff).map(({ title, short, of }) => column(variant === "wide" ? title : short, "right", (row) => of(row) ?? none)),
		column("steps", "right", (row) => whyWithout(row) ?? formatInterval(row.steps)),
	];
	if (variant === "wide" || variant === "short titles")
		columns.push(column("examples", "right", ({ examples }) => formatInterval(examples)));
	if (variant !== "steps only" && tradeoff.some(({ seconds }) => seconds.median !== null))
		columns.push(column("time", "right", ({ seconds }) => formatSecondsInterval(seconds)));
	return columns;
}
