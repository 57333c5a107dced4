import { claims } from "../experiments/claims/table.js";
import { formatEstimate } from "../words/numbers.js";
import type { ExperimentInput } from "./experiment-input.js";
import { inline, table } from "./markdown-parts.js";

/** An experiment's page as Markdown. `picture`: from a chart's id to the path of its image, as the page names it. */
export function renderExperimentMarkdown(
	{ experiment, run, conclusion, command }: ExperimentInput,
	picture: (id: string) => string,
): string {
	const [headline, ...rest] = conclusion.words;
	const blocks = [
		`# ${inline(experiment.question)}`,
		`**${inline(headline)}**`,
		...rest.map(inline),
		...conclusion.charts.map(
			({ id, title, caption }) => `## ${inline(title)}\n\n![${inline(title)}](${picture(id)})\n\n${inline(caption)}`,
		),
		...conclusion.tables.map(
			({ title, columns, rows }) =>
				`## ${inline(title)}\n\n${table(
					columns.map((column) => column.title),
					rows,
				)}`,
		),
		"## The claims it bears on",
		table(
			["claim", "verdict", "effect", "interval", "evidence"],
			conclusion.claims.map(({ id, verdict, effect, interval, evidence }) => [
				`${id}. ${claims[id].statement}`,
				verdict,
				effect,
				interval.estimate === null ? "" : formatEstimate(interval),
				evidence,
			]),
		),
		`## How it was measured\n\n${inline(experiment.method)}`,
		`\`\`\`sh\n${command}\n\`\`\``,
		`Digest ${run.digest ?? "none: not finished"}.`,
	];
	return `${blocks.join("\n\n")}\n`;
}
