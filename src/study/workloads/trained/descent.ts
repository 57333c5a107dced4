import type { z } from "zod";
import { membersOf } from "../../../core/members.js";
import type { GradientNoiseSpec } from "../../../engine/gradient-noise.js";
import type { OptimizerSpec } from "../../../engine/optimizers/spec.js";
import type { BatchSchedule } from "../../../engine/schedules/batch-size.js";
import type { RateSchedule } from "../../../engine/schedules/learning-rate.js";
import type { Problem } from "../../problem.js";
import type { Held } from "../held.js";
import type { Around } from "../kind.js";
import type { gradient, optimizer, schedule } from "./descent-schema.js";

/** How mini-batches are drawn and weights updated, for networks and oracles alike. */
export interface Descent {
	readonly sampler: "reshuffle" | "with-replacement";
	readonly lastBatch: "keep" | "drop";
	readonly optimizer: OptimizerSpec;
	/** What the gradient goes through before the optimizer has it; absent where nothing. `clipNorm`: the length it is shortened to. */
	readonly gradient?: { readonly clipNorm?: number; readonly noise?: GradientNoiseSpec };
	/** Absent where both learning rate and batch size are constant; a trial's own are those it begins with. */
	readonly schedule?: RateSchedule & { readonly batchSize?: BatchSchedule };
}

/** Whether the schedule follows the length that is planned for a trial, so that only its end counts. */
export const knowsTheEnd = ({ schedule }: Descent): boolean =>
	schedule !== undefined &&
	[schedule.warmUp, ...Object.values(schedule.learningRate ?? {}), ...Object.values(schedule.batchSize ?? {})].some(
		(part) => part !== undefined && ("horizon" in part || "cooldown" in part),
	);

/** Its settings that depend on the batch size, by name. */
export function heldByDescent({ optimizer, schedule }: Pick<Descent, "optimizer" | "schedule">): Readonly<Record<string, Held>> {
	const held: Record<string, Held> = {};
	if ("beta2" in optimizer && typeof optimizer.beta2 !== "number") held.beta2 = optimizer.beta2;
	if (schedule?.warmUp && "examples" in schedule.warmUp) held["warm-up steps"] = schedule.warmUp;
	return held;
}

/** As written, with defaults. */
interface Written {
	readonly optimizer: z.output<typeof optimizer>;
	readonly gradient?: z.output<typeof gradient> | undefined;
	readonly schedule?: z.output<typeof schedule> | undefined;
}

/**
 * How weights are updated, resolved. Keys without an effect (a weight decay of 0, a constant schedule) are left out, so that two ways to
 * write a study have one hash.
 */
export function resolveDescent({ optimizer, gradient, schedule }: Written): Pick<Descent, "optimizer" | "gradient" | "schedule"> {
	const { clipNorm, noise } = gradient ?? {};
	const shaping = { ...(clipNorm !== undefined && { clipNorm }), ...(noise && { noise }) };
	const { warmUp, learningRate, batchSize } = schedule ?? {};
	const paces: NonNullable<Descent["schedule"]> = {
		...(warmUp && { warmUp }),
		...(learningRate && learningRate !== "constant" && { learningRate }),
		...(batchSize && batchSize !== "constant" && { batchSize }),
	};
	return {
		optimizer: optimizerSpec(optimizer),
		...(Object.keys(shaping).length > 0 && { gradient: shaping }),
		...(Object.keys(paces).length > 0 && { schedule: paces }),
	};
}

function optimizerSpec({ weightDecay, ...written }: Written["optimizer"]): OptimizerSpec {
	const decay = weightDecay ? { weightDecay } : {};
	if (written.name !== "sgd") return { ...written, ...decay };
	const { nesterov, ...sgd } = written;
	return { ...sgd, ...(nesterov && { nesterov }), ...decay };
}

/** Problems that the shapes of the keys don't show. */
export function descentProblems(workload: Readonly<Record<string, unknown>>, around: Around): readonly Problem[] {
	const momenta = around.tune?.momentum ?? [];
	const { optimizer, schedule } = workload;
	const { name, nesterov, momentum } = membersOf(optimizer);
	const { batchSize } = membersOf(schedule);
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	if (name === "sgd" && nesterov === true) {
		const nothing = "there is no momentum to look ahead along: leave `nesterov` out, or";
		if (momenta.includes(0)) say("tune.momentum", `at 0 ${nothing} take 0 out of the list`);
		else if (momentum === 0) say("workload.optimizer.nesterov", `${nothing} raise \`momentum\``);
	}
	if (batchSize === undefined || batchSize === "constant") return problems;
	if (typeof membersOf(optimizer).beta2 === "object")
		say(
			"workload.optimizer.beta2",
			"its half-life follows one batch size, which `workload.schedule.batchSize` changes: give a number, such as 0.999",
		);
	if (around.objective !== "cheapest")
		say(
			"objective",
			"with `workload.schedule.batchSize` no two steps take the same time, and only examples can be compared: use `cheapest`",
		);
	if (around.comparisons !== undefined)
		say(
			"comparisons",
			"with `workload.schedule.batchSize` neither epochs nor seconds have a fixed number of steps: leave `comparisons` out",
		);
	return problems;
}
