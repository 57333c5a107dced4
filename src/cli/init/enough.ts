import type { Said as AllSaid } from "../../api/try-command.js";
import { isKnownMetric } from "../../core/metric-names.js";
import { counterNames } from "../../study/workloads/command/workload.js";
import { guessedEntries, guessPatterns, linesWith } from "./guess-patterns.js";

type Said = Pick<AllSaid, "events" | "printed">;

/** This many lines with a metric show how the script counts, from 0 or anew with each epoch. */
const countingLines = 3;

/** Where a goal is to be suggested: the figures of this many lines, or of this many milliseconds. */
const suggesting = { lines: 20, milliseconds: 6000 } as const;

/**
 * A script that reports figures of training may report held-out ones later, once an epoch. This is how long to wait for them, in
 * milliseconds.
 */
const heldOutMilliseconds = 10_000;

/** A metric of the script's own counts as one: what it is measured on isn't known, and hardly any script has one for training alone. */
const isHeldOut = (name: string): boolean =>
	/^(?:validation|test)\./.test(name) || !(isKnownMetric(name) || (counterNames as readonly string[]).includes(name));

/**
 * Whether a script that has no end of its own needn't run any longer: it has reported the wanted metric three times. Where no metric is
 * named: one of held-out examples three times, and for long enough to suggest a goal by; or any other for a while.
 */
export function enoughSaid(wanted: string | null, now = () => performance.now()): (said: Said) => boolean {
	let since: number | null = null;
	let heldOutSince: number | null = null;
	return ({ events, printed }) => {
		const counts = events.length > 0 ? countsIn(events) : countsBy(printed);
		const isThere = (metric: string, times: number = countingLines) => (counts.get(metric) ?? 0) >= times;
		if (wanted !== null) return isThere(wanted);
		const heldOut = [...counts.keys()].filter(isHeldOut);
		if (heldOut.some((metric) => isThere(metric, suggesting.lines))) return true;
		if (heldOut.some((metric) => isThere(metric))) heldOutSince ??= now();
		if (heldOutSince !== null) return now() >= heldOutSince + suggesting.milliseconds;
		if (isThere("train.accuracy") || isThere("train.loss")) since ??= now();
		return since !== null && now() >= since + heldOutMilliseconds;
	};
}

/** How long a script is heard that says nothing, but writes metrics to a file, in milliseconds. */
const quietMilliseconds = 5000;

/** As `enoughSaid`; or where it has said nothing, and a file with metrics has been there for a while. */
export function enoughSaidOrWritten(wanted: string | null, written: () => unknown, now = () => performance.now()): (said: Said) => boolean {
	const isEnough = enoughSaid(wanted, now);
	let since: number | null = null;
	return (said) => {
		if (isEnough(said)) return true;
		if (said.events.length > 0 || countsBy(said.printed).size > 0) return false;
		if (since === null && written() !== null) since = now();
		return since !== null && now() >= since + quietMilliseconds;
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
