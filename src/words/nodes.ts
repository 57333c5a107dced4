import { clockOf } from "../core/step-clock.js";
import type { FinishedTrial } from "../core/trial.js";
import { upperMiddle } from "../core/upper-middle.js";
import { formatCount, formatNumber, formatSeconds } from "./numbers.js";

/** Kinds of machines are said to differ where one takes so much longer for a step than another. */
const unlike = 1.5;

/** Machines that are named. */
const most = 8;

/**
 * The machines that a study's trials ran on, and what a step took on each, at the batch size with most trials that have a time on all of
 * them. Null where fewer than two machines took part: then there is nothing to compare.
 */
export function nodesSentence(trials: readonly FinishedTrial[]): string | null {
	const byMachine = new Map<string, FinishedTrial[]>();
	for (const trial of trials) {
		const { machine } = trial.result;
		if (machine !== undefined) byMachine.set(machine, [...(byMachine.get(machine) ?? []), trial]);
	}
	if (byMachine.size < 2) return null;
	const nodes = [...byMachine].sort(([a], [b]) => (a < b ? -1 : 1));
	const size = sharedSize(nodes.map(([, own]) => own));
	const times = nodes.map(([, own]) => (size === null ? null : timeAt(size, own)));
	const listed = nodes.slice(0, most).map(([name, own], i) => {
		const time = times[i];
		return `${name} (${formatCount(own.length)}${time === null ? "" : `, ${formatSeconds(time)} a step`})`;
	});
	const rest = nodes.length > most ? ` and ${formatCount(nodes.length - most)} more` : "";
	const known = times.filter((time) => time !== null);
	const ratio = known.length < 2 ? 1 : Math.max(...known) / Math.min(...known);
	const mixed =
		ratio < unlike
			? ""
			: ` Their steps differ by a factor of ${formatNumber(ratio)}: times are compared on one kind of machine only, so name one kind (\`cluster.slurm.constraint\`).`;
	return `Trials ran on ${listed.join(", ")}${rest}${size === null ? "" : `; steps are those at batch size ${formatCount(size)}, evaluations between them included`}.${mixed}`;
}

/** The batch size of most trials, of those that every machine has had; null where there is none. */
function sharedSize(groups: readonly (readonly FinishedTrial[])[]): number | null {
	const counts = new Map<number, number>();
	for (const { spec } of groups.flat()) counts.set(spec.batchSize, (counts.get(spec.batchSize) ?? 0) + 1);
	const shared = [...counts].filter(([size]) => groups.every((own) => timeAt(size, own) !== null));
	return shared.sort(([, a], [, b]) => b - a).at(0)?.[0] ?? null;
}

/** Median seconds of a step. */
function timeAt(size: number, trials: readonly FinishedTrial[]): number | null {
	const times = trials.flatMap(({ spec, result }) => {
		if (spec.batchSize !== size) return [];
		const clock = clockOf(result) ?? result;
		return clock.steps > 0 ? [clock.seconds / clock.steps] : [];
	});
	return upperMiddle(times) ?? null;
}
