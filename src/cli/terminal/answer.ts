import type { BestSeen } from "../../analysis/best-seen.js";
import type { Findings, TestFinding, TradeoffRow } from "../../analysis/findings.js";
import type { StoredStudy } from "../../study/contracts.js";
import { alikeSentence, answerSentence, neighbourSentences, testFigure } from "../../words/answer.js";
import { commandOf } from "../../words/command-of.js";
import { comparisonSentences } from "../../words/comparisons.js";
import { noiseScaleSentence, regimeSentence } from "../../words/curve.js";
import { moneySentences } from "../../words/money.js";
import { formatCount, formatInterval, formatRate, formatSeconds, formatSecondsInterval, none } from "../../words/numbers.js";
import { whyWithout } from "../../words/outcome.js";
import { devicesSentence, rateRuleSentence } from "../../words/scaling.js";
import { settingNames } from "../../words/setting.js";
import { warnings } from "../../words/warnings.js";
import { chartLines, choiceName } from "./chart.js";
import { comparisonLines } from "./comparisons.js";
import { type Column, fitting, tableLines } from "./table.js";
import { type Colors, colorsOf, type Terminal } from "./terminal.js";
import { filled, oneLine, widthOf, wrap } from "./text.js";

/** Sentences are no easier to read on wider lines. */
const widestText = 100;

/** What the findings don't have. */
interface AnswerExtras {
	/** The path of the written report, if there is one. */
	readonly report: string | null;
	readonly bestSeen: BestSeen | null;
	/** What to do next, a sentence each; empty where that is told elsewhere. */
	readonly next: readonly string[];
}

/**
 * What a study found, as text: the table, the curve, and last, where it stays in sight, the answer with all that belongs to it.
 */
export function renderAnswer(
	terminal: Pick<Terminal, "width" | "color">,
	stored: StoredStudy,
	findings: Findings,
	{ report, bestSeen, next }: AnswerExtras,
): string {
	const { study, seconds } = stored;
	const colors = colorsOf(terminal);
	const width = Math.min(terminal.width, widestText);
	const marked = (mark: string, sentences: readonly string[], paint = (line: string) => line) =>
		sentences.flatMap((sentence) => wrap(`${mark}${sentence}`, width, mark.length).map(paint));
	const sentences = (...texts: (string | null)[]) =>
		marked(
			"",
			texts.filter((text) => text !== null),
		);
	const { cost, recommendation, test } = findings;
	const blocks = [
		answerTable(findings, terminal.width, colors),
		chartLines(findings, terminal.width, colors),
		recommendation.verdict === "not reached" || findings.failure
			? []
			: sentences(regimeSentence(findings), noiseScaleSentence(findings), rateRuleSentence(findings), devicesSentence(findings, study)),
		comparisonLines(findings.comparisons, colors),
		sentences(...comparisonSentences(findings.comparisons)),
		marked("", [oneLine(answerSentence(findings, study, bestSeen))], colors.bold),
		sentences(
			alikeSentence(findings, study),
			...neighbourSentences(findings),
			...moneySentences(findings, stored),
			test === null ? null : testSentence(test),
		),
		[...next.flatMap((step) => stepLines(step, width)), ...marked("! ", warnings(findings, study), colors.yellow)],
		[
			...marked("", [`${formatCount(cost.trials)} trials, ${formatCount(cost.examples)} examples, ${formatSeconds(seconds)}.`], colors.dim),
			...(report === null ? [] : [`Report: ${report}`]),
		],
	];
	return `${blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join("\n"))
		.join("\n\n")}\n`;
}

/** Something to do, its command unbroken: on a line of its own where it doesn't fit behind the words. */
function stepLines(step: string, width: number): string[] {
	const { text, command } = commandOf(step);
	const lines = wrap(`→ ${text}`, width, 2);
	if (command === null) return lines;
	const last = `${lines[lines.length - 1]} ${command}`;
	return widthOf(last) <= width ? [...lines.slice(0, -1), last] : [...lines, `  ${command}`];
}

const testSentence = (test: TestFinding): string =>
	`On the test set, which took no part in this, batch size ${formatCount(test.batchSize)} has ${testFigure(test)}.`;

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
		...(marks.has("≈") ? ["≈ cannot be told apart from it"] : []),
		...(tradeoff.some(({ atEdge }) => atEdge) ? ["! at the end of the rates tried"] : []),
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
