import type { z } from "zod";
import type { Locate } from "../../../data/source-kind.js";
import type { commandWorkload } from "./schema.js";
import { type CommandWorkload, type CounterName, counterNames, type OutputPatterns } from "./workload.js";

type Written = z.output<typeof commandWorkload>;

/**
 * A training script's workload as a study has it: texts for numbers, every pattern an object, the folder absolute; what isn't there is left
 * out.
 */
export function resolveCommand(
	{
		command,
		directory,
		environment,
		metrics,
		examples,
		lastBatch,
		retry,
		grace,
		paused,
		files,
		microBatch,
		devices,
		measured,
		hold,
		schedule,
	}: Written,
	locate: Locate,
): CommandWorkload {
	return {
		command: command.map(String),
		directory: locate(directory ?? "."),
		...(environment && { environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])) }),
		...(examples !== undefined && { examples }),
		...(lastBatch === "drop" && { lastBatch }),
		...(schedule !== "free" && { schedule }),
		...(metrics && { metrics: resolvePatterns(metrics) }),
		...(files && { files }),
		...(microBatch !== undefined && { microBatch }),
		...(devices !== undefined && { devices }),
		...(hold && { hold }),
		...(measured && { measured }),
		grace,
		...(paused !== undefined && { paused }),
		...(retry && { retry: [...new Set(retry)].sort((a, b) => a - b) }),
	};
}

function resolvePatterns(metrics: NonNullable<Written["metrics"]>): OutputPatterns {
	const counters: ReadonlySet<string> = new Set<CounterName>(counterNames);
	return Object.fromEntries(
		Object.entries(metrics).flatMap(([name, written]) => {
			if (written === undefined) return [];
			if (typeof written !== "string") return [[name, written]];
			return [[name, { pattern: written, ...(counters.has(name) ? { from: 1 } : { scale: 1 }) }]];
		}),
	);
}
