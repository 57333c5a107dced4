import type { Rounds } from "../search/rounds.js";
import { allRuns, typicalSteps } from "./arm.js";
import { confirm, freshRuns, nextBest, type Winner } from "./confirm.js";
import type { Field } from "./field.js";
import { firstGuess, mostRuns, stagesOf } from "./limits.js";
import { shape } from "./shape.js";
import { spentBy, trainingsOf } from "./spent.js";

/**
 * The winner with all reporting runs that the budget pays for. If most of them miss the goal, the runs that chose it were lucky, and the
 * next best is confirmed in its place. If no other holds up, the winner stays, with what its runs show.
 */
export function* reported(field: Field, winner: Winner): Rounds<Winner> {
	let last = winner;
	for (let replaced = 0; ; replaced++) {
		const { arm } = last;
		const wanted = runsPaidFor(field, last);
		if (wanted <= last.reported.length) return last;
		const results = yield freshRuns(field.study, arm, wanted, { kind: "doubt" });
		field.begun.onFreshSeeds(arm, wanted);
		last = { arm, reported: results };
		if (2 * results.filter(({ reached }) => reached).length > results.length || replaced === shape.mostReplaced) return last;
		arm.ended = "lucky";
		arm.further.push(...results.map((result) => field.furtherRun(result)));
		const trainings = lastStage(field);
		const other = yield* nextBest(field, arm, trainings);
		const next = other && (yield* confirm(field, other, trainings));
		if (!next) return last;
		last = next;
	}
}

/** Reporting runs that the rest of the budget pays for, at least one; a budget that a first guess uses up pays for no more. */
export function runsPaidFor(field: Field, { arm, reported }: Winner): number {
	const { study, arms, prices, begun, seedWatch } = field;
	const trainings = lastStage(field);
	if (seedWatch.areAlike || trainings < firstGuess) return 1;
	const spent = trainingsOf(
		spentBy(arms.flatMap(allRuns), prices),
		spentBy([{ batchSize: arm.batchSize, steps: typicalSteps(arm) }], prices),
	);
	const left = Math.min(Math.floor(trainings - spent), mostRuns(study) - begun.count + reported.length);
	return Math.max(1, Math.min(study.seeds.reporting, left));
}

const lastStage = ({ study }: Field): number => stagesOf(study).at(-1) ?? 0;
