import type { z } from "zod";
import type { Locate } from "../../../data/source-kind.js";
import { resolveMetrics } from "./resolve-metrics.js";
import type { commandWorkload } from "./schema.js";
import type { CommandWorkload } from "./workload.js";

type Written = z.output<typeof commandWorkload>;

/**
 * A training script's workload as a study has it: texts for numbers, every pattern an object, the folder absolute; missing keys are left
 * out.
 */
export function resolveCommand(
	{
		command,
		directory,
		environment,
		metrics,
		hooks,
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
		...(metrics && { metrics: resolveMetrics(metrics) }),
		...(!hooks && { hooks: false as const }),
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
