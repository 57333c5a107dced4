import { formatCount } from "../../src/words/numbers.js";
import { type Column, table } from "../markdown.js";
import { whileItRuns } from "./command-kills.js";
import type { FlipFigures } from "./flips.js";
import type { FuzzFigures } from "./fuzz/campaign.js";
import type { ProgramFigures } from "./fuzz/programs.js";
import type { KillFigures } from "./kills.js";
import { type CampaignOptions, repeatedBy } from "./options.js";
import type { Problem } from "./problem.js";

/** All that a campaign found. */
export interface Figures {
	readonly kills: KillFigures;
	readonly fuzz: FuzzFigures;
	readonly programs: ProgramFigures;
	readonly flips: FlipFigures;
}

const columns: readonly Column[] = [
	["what was done", "left"],
	["how often", "right"],
	["what came of it", "left"],
	["wrong", "right"],
];

/** How often faults were done whose names begin so. */
const countOf = (counts: KillFigures["counts"], isMeant: (signal: string, victim: string) => boolean): number =>
	[...counts].reduce((sum, [hit, count]) => {
		const [signal, ...victim] = hit.split(" ");
		return sum + (isMeant(signal, victim.join(" ")) ? count : 0);
	}, 0);

const isOfCommand = ({ after }: Problem): boolean => after.includes(whileItRuns);

const ofStudies: readonly string[] = ["runner", "script", "child", "guard", "runner and guard"];

/** A row for each thing that was done: the figures of docs/reliability.md. `date`: when it was run. */
export function figuresTable({ kills, fuzz, programs, flips }: Figures, options: CampaignOptions, date: string): string {
	const { counts } = kills;
	const rows: string[][] = [];
	const row = (what: string, count: number, came: string, wrong: number | "") =>
		rows.push([what, formatCount(count), came, wrong === "" ? "" : formatCount(wrong)]);
	const studies = `${formatCount(kills.studies)} studies of a network, a module and a script, whole and with --budget`;
	row(
		"SIGKILL of the runner",
		countOf(counts, (s, v) => s === "SIGKILL" && v === "runner"),
		studies,
		kills.problems.filter((problem) => !isOfCommand(problem)).length,
	);
	row(
		"SIGKILL of the runner and its guard",
		countOf(counts, (s, v) => s === "SIGKILL" && v === "runner and guard"),
		"in the same studies",
		"",
	);
	row(
		"SIGKILL of a script, its child or the guard",
		countOf(counts, (s, v) => s === "SIGKILL" && /script|child|^guard/.test(v)),
		"in the same studies",
		"",
	);
	row(
		"SIGTERM of any of these",
		countOf(counts, (s, v) => s === "SIGTERM" && ofStudies.includes(v)),
		"in the same studies",
		"",
	);
	row(
		"SIGSTOP, then SIGCONT, of any of these",
		countOf(counts, (s) => s === "SIGSTOP"),
		"in the same studies",
		"",
	);
	const others = "export, report, backup, import, train, experiment: the file is whole or not there, and the next run ends alike";
	row(
		"SIGKILL or SIGTERM of another command that writes",
		countOf(counts, (_, v) => !ofStudies.includes(v)),
		others,
		kills.problems.filter(isOfCommand).length,
	);
	for (const [name, { tried, refused }] of [...fuzz.counts].sort(([one], [other]) => one.localeCompare(other)))
		row(
			`mutated: ${name}`,
			tried,
			`${formatCount(refused)} refused with a reason, the others taken`,
			fuzz.problems.filter(({ after }) => after.endsWith(name)).length,
		);
	row(
		"mutated, by the command line",
		programs.tried,
		`${formatCount(programs.refused)} refused with a reason, the others taken`,
		programs.problems.length,
	);
	const ended = flips.ended === 0 ? "" : `, ${formatCount(flips.ended)} ended by SQLite`;
	const flipped = flips.same + flips.refused + flips.ended + flips.problems.length;
	row(
		"one bit of a finished store flipped",
		flipped,
		`${formatCount(flips.refused)} refused, ${formatCount(flips.same)} shown as before${ended}`,
		flips.problems.length,
	);
	return `${table(columns, rows)}\n\nRun on ${date}. Repeated by \`${repeatedBy(options)}\`; moments differ with the machine, draws don't.`;
}
