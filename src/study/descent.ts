import type { z } from "zod";
import type { OptimizerSpec } from "../engine/optimizers/spec.js";
import type { RateSchedule } from "../engine/schedules/learning-rate.js";
import type { gradient, optimizer, schedule } from "./descent-schema.js";
import type { Problem } from "./problems.js";
import type { Descent } from "./study.js";

/** As written, with defaults. */
interface Written {
	readonly optimizer: z.output<typeof optimizer>;
	readonly gradient?: z.output<typeof gradient> | undefined;
	readonly schedule?: z.output<typeof schedule> | undefined;
}

/**
 * How weights are updated, resolved: what changes nothing (a weight decay of 0, a constant schedule) is left out, so that two ways to write a
 * study have one hash, and studies from before there was such a key keep theirs.
 */
export function resolveDescent({ optimizer, gradient, schedule }: Written): Pick<Descent, "optimizer" | "gradient" | "schedule"> {
	const { clipNorm, noise } = gradient ?? {};
	const shaping = { ...(clipNorm !== undefined && { clipNorm }), ...(noise && { noise }) };
	const { warmUp, learningRate } = schedule ?? {};
	const rates: RateSchedule = {
		...(warmUp && { warmUp }),
		...(learningRate && learningRate !== "constant" && { learningRate }),
	};
	return {
		optimizer: optimizerSpec(optimizer),
		...(Object.keys(shaping).length > 0 && { gradient: shaping }),
		...(Object.keys(rates).length > 0 && { schedule: rates }),
	};
}

function optimizerSpec({ weightDecay, ...written }: Written["optimizer"]): OptimizerSpec {
	const decay = weightDecay ? { weightDecay } : {};
	if (written.name !== "sgd") return { ...written, ...decay };
	const { nesterov, ...sgd } = written;
	return { ...sgd, ...(nesterov && { nesterov }), ...decay };
}

/** What the keys' own shapes don't show. `written`: the workload, as it stands in the file; `momenta`: those to try. */
export function descentProblems(written: Readonly<Record<string, unknown>>, momenta: readonly number[] = []): readonly Problem[] {
	const { name, nesterov, momentum } = (written.optimizer ?? {}) as Readonly<Record<string, unknown>>;
	if (name !== "sgd" || nesterov !== true) return [];
	const nothing = "there is no momentum to look ahead along: leave `nesterov` out, or";
	if (momenta.includes(0)) return [{ path: "tune.momentum", message: `at 0 ${nothing} take 0 out of the list` }];
	return momentum === 0 ? [{ path: "workload.optimizer.nesterov", message: `${nothing} raise \`momentum\`` }] : [];
}
