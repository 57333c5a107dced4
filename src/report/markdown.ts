import type { Advice } from "../words/advice.js";
import { recordedMeaning } from "../words/recorded.js";
import { objectivesMeaning } from "../words/sizes.js";
import type { StudyView } from "../words/view.js";
import { fenced, inline, table, tableOf } from "./markdown-parts.js";

/** What shows that a Markdown file is a report of ours, which may be overwritten. Readers of the page don't see it. */
export const markdownMark = "<!-- A report by Sweetspot -->";

/** The report as Markdown: the same words and tables as in HTML, without the charts. */
export function renderMarkdown({ stored, words }: StudyView): string {
	const { objectives, recorded } = words;
	const curve = [words.regime, words.fit, words.noiseScale, words.rateRule, words.devices].filter((sentence) => sentence !== null);
	const blocks = [
		`# ${inline(stored.study.name)}`,
		markdownMark,
		`**${sentences(words.answer)}**`,
		sentences(words.support),
		sentences(words.price === null ? [] : [words.price]),
		section("What to do next", words.advice.map(adviceItem).join("\n")),
		section("What to keep in mind", words.warnings.map((warning) => `- ${inline(warning)}`).join("\n")),
		objectives === null ? "" : section("Objectives", `${tableOf(objectives)}\n\n${objectivesMeaning}`),
		objectives === null ? "" : section("The curve", sentences(curve)),
		words.horizon === null ? "" : section("How trainings ended", tableOf(words.horizon)),
		words.horizon !== null
			? ""
			: section("Every batch size", [tableOf(words.sizes), ...(words.notTried === null ? [] : [words.notTried])].join("\n\n")),
		section("At equal epochs, equal steps, equal time", sentences(words.comparisons.sentences)),
		...words.comparisons.tables.map((comparison) => `${comparison.title}:\n\n${tableOf(comparison)}`),
		recorded === null ? "" : section("Weights, gradients, curvature", `${recordedMeaning}\n\n${tableOf(recorded)}`),
		section("How it was measured", words.method.map(({ title, text }) => `**${title}.** ${inline(text)}`).join("\n\n")),
		section("Settings", `${fenced(words.yaml, "yaml")}\n\n${fenced(words.command, "sh")}\n\n${table(["", ""], words.identity)}`),
	];
	return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const section = (title: string, content: string): string => (content === "" ? "" : `## ${title}\n\n${content}`);
const sentences = (texts: readonly string[]): string => inline(texts.join(" "));
const adviceItem = ({ text, command }: Advice): string => `- ${inline(text)}${command === null ? "" : ` \`${command}\``}`;
