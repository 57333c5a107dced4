import { goalValueOf } from "../../core/goal.js";
import type { LadderArm } from "../../core/ladder.js";
import { rateAt } from "../../core/rates.js";
import { settingOf } from "../../core/setting.js";
import type { Arm } from "./arm.js";
import type { Field } from "./field.js";
import { standingsOf } from "./standing.js";

/** Looks at this ratio of steps are enough to draw a curve. */
const thinned = 1.15;

/** The state of every arm, in the order in which they joined. */
export function armsOf(field: Field, winner: Arm | null): readonly LadderArm[] {
	const sound = field.arms.filter(({ ended, result }) => result !== null && ended !== "broken");
	const standings = standingsOf(sound, field.judge);
	const own = standings.find(({ arm }) => arm === winner)?.times ?? 1;
	return field.arms.flatMap((arm) => {
		const times = standings.find((standing) => standing.arm === arm)?.times ?? Number.POSITIVE_INFINITY;
		return arm.result === null ? [] : [armOf(field, arm, winner, Number.isFinite(times) ? times / own : null)];
	});
}

function armOf({ study }: Field, arm: Arm, winner: Arm | null, times: number | null): LadderArm {
	const looks: LadderArm["looks"][number][] = [];
	for (const evaluation of arm.result?.evaluations ?? []) {
		const value = goalValueOf(study.goal, evaluation);
		if (value !== undefined && evaluation.step >= thinned * (looks.at(-1)?.step ?? 0))
			looks.push({ step: evaluation.step, examples: evaluation.examples, value });
	}
	return {
		batchSize: arm.batchSize,
		learningRate: rateAt(arm.rate),
		...settingOf(arm.setting),
		state: stateOf(arm, winner),
		times: arm.ended === "broken" ? null : times,
		steps: arm.steps,
		runs: 1 + arm.further.length,
		examples: arm.result?.examples ?? 0,
		looks,
	};
}

function stateOf(arm: Arm, winner: Arm | null): LadderArm["state"] {
	if (arm === winner) return "won";
	if (arm.ended === "lucky" || arm.ended === "broken") return arm.ended;
	if (arm.result?.reached) return "reached";
	return arm.ended ?? (winner ? "behind" : "running");
}
