import { describe, expect, test } from "vitest";
import { agreementOf, blocksOf, effectOf } from "./seed-effect.js";
import type { FinishedTrial, Outcome, TrialResult, TrialSpec } from "./trial.js";

/** A run with these accuracies, a look at every step; it reaches the goal with the last where that is 0.9. */
function run(accuracies: readonly number[], outcome?: Outcome): TrialResult {
	const steps = accuracies.length;
	const first = accuracies.at(-1) === 0.9 ? { after: steps - 1, step: steps, examples: steps } : null;
	return {
		outcome: outcome ?? (first ? "reached" : "missed"),
		steps,
		examples: steps,
		first,
		reached: first,
		evaluations: accuracies.map((accuracy, i) => ({ step: i + 1, examples: i + 1, metrics: { "validation.accuracy": accuracy } })),
		probes: [],
		seconds: 0,
		message: null,
	};
}
const effect = (...blocks: readonly (readonly TrialResult[])[]) => effectOf(blocks.map(agreementOf));
const rising = [0.1, 0.2, 0.3, 0.4, 0.5, 0.9];

describe("whether seeds make a difference", () => {
	test("equal runs show that they don't, once enough values agree that it is no chance", () => {
		expect(effect([run(rising), run(rising)])).toBe("none");
		expect(effect([run([0.1, 0.2, 0.9]), run([0.1, 0.2, 0.9])])).toBe("unknown");
		expect(effect([run([0.1, 0.2, 0.9]), run([0.1, 0.2, 0.9]), run([0.1, 0.2, 0.9])])).toBe("none");
		const pair = [run([0.1, 0.2, 0.9]), run([0.1, 0.2, 0.9])];
		expect(effect(pair, pair)).toBe("none"); // of two rates
	});

	test("one value over and over may be what nothing learned looks like", () => {
		expect(effect(Array.from({ length: 9 }, () => run([0.1, 0.1, 0.1, 0.1])))).toBe("unknown");
	});

	test("a single run shows nothing, nor do those that failed", () => {
		expect(effect([], [run(rising)], [run(rising), run(rising, "failed")])).toBe("unknown");
	});

	test("a difference anywhere shows that they do", () => {
		expect(effect([run(rising), run([0.1, 0.2, 0.3, 0.4, 0.6, 0.9])])).toBe("some");
		expect(effect([run(rising), run(rising)], [run([0.1]), run([0.2])])).toBe("some");
	});

	test("of a run that was ended sooner the looks until then count", () => {
		expect(effect([run(rising), run(rising.slice(0, 4)), run(rising.slice(0, 4))])).toBe("none");
		expect(effect([run([...rising, 0.6]), run(rising.slice(0, 3)), run([0.1, 0.2, 0.4])])).toBe("some");
	});

	test("looks are not read where the runs already differ in when they met the goal", () => {
		const unread = (length: number): TrialResult => ({
			...run([...Array.from({ length }, () => 0.1), 0.9]),
			get evaluations(): never {
				throw new Error("they were read");
			},
		});
		expect(effect([unread(4), unread(7)])).toBe("some");
	});
});

test("a block is what differs in nothing but seeds; of a run that was begun again the longer one counts", () => {
	const spec = { phase: "tuning", batchSize: 8, learningRate: 1, seedIndex: 0, seed: 7, cap: 3 } as TrialSpec;
	const trial = (changes: Partial<TrialSpec>, accuracies: readonly number[]): FinishedTrial => ({
		spec: { ...spec, ...changes },
		result: run(accuracies),
	});
	const blocks = [
		...blocksOf([
			trial({}, [0.1, 0.2, 0.3]),
			trial({ learningRate: 2 }, [0.5]),
			trial({ seed: 8 }, [0.4]),
			trial({ cap: 6 }, rising),
			trial({ momentum: 0.9 }, [0.6]),
		]),
	];
	expect(blocks).toEqual([[run(rising), run([0.4])], [run([0.5])], [run([0.6])]]);
});
