import type { WrittenInEvents, WrittenInFiles, WrittenInOutput, WrittenInTracker } from "./metrics-schema.js";
import {
	type CounterName,
	counterNames,
	type MetricColumn,
	type MetricsInTracker,
	type MetricsOnDisk,
	type OutputPatterns,
} from "./workload.js";

type Written = WrittenInFiles | WrittenInEvents | WrittenInTracker | WrittenInOutput;

const has = (written: Written, key: string): boolean => typeof (written as Readonly<Record<string, unknown>>)[key] === "string";
const isInFiles = (written: Written): written is WrittenInFiles => has(written, "file");
const isInTracker = (written: Written): written is WrittenInTracker => has(written, "tracker");
const isInEvents = (written: Written): written is WrittenInEvents => has(written, "tensorboard");

/** Every short form written out. */
export function resolveMetrics(written: Written): OutputPatterns | MetricsOnDisk | MetricsInTracker {
	if (isInFiles(written)) {
		const counters = counterNames.flatMap((name) => {
			const column = written[name];
			return column === undefined ? [] : [[name, typeof column === "string" ? { name: column } : column]];
		});
		return { file: written.file, ...namesOf(written.names), ...Object.fromEntries(counters) };
	}
	if (isInEvents(written)) {
		const { tensorboard, names, counts, from } = written;
		return { tensorboard, ...namesOf(names), ...(counts && { counts }), ...(from !== undefined && { from }) };
	}
	if (isInTracker(written)) {
		const { tracker, names, counts, from } = written;
		return { tracker, ...namesOf(names), ...(counts && { counts }), ...(from !== undefined && { from }) };
	}
	return resolvePatterns(written);
}

function namesOf(names: WrittenInFiles["names"]): { readonly names?: Readonly<Record<string, MetricColumn>> } {
	if (!names) return {};
	const columns = Object.entries(names).map(([metric, one]) => [metric, typeof one === "string" ? { name: one, scale: 1 } : one] as const);
	return { names: Object.fromEntries(columns) };
}

function resolvePatterns(written: WrittenInOutput): OutputPatterns {
	const counters: ReadonlySet<string> = new Set<CounterName>(counterNames);
	return Object.fromEntries(
		Object.entries(written).flatMap(([name, one]) => {
			if (one === undefined) return [];
			if (typeof one !== "string") return [[name, one]];
			return [[name, { pattern: one, ...(counters.has(name) ? { from: 1 } : { scale: 1 }) }]];
		}),
	);
}
