import type { Rng } from "../../src/core/rng.js";
import { disturbCommands } from "./command-kills.js";
import type { Problem } from "./problem.js";
import { disturbStudy, type KillReport, runUndisturbed, type Undisturbed } from "./study-kills.js";
import { workloads } from "./workloads.js";

/** Of all faults, those in commands that run no study. */
const commandShare = 0.15;

/** One study is finished after so many, so that all of them are. */
const mostPerStudy = 12;

/** Studies that are disturbed at a time: their scripts and trials wait more than they reckon. */
const lanes = 2;

export interface KillFigures {
	/** How often each was done: `SIGKILL runner`. */
	readonly counts: ReadonlyMap<string, number>;
	readonly studies: number;
	readonly problems: readonly Problem[];
}

/** Faults in studies of every kind, whole and to a budget, and in commands that write. `say`: hears how far it is. */
export async function killCampaign(rng: Rng, faults: number, say: (text: string) => void): Promise<KillFigures> {
	const reports: KillReport[] = [];
	const done = () => reports.reduce((sum, { hits }) => sum + hits.length, 0);
	reports.push(await disturbCommands(rng.split("commands"), Math.round(commandShare * faults)));
	say(`${done()} of ${faults} faults: commands that write`);
	// Scripts twice: they have the most that can be struck.
	const kinds = [...workloads, workloads[2]].flatMap((workload) => [true, false].map((whole) => ({ workload, whole })));
	const known = new Map<number, Promise<Undisturbed>>();
	const undisturbed = (kind: number): Promise<Undisturbed> => {
		const found = known.get(kind) ?? runUndisturbed(kinds[kind].workload, kinds[kind].whole);
		known.set(kind, found);
		return found;
	};
	let studies = 0;
	const lane = async () => {
		while (done() < faults) {
			const place = studies++;
			const whole = await undisturbed(place % kinds.length);
			reports.push(await disturbStudy(whole, rng.split(place), Math.min(mostPerStudy, faults - done())));
			say(`${done()} of ${faults} faults, ${reports.length - 1} studies`);
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	const counts = new Map<string, number>();
	for (const hit of reports.flatMap(({ hits }) => hits)) counts.set(hit, (counts.get(hit) ?? 0) + 1);
	return { counts, studies, problems: reports.flatMap(({ problems }) => problems) };
}
