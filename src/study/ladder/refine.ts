import { exp } from "../../core/numerics.js";
import type { Rounds } from "../search/rounds.js";
import { type Arm, allRuns } from "./arm.js";
import { type Around, observationsOf, settingsAround } from "./around.js";
import { Belief } from "./belief.js";
import type { Field } from "./field.js";
import { reportedOf } from "./limits.js";
import { shape } from "./shape.js";
import { spentBy, trainingsOf } from "./spent.js";

/** A setting that may be better than the winner. */
interface Candidate extends Around {
	/** Expected natural log of its cost. */
	readonly expected: number;
}

/**
 * What is left of so many trainings after the ladder: settings around the winner run to the goal, on its seed and further ones, each time those
 * from which most is to be gained for what they cost. Gives the arm that is expected to cost the least, of those that have reached the
 * goal; null where none of them held on a fresh seed.
 */
export function* refined(field: Field, winner: Arm, trainings: number): Rounds<Arm | null> {
	let best = winner;
	for (;;) {
		const reference = best;
		const belief = new Belief(observationsOf(field, reference));
		const around = settingsAround(field, reference, shape.refine);
		const candidates = around.map((one) => ({ ...one, expected: belief.mean(one) }));
		const reached = candidates.filter(({ arm }) => arm.result?.reached && arm.ended !== "lucky" && !mostlyBreaks(arm));
		if (reached.length === 0) return null;
		const first = reached.reduce((a, b) => (b.expected < a.expected ? b : a));
		best = first.arm;
		const round = worthwhile(field, candidates, belief);
		if (round.length === 0 || !canPay(field, first, round, trainings)) return best;
		yield* field.toTheGoal(
			round.map(({ arm }) => field.at(arm.batchSize, arm.rate, arm.setting) ?? arm),
			shape.refine.within * exp(first.expected),
		);
	}
}

/** At least half of its runs diverged or failed: the one that got there was lucky. */
const mostlyBreaks = ({ further }: Arm): boolean => 2 * further.filter(({ isBroken }) => isBroken).length > further.length;

/** Those whose next run gains the most for its cost, at most so many as run side by side; none where no run gains enough. */
function worthwhile(field: Field, candidates: readonly Candidate[], belief: Belief): readonly Candidate[] {
	const { atOnce, least } = shape.refine;
	const [first, second] = candidates.map(({ expected }) => expected).sort((a, b) => a - b);
	const open = field.seedWatch.areAlike ? candidates.filter(({ arm }) => arm.result?.outcome !== "reached") : candidates;
	const worth = open.map((candidate) => {
		const others = candidate.expected === first ? second : first;
		const gain = belief.gain(candidate, others ?? Number.POSITIVE_INFINITY);
		return { candidate, gain, perCost: gain / nextRun(field, candidate, first) };
	});
	return worth
		.filter(({ gain }) => gain >= least)
		.sort((a, b) => b.perCost - a.perCost)
		.slice(0, atOnce)
		.map(({ candidate }) => candidate);
}

/** What its next run is expected to cost, over what the best one does: what its first run has spent already is saved, but for a tenth. */
function nextRun(field: Field, { arm, expected }: Candidate, least: number): number {
	const saved = arm.result && !arm.result.reached ? field.spent(arm) : 0;
	return Math.max(0.1 * exp(expected), exp(expected) - saved) / exp(least);
}

/**
 * Whether the budget pays for these runs, and for those that are reported. A training is what the best setting is expected to take: its own
 * run may have been lucky.
 */
function canPay(field: Field, { arm: { batchSize }, expected }: Candidate, round: readonly Candidate[], trainings: number): boolean {
	if (field.begun.room < round.length) return false;
	const { arms, prices } = field;
	const training = spentBy([{ batchSize, steps: exp(expected) / prices.step(batchSize) }], prices);
	return trainingsOf(spentBy(arms.flatMap(allRuns), prices), training) + round.length + reportedOf(trainings) <= trainings;
}
