import { factors } from "../experiments/claims/claim.js";
import type { LedgerCell, LedgerEntry } from "../experiments/claims/ledger.js";
import { formatCount, formatEstimate, formatNumber } from "../words/numbers.js";
import { inline, table } from "./markdown-parts.js";

/** A run that the ledger would count and that hasn't ended. */
export interface Unfinished {
	readonly experiment: string;
	/** Null: the experiment's own. */
	readonly data: string | null;
	readonly tasks: { readonly total: number; readonly stored: number };
	/** That the rest takes; null: not known. */
	readonly seconds: number | null;
}

/**
 * The ledger as Markdown: a table of verdicts, then each claim with what was measured and why it was believed. `command`: what made it.
 * `unfinished`: what it doesn't count yet.
 */
export function renderClaims(ledger: readonly LedgerEntry[], command: string, unfinished: readonly Unfinished[] = []): string {
	const blocks = [
		"# Claims about batch size, put to the test",
		inline(summary(ledger)),
		inline(rules(ledger)),
		`\`\`\`sh\n${command}\n\`\`\``,
		...(unfinished.length === 0 ? [] : [notFinished(unfinished)]),
		table(
			["", "claim", "verdict", "holds on", "experiment"],
			ledger.map(({ id, statement, verdictInWords, holdsOn, experiment, size }) => [
				id,
				statement,
				verdictInWords,
				holdsOn,
				`${experiment}${size === "quick" ? ", quick size" : ""}`,
			]),
		),
		...ledger.flatMap(claimBlocks),
	];
	return `${blocks.join("\n\n")}\n`;
}

function summary(ledger: readonly LedgerEntry[]): string {
	const count = (...verdicts: readonly LedgerEntry["verdict"][]) => ledger.filter(({ verdict }) => verdicts.includes(verdict)).length;
	return `Of ${ledger.length} claims of the articles on batch size (C1 to C44; C32 and C39 are split in two) ${count("supported")} are supported and ${count("refuted")} refuted wherever they were tried, ${count("depends")} depend on the conditions, ${count("supported in part", "refuted in part")} are decided under some conditions only, and ${count("undecided")} are undecided; ${count("not run")} have not been run.`;
}

/** What is missing, and for how long it would run. */
function notFinished(unfinished: readonly Unfinished[]): string {
	const each = unfinished.map(({ experiment, data, tasks, seconds }) => {
		const time = seconds === null ? "time not known" : `about ${formatNumber(seconds / 3600)} h more`;
		return `${experiment}${data === null ? "" : ` on ${data}`} (${formatCount(tasks.stored)} of ${formatCount(tasks.total)} tasks stored, ${time})`;
	});
	return `Not finished, and not counted here: ${each.join("; ")}. Times are estimates for one worker. The command above goes on from what is stored; \`sweetspot claims --plan --full\` shows what is left.`;
}

function rules(ledger: readonly LedgerEntry[]): string {
	const tested = ledger.reduce((sum, { cells }) => sum + cells.filter(({ adjusted }) => adjusted !== null).length, 0);
	const quick = ledger.filter(({ size }) => size === "quick").length;
	return `“Holds on” names the conditions tried. A claim “depends on” something only where two sets of conditions are decided and opposite. A verdict counts where its p-value, adjusted by Holm's procedure over all ${tested} that the ledger has, is below 0.05. The margins stand in one file, src/experiments/claims/margins.ts. They had been seen with the seeds of every experiment but conditions, which judges on fresh ones, as do the runs on all of Fashion-MNIST.${quick === 0 ? "" : ` ${quick} claims were judged at the quick size, a subset of the published one that their experiment's page states.`}`;
}

function claimBlocks({ id, statement, verdictInWords, holdsOn, cells, effect, interval, evidence, believed, ...about }: LedgerEntry) {
	const seeds = about.freshSeeds ? ", on fresh seeds" : "";
	const size = about.size === "quick" ? ", quick size" : "";
	const parts = [`## ${id}. ${inline(statement)}`, `**${inline(verdictInWords)}** (experiment \`${about.experiment}\`${seeds}${size})`];
	if (effect !== null) {
		const alone = cells.length > 1 || interval === null || interval.estimate === null;
		parts.push(inline(`Measured: ${effect}${alone ? "" : `. It is ${formatEstimate(interval)}`}.`));
		if (cells.length > 1) parts.push(cellTable(cells));
		else parts.push(inline(`${evidence}.`));
		if (cells.length > 1 && about.freshSeeds) parts.push(inline(`Holds on: ${holdsOn}.`));
		else if (cells.length > 1) parts.push(inline(`${evidence}.`));
	}
	if (believed !== null) parts.push(inline(believed));
	return parts;
}

function cellTable(cells: readonly LedgerCell[]): string {
	const used = factors.filter((factor) => cells.some(({ when }) => when[factor] !== undefined));
	return table(
		[...used, "effect", "p, adjusted", "verdict"],
		cells.map(({ when, interval, adjusted, verdict }) => [
			...used.map((factor) => when[factor] ?? ""),
			interval.estimate === null ? "—" : formatEstimate(interval),
			adjusted === null ? "—" : adjusted < 1e-6 ? "below 0.000001" : formatNumber(adjusted),
			verdict,
		]),
	);
}
