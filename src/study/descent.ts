import type { z } from "zod";
import { membersOf } from "../core/members.js";
import type { OptimizerSpec } from "../engine/optimizers/spec.js";
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

/** What the keys' own shapes don't show. `study`: as it stands in the file; `momenta`: those to try. */
export function descentProblems(study: Readonly<Record<string, unknown>>, momenta: readonly number[] = []): readonly Problem[] {
	const { optimizer, schedule } = membersOf(study.workload);
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
	if (study.objective !== "cheapest")
		say(
			"objective",
			"with `workload.schedule.batchSize` no two steps take the same time, and only examples can be compared: use `cheapest`",
		);
	if (study.comparisons !== undefined)
		say(
			"comparisons",
			"with `workload.schedule.batchSize` neither epochs nor seconds have a fixed number of steps: leave `comparisons` out",
		);
	return problems;
}
