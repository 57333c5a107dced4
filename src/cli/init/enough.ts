import type { Said as AllSaid } from "../../api/try-command.js";
import { isKnownMetric } from "../../core/metric-names.js";
import { counterNames } from "../../study/workloads/command/workload.js";
import { guessedEntries, guessPatterns, linesWith } from "./guess-patterns.js";

type Said = Pick<AllSaid, "events" | "printed">;

/** So many lines with a metric show how the script counts, from 0 or anew with each epoch. */
const lines = 3;

/** Where a goal is to be suggested, what so many lines came to, or so many milliseconds. */
const well = { lines: 20, wait: 6000 } as const;

/** Who tells figures of training may tell held-out ones later, once an epoch: so long they are waited for, in milliseconds. */
const wait = 10_000;

/** A metric of the script's own counts as one: what it is measured on isn't known, and hardly any script has one for training alone. */
const isHeldOut = (name: string): boolean =>
	/^(?:validation|test)\./.test(name) || !(isKnownMetric(name) || (counterNames as readonly string[]).includes(name));

/**
 * Whether a script that has no end of its own needn't run any longer: it has told the wanted metric three times. Where none is named, one of held-out examples as often, and for
 * long enough to suggest a goal by; or any other for a while.
 */
export function enoughSaid(wanted: string | null, now = () => performance.now()): (said: Said) => boolean {
	let since: number | null = null;
	let heldOutSince: number | null = null;
	return ({ events, printed }) => {
		const told = events.length > 0 ? countsIn(events) : countsBy(printed);
		const isThere = (metric: string, times: number = lines) => (told.get(metric) ?? 0) >= times;
		if (wanted !== null) return isThere(wanted);
		const heldOut = [...told.keys()].filter(isHeldOut);
		if (heldOut.some((metric) => isThere(metric, well.lines))) return true;
		if (heldOut.some((metric) => isThere(metric))) heldOutSince ??= now();
		if (heldOutSince !== null) return now() >= heldOutSince + well.wait;
		if (isThere("train.accuracy") || isThere("train.loss")) since ??= now();
		return since !== null && now() >= since + wait;
	};
}

/** So long a script is heard that says nothing, but writes metrics to a file, in milliseconds. */
const quiet = 5000;

/** As `enoughSaid`; or where it has said nothing, and a file with metrics has been there for a while. */
export function enoughSaidOrWritten(wanted: string | null, written: () => unknown, now = () => performance.now()): (said: Said) => boolean {
	const isEnough = enoughSaid(wanted, now);
	let since: number | null = null;
	return (said) => {
		if (isEnough(said)) return true;
		if (said.events.length > 0 || countsBy(said.printed).size > 0) return false;
		if (since === null && written() !== null) since = now();
		return since !== null && now() >= since + quiet;
	};
}

function countsIn(events: Said["events"]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { metrics } of events) for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

function countsBy(printed: Said["printed"]): ReadonlyMap<string, number> {
	return new Map(guessedEntries(guessPatterns(printed)).map(([key, pattern]) => [key, linesWith(pattern, printed)]));
}
