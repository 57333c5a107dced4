import { type TrackerName, trackerNames } from "../../../study/workloads/command/workload.js";
import { notFinite, parsedJson } from "../protocol.js";

/** What the hook of the Python client heard: python/hook. */
export interface HeardLine {
	readonly tracker: TrackerName;
	/** Updates that were made by then; null where no framework counts them. */
	readonly counted: number | null;
	/** Where by the tracker's own account; null where it wasn't given one. */
	readonly at: { readonly step: number | null; readonly epoch: number | null };
	/** By the tracker's own names. */
	readonly values: ReadonlyMap<string, number>;
	/** Since the script was started, by its own clock; null where it isn't said. */
	readonly seconds: number | null;
}

/** Only the hook writes lines that begin so. */
const beginning = '{"sweetspot":1,"heard":';

export const isHeardLine = (line: string): boolean => line.startsWith(beginning);

/** Null where it can't be read: a killed script leaves half a line. */
export function parseHeard(line: string): HeardLine | null {
	const value = parsedJson(line);
	if (!isRecord(value)) return null;
	const { heard, counted, at, metrics, seconds } = value;
	const tracker = trackerNames.find((name) => name === heard);
	if (tracker === undefined || !isRecord(metrics)) return null;
	const values = new Map<string, number>();
	for (const [name, one] of Object.entries(metrics)) {
		const number = typeof one === "string" ? notFinite(one) : one;
		if (typeof number === "number") values.set(name, number);
	}
	const place = isRecord(at) ? at : {};
	return {
		tracker,
		counted: numberOr(counted, null),
		at: { step: numberOr(place.step, null), epoch: numberOr(place.epoch, null) },
		values,
		seconds: numberOr(seconds, null),
	};
}

const numberOr = (value: unknown, otherwise: null): number | null =>
	typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : otherwise;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);
