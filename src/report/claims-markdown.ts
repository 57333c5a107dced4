import type { LedgerEntry } from "../experiments/claims/ledger.js";
import { formatEstimate } from "../words/numbers.js";
import { inline, table } from "./markdown-parts.js";

/** The ledger as Markdown: a table of verdicts, then each claim with what was measured and why it was believed. `command`: what made it. */
export function renderClaims(ledger: readonly LedgerEntry[], command: string): string {
	const count = (verdict: LedgerEntry["verdict"]) => ledger.filter((entry) => entry.verdict === verdict).length;
	const blocks = [
		"# Claims about batch size, put to the test",
		`Of ${ledger.length} claims of the articles on batch size ${count("supported")} are supported, ${count("refuted")} refuted and ${count("undecided")} undecided; ${count("not run")} have not been run. A verdict holds under the reading and the settings named; margins were fixed before the data.`,
		`\`\`\`sh\n${command}\n\`\`\``,
		table(
			["", "claim", "verdict", "experiment"],
			ledger.map(({ id, statement, verdict, experiment }) => [id, statement, verdict, experiment]),
		),
		...ledger.map(({ id, statement, verdict, effect, interval, evidence, believed, experiment }) => {
			const parts = [`## ${id}. ${inline(statement)}`, `**${verdict}** (experiment \`${experiment}\`)`];
			if (effect !== null)
				parts.push(inline(`${effect}${interval.estimate === null ? "" : `: ${formatEstimate(interval)}`}. ${evidence}.`));
			if (believed !== null) parts.push(inline(believed));
			return parts.join("\n\n");
		}),
	];
	return `${blocks.join("\n\n")}\n`;
}
