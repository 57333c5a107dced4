import type { Rng } from "../../src/core/rng.js";
import { disturbCommands } from "./command-kills.js";
import { type Course, keep } from "./course.js";
import type { Problem } from "./problem.js";
import { disturbStudy, type KillReport, runUndisturbed, type Undisturbed } from "./study-kills.js";
import { workloads } from "./workloads.js";

/** Of all faults, those in commands that run no study. */
const commandShare = 0.15;

/** One study is finished after this many faults, so that all of them are; of few faults, each kind of study has some. */
const mostPerStudy = 40;

/** Studies that are disturbed at a time: their scripts and trials wait more than they reckon. */
const lanes = 3;

export interface KillFigures {
	/** How often each was done: `SIGKILL runner`. */
	readonly counts: ReadonlyMap<string, number>;
	readonly studies: number;
	readonly problems: readonly Problem[];
}

/** Faults in studies of every kind, whole and to a budget, and in commands that write. */
export async function killCampaign(rng: Rng, faults: number, course: Course): Promise<KillFigures> {
	const { say, stop } = course;
	const reports: KillReport[] = [];
	const problems: Problem[] = [];
	const add = (report: KillReport): void => {
		reports.push(report);
		for (const problem of report.problems) keep(course, problems, problem);
	};
	const commandFaults = Math.round(commandShare * faults);
	let inStudies = 0;
	const left = () => faults - commandFaults - inStudies;
	const counted = () => countsOf(reports.flatMap(({ hits }) => hits));
	const ofCommands = disturbCommands(rng.split("commands"), commandFaults, stop).then((report) => {
		add(report);
		say(`${report.hits.length} faults in commands that write`);
	});
	// Scripts three times as often: they have the most that can be struck. They are run whole, since a ladder of scripts goes by their clock.
	const [network, module, script] = workloads;
	const kinds = [
		...[script, network, script, module, script].map((workload) => ({ workload, whole: true })),
		...[network, module].map((workload) => ({ workload, whole: false })),
	];
	const known = new Map<string, Promise<Undisturbed>>();
	const undisturbed = ({ workload, whole }: (typeof kinds)[number]): Promise<Undisturbed> => {
		const key = `${workload.name} ${whole}`;
		const found = known.get(key) ?? runUndisturbed(workload, whole);
		known.set(key, found);
		return found;
	};
	let studies = 0;
	const lane = async () => {
		while (left() > 0 && !stop.aborted) {
			const place = studies++;
			const whole = await undisturbed(kinds[place % kinds.length]);
			const report = await disturbStudy(whole, rng.split(place), Math.min(mostPerStudy, Math.ceil(left() / kinds.length)));
			add(report);
			inStudies += report.hits.length;
			say(`${faults - commandFaults - left()} of ${faults - commandFaults} faults in studies: ${said(counted())}`);
		}
	};
	await Promise.all([ofCommands, ...Array.from({ length: lanes }, lane)]);
	return { counts: counted(), studies, problems };
}

function countsOf(hits: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const hit of hits) counts.set(hit, (counts.get(hit) ?? 0) + 1);
	return counts;
}

const said = (counts: ReadonlyMap<string, number>): string => [...counts].map(([hit, count]) => `${count} ${hit}`).join(", ");
