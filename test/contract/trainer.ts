import { describe, expect, test } from "vitest";
import type { Goal } from "../../src/core/goal.js";
import type { TrialResult, TrialSpec } from "../../src/core/trial.js";
import type { Trainer, TrialEvents } from "../../src/study/contracts.js";

/** A kind of trainer: one of its workloads, with a goal on a loss. */
export interface TrainerSubject {
	readonly create: (goal: Goal) => Promise<Pick<Trainer, "train">>;
	readonly metric: Goal["metric"];
	/** Losses of the workload: one that is reached after some steps at `learningRate`, one that never is. */
	readonly losses: { readonly reached: number; readonly never: number };
	readonly learningRate: number;
	/** Whether it can go on where an earlier trial of the same run was left. */
	readonly continues?: true;
}

const running = { stopped: false };

async function chunksOf(trainer: Pick<Trainer, "train">, spec: TrialSpec, stop = running): Promise<TrialEvents[]> {
	const chunks: TrialEvents[] = [];
	for await (const chunk of trainer.train(spec, stop)) chunks.push(chunk);
	return chunks;
}

async function resultOf(trainer: Pick<Trainer, "train">, spec: TrialSpec): Promise<TrialResult> {
	const { result } = (await chunksOf(trainer, spec)).at(-1) ?? {};
	if (!result) throw new Error("no result");
	return result;
}

/** Seconds differ from run to run; nothing else does. */
const timeless = ({ seconds: _, clock: __, ...result }: TrialResult) => result;

/** What every trainer promises, as `src/study/contracts.ts` says it. */
export function trainerContract(kind: string, { create, metric, losses, learningRate, continues }: TrainerSubject): void {
	const trial = (over: Partial<TrialSpec> = {}): TrialSpec => ({
		...{ phase: "tuning", batchSize: 8, learningRate, seedIndex: 0, seed: 7, cap: 200, until: "goal", curves: false, probe: false },
		...over,
	});
	const reachable = () => create({ metric, atMost: losses.reached });
	const endless = () => create({ metric, atMost: losses.never });

	describe(`${kind} trainer`, () => {
		test("equal specifications give equal results, no matter what was trained in between", async () => {
			const trainer = await reachable();
			const once = await resultOf(trainer, trial({ until: "goal", curves: true }));
			await resultOf(trainer, trial({ batchSize: 3, seed: 8, learningRate: learningRate / 2, cap: 30 }));
			expect(timeless(await resultOf(trainer, trial({ until: "goal", curves: true })))).toEqual(timeless(once));
			const other = await reachable();
			expect(timeless(await resultOf(other, trial({ until: "goal", curves: true })))).toEqual(timeless(once));
			expect(once.outcome).toBe("reached");
		});

		test("another seed is another run", async () => {
			const trainer = await endless();
			const [one, two] = [await resultOf(trainer, trial({ cap: 20 })), await resultOf(trainer, trial({ cap: 20, seed: 8 }))];
			expect(one.evaluations).not.toEqual(two.evaluations);
		});

		test("its last chunk, and only that, carries the result; the chunks together carry each look once", async () => {
			const chunks = await chunksOf(await endless(), trial());
			expect(chunks.map(({ result }) => result !== undefined)).toEqual(chunks.map((_, i) => i === chunks.length - 1));
			expect(chunks.flatMap(({ evaluations }) => evaluations)).toEqual(chunks.at(-1)?.result?.evaluations);
		});

		test("its looks come while it trains, in order, none beyond the step that its chunk is at", async () => {
			const trainer = await endless();
			const stop = { stopped: false };
			const chunks: TrialEvents[] = [];
			let looks = 0;
			for await (const chunk of trainer.train(trial({ cap: 10_000_000 }), stop)) {
				chunks.push(chunk);
				if (chunk.result) break;
				looks += chunk.evaluations.length;
				if (looks >= 10) stop.stopped = true;
				for (const look of chunk.evaluations) expect(look.step).toBeLessThanOrEqual(chunk.step);
			}
			expect(looks).toBeGreaterThanOrEqual(10);
			const given = chunks.flatMap(({ evaluations }) => evaluations);
			expect(given).toEqual(chunks.at(-1)?.result?.evaluations);
			expect(given.map(({ step }) => step)).toEqual(given.map(({ step }) => step).sort((a, b) => a - b));
		});

		test.each([1, 2, 17, 40, 200])("without the goal it ends at its cap of %i, looks ascending", async (cap) => {
			const { outcome, steps, examples, first, evaluations } = await resultOf(await endless(), trial({ cap }));
			expect({ outcome, steps, first }).toEqual({ outcome: "missed", steps: cap, first: null });
			expect(examples).toBeLessThanOrEqual(8 * cap);
			for (const [i, look] of evaluations.entries()) {
				expect(look.step).toBeGreaterThan(evaluations[i - 1]?.step ?? 0);
				expect(look.examples).toBeGreaterThan(evaluations[i - 1]?.examples ?? 0);
				expect(look.step).toBeLessThanOrEqual(cap);
			}
		});

		test("a cap changes nothing before it: a capped run is the beginning of a longer one", async () => {
			const trainer = await endless();
			const long = await resultOf(trainer, trial({ cap: 200 }));
			const short = await resultOf(trainer, trial({ cap: 40 }));
			expect(short.evaluations).toEqual(long.evaluations.filter(({ step }) => step <= 40));
		});

		test(`${continues ? "goes on where a trial of the same run was left, to the same bits" : "has nothing to go on from"}`, async () => {
			const trainer = await endless();
			const rung = (cap: number) => trial({ phase: "ladder", cap });
			const whole = await resultOf(trainer, rung(200));
			const { continuation } = (await chunksOf(trainer, rung(40))).at(-1) ?? {};
			if (!continues) return expect(continuation).toBeUndefined();
			await resultOf(trainer, trial({ batchSize: 3, seed: 8, cap: 30 }));
			const chunks: TrialEvents[] = [];
			for await (const chunk of trainer.train(rung(200), running, continuation)) chunks.push(chunk);
			const { result } = chunks.at(-1) ?? {};
			if (!result) throw new Error("no result");
			expect(timeless(result)).toEqual({ ...timeless(whole), before: { steps: 40, examples: 320 } });
			expect(chunks.flatMap(({ evaluations }) => evaluations)).toEqual(whole.evaluations);
		});

		test("ends at the look that reaches the goal", async () => {
			const { first, reached, steps, evaluations } = await resultOf(await reachable(), trial());
			expect(reached).toEqual({ after: evaluations.at(-2)?.step ?? 0, step: steps, examples: evaluations.at(-1)?.examples });
			expect(first?.step).toBeLessThanOrEqual(steps);
		});

		test("stops within 100 ms, cancelled", async () => {
			const trainer = await endless();
			const asked = performance.now() + 30;
			// By the clock, not by a timer: a trainer may leave this thread no time for one.
			const stop = {
				get stopped() {
					return performance.now() >= asked;
				},
			};
			const result = (await chunksOf(trainer, trial({ cap: 10_000_000 }), stop)).at(-1)?.result;
			// The promise is 100 ms; the rest is for a machine that is busy with other things.
			expect(performance.now() - asked).toBeLessThan(2000);
			expect(result?.outcome).toBe("cancelled");
		});
	});
}
