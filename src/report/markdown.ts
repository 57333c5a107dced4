import { bestOfMissed } from "../analysis/best-seen.js";
import type { ComparisonFinding } from "../analysis/findings.js";
import { alikeSentence, answerSentence, neighbourSentences, nextSteps } from "../words/answer.js";
import { commandOf } from "../words/command-of.js";
import { comparisonAmount, comparisonRow, comparisonSentences, comparisonTitles } from "../words/comparisons.js";
import { noiseScaleSentence, regimeSentence } from "../words/curve.js";
import type { ReportInput } from "../words/input.js";
import { identity, methodSteps } from "../words/method.js";
import { moneySentences } from "../words/money.js";
import { devicesSentence, rateRuleSentence } from "../words/scaling.js";
import {
	fitSentence,
	objectivesMeaning,
	objectivesRows,
	objectivesTitles,
	shownRows,
	sizesColumns,
	untriedSentence,
} from "../words/sizes.js";
import { studyYaml } from "../words/study-yaml.js";
import { warnings } from "../words/warnings.js";
import { testSentence } from "./answer-section.js";
import { fenced, inline, table } from "./markdown-parts.js";
import { recordedMeaning, recordedTable } from "./recorded-section.js";

/** The report as Markdown: the same words and tables as in HTML, without the charts. */
export function renderMarkdown(input: ReportInput): string {
	const { stored, findings, trials } = input;
	const { study } = stored;
	const reached = findings.failure === null && findings.recommendation.verdict !== "not reached";
	const best = bestOfMissed(study.goal, findings, trials);
	const columns = sizesColumns(findings);
	const untried = untriedSentence(findings);
	const blocks = [
		`# ${inline(study.name)}`,
		`**${inline(answerSentence(findings, study, best))}**`,
		sentences([
			alikeSentence(findings, study),
			...neighbourSentences(findings),
			...moneySentences(findings, stored),
			...testSentence(findings),
		]),
		section("What to do next", listWithCommands(nextSteps(findings, stored))),
		section("What to keep in mind", list(warnings(findings, study))),
		reached ? section("Objectives", `${table(objectivesTitles, objectivesRows(findings))}\n\n${objectivesMeaning}`) : "",
		reached
			? section(
					"The curve",
					sentences([
						regimeSentence(findings),
						fitSentence(findings),
						noiseScaleSentence(findings),
						rateRuleSentence(findings),
						devicesSentence(findings, study),
					]),
				)
			: "",
		section(
			"Every batch size",
			[
				table(
					columns.map((column) => column.title),
					shownRows(findings).map((_, i) => columns.map((column) => column.cells[i])),
				),
				...(untried === null ? [] : [untried]),
			].join("\n\n"),
		),
		...comparisonBlocks(findings.comparisons),
		...recordedBlocks(input),
		section(
			"How it was measured",
			methodSteps(input)
				.map(({ title, text }) => `**${title}.** ${inline(text)}`)
				.join("\n\n"),
		),
		section("Settings", `${fenced(studyYaml(study), "yaml")}\n\n${fenced(input.command, "sh")}\n\n${table(["", ""], identity(input))}`),
	];
	return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** The comparisons at equal budgets, a table each. */
const comparisonBlocks = (comparisons: readonly ComparisonFinding[]): readonly string[] =>
	comparisons.length === 0
		? []
		: [
				section("At equal epochs, equal steps, equal time", sentences(comparisonSentences(comparisons))),
				...comparisons.map(
					(finding) => `After ${comparisonAmount(finding)} each:\n\n${table(comparisonTitles, finding.rows.map(comparisonRow))}`,
				),
			];

/** What was recorded beside the metrics, where that was asked for. */
function recordedBlocks(input: ReportInput): readonly string[] {
	const recorded = recordedTable(input);
	return recorded ? [section("Weights, gradients, curvature", `${recordedMeaning}\n\n${table(recorded.titles, recorded.cells)}`)] : [];
}

const section = (title: string, content: string): string => (content === "" ? "" : `## ${title}\n\n${content}`);
const list = (items: readonly string[]): string => items.map((item) => `- ${inline(item)}`).join("\n");
const listWithCommands = (items: readonly string[]): string =>
	items
		.map((item) => {
			const { text, command } = commandOf(item);
			return `- ${inline(text)}${command === null ? "" : ` \`${command}\``}`;
		})
		.join("\n");
const sentences = (texts: readonly (string | null)[]): string => inline(texts.filter((text) => text !== null).join(" "));
