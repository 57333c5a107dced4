import { expect, test } from "vitest";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { Asked } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import { sideBySide } from "./side-by-side.js";

const reason = { kind: "reporting" } as const;

/** Rounds with a number of trials each; gives the steps of all results. */
function* part(batchSize: number, rounds: readonly number[]): Rounds<readonly number[]> {
	const seen: number[] = [];
	for (const trials of rounds) {
		const asked = Array.from({ length: trials }, (_, seedIndex): Asked => ({ spec: { batchSize, seedIndex } as TrialSpec, reason }));
		for (const { steps } of yield asked) seen.push(steps);
	}
	return seen;
}

test("a round has every part's next trials, each part is given its own results, and one that is done waits for the others", () => {
	const together = sideBySide([part(1, [2, 1]), part(2, []), part(3, [1, 1, 3])]);
	const asked: number[][] = [];
	let step = together.next([]);
	while (!step.done) {
		asked.push(step.value.map(({ spec }) => spec.batchSize));
		step = together.next(step.value.map(({ spec: { batchSize, seedIndex } }) => ({ steps: 10 * batchSize + seedIndex }) as TrialResult));
	}
	expect(asked).toEqual([
		[1, 1, 3],
		[1, 3],
		[3, 3, 3],
	]);
	expect(step.value).toEqual([[10, 11, 10], [], [30, 30, 30, 31, 32]]);
});
