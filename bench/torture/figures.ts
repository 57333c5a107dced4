import { formatCount } from "../../src/words/numbers.js";
import { type Column, table } from "../markdown.js";
import { whileItRuns } from "./command-kills.js";
import type { FlipFigures } from "./flips.js";
import type { FuzzFigures } from "./fuzz/campaign.js";
import type { ProgramFigures } from "./fuzz/programs.js";
import type { KillFigures } from "./kills.js";
import type { LogFlipFigures } from "./log-flips.js";
import { type CampaignOptions, repeatedBy } from "./options.js";
import type { Problem } from "./problem.js";

/** All that a campaign found. */
export interface Figures {
	readonly kills: KillFigures;
	readonly fuzz: FuzzFigures;
	readonly programs: ProgramFigures;
	readonly flips: FlipFigures;
	readonly openLog: LogFlipFigures;
	readonly killedLog: LogFlipFigures;
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

const ofScripts: readonly string[] = ["script", "child"];
const ofSession: readonly string[] = ["runner", "guard", "runner and guard"];
const ofStudies: readonly string[] = [...ofScripts, ...ofSession];

/** A row for each thing that was done: the figures of docs/reliability.md. `date`: when it was run. */
export function figuresTable(
	{ kills, fuzz, programs, flips, openLog, killedLog }: Figures,
	options: CampaignOptions,
	date: string,
): string {
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
	const same = (what: string, isMeant: Parameters<typeof countOf>[1]) => row(what, countOf(counts, isMeant), "in the same studies", "");
	same("SIGKILL of the guard", (s, v) => s === "SIGKILL" && v === "guard");
	same("SIGKILL of a script or a child of it", (s, v) => s === "SIGKILL" && ofScripts.includes(v));
	same("SIGTERM of a script or a child of it", (s, v) => s === "SIGTERM" && ofScripts.includes(v));
	same("SIGSTOP, then SIGCONT, of a script or a child of it", (s, v) => s === "SIGSTOP" && ofScripts.includes(v));
	same("SIGTERM of the runner or the guard", (s, v) => s === "SIGTERM" && ofSession.includes(v));
	same("SIGSTOP, then SIGCONT, of the runner or the guard", (s, v) => s === "SIGSTOP" && ofSession.includes(v));
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
	const flipRow = (what: string, { same, refused, ended, earlier = 0, problems }: FlipFigures & Partial<LogFlipFigures>, more = "") => {
		const bySqlite = ended === 0 ? "" : `, ${formatCount(ended)} ended by SQLite`;
		const came = `${formatCount(refused)} refused, ${formatCount(same)} shown as before${bySqlite}`;
		return { what, count: same + refused + ended + earlier + problems.length, came: came + more, wrong: problems.length };
	};
	const flipRows = [
		flipRow("one bit of a finished store flipped", flips),
		flipRow("one bit of the log flipped while a writer has the store open", openLog),
		flipRow(
			"one bit of the log of a killed writer flipped",
			killedLog,
			`, ${formatCount(killedLog.earlier)} without what was written behind the bit; ${formatCount(killedLog.resumed)} of these resumed, to the same digest`,
		),
	];
	for (const { what, count, came, wrong } of flipRows) row(what, count, came, wrong);
	return `${table(columns, rows)}\n\nRun on ${date}. Repeated by \`${repeatedBy(options)}\`; moments differ with the machine, draws don't.`;
}
