import { describe, expect, test } from "vitest";
import { oracleStudy, resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";
import type { TrialResult } from "../core/trial.js";
import { quadratic } from "../data/oracles/quadratic.js";
import type { TrainableStudy } from "../study/study.js";
import { isDescent, isNetwork } from "../study/workloads/table.js";
import { oracleOf } from "./oracle/create.js";
import { OracleMachinery } from "./oracle/machinery.js";
import { QuadraticOracle } from "./oracle/quadratic.js";
import { trainerOn } from "./trainer.js";

const settings = { dimensions: 4, condition: 10, noise: 1 };
const create = async (rest: Readonly<Record<string, unknown>> = {}) =>
	trainerOn(
		new OracleMachinery(new QuadraticOracle(quadratic(settings)), { optimizer: { name: "sgd", momentum: 0 } }),
		await oracleStudy({ data: { quadratic: settings } }, rest),
	);
const machineryOf = (study: TrainableStudy) => {
	if (!isDescent(study.workload) || isNetwork(study.workload)) throw new Error("an oracle was expected");
	return new OracleMachinery(oracleOf(study, study.workload), study.workload);
};
const trial = trialSpec({ batchSize: 8, learningRate: 0.25, seed: 1, cap: 100 });

test("steps are timed without the shuffle that an epoch begins with, unless it is a whole one", async () => {
	const study = await oracleStudy({ data: "least-squares" });
	const machinery = machineryOf(study);
	const step = machinery.step.bind(machinery);
	let taken = 0;
	machinery.step = (rate, stop) => {
		taken++;
		return step(rate, stop);
	};
	const trainer = trainerOn(machinery, study);
	const perEpoch = study.data.train / 8;
	const stepsFor = (steps: number) => {
		taken = 0;
		trainer.timeSteps(8, steps);
		return taken;
	};
	expect([1, perEpoch - 1, perEpoch, 2 * perEpoch].map(stepsFor)).toEqual([2, perEpoch, perEpoch, 2 * perEpoch]);
});

describe("a trial", () => {
	test("looks where looks are due, counts examples, and misses a goal out of reach at its cap", async () => {
		const { outcome, steps, examples, first, evaluations } = await resultOf(await create(), trial);
		expect({ outcome, steps, examples, first }).toEqual({ outcome: "missed", steps: 100, examples: 800, first: null });
		expect(evaluations.map(({ step }) => step).slice(0, 23)).toEqual([...Array.from({ length: 20 }, (_, i) => i + 1), 21, 22, 23]);
		expect(Object.keys(evaluations[0].metrics)).toEqual(["batch.loss", "train.loss"]);
	});

	test("ends at the first look that meets the goal", async () => {
		const { outcome, steps, first } = await resultOf(await create({ goal: { metric: "train.loss", atMost: 0.2 } }), trial);
		expect(outcome).toBe("reached");
		expect(first?.step).toBe(steps);
	});

	test("asked to go to its cap, does so past the goal, and looks exactly there", async () => {
		const trainer = await create({ goal: { metric: "train.loss", atMost: 0.2 } });
		const { outcome, steps, first, evaluations } = await resultOf(trainer, { ...trial, until: "cap", cap: 100 });
		expect({ outcome, steps }).toEqual({ outcome: "reached", steps: 100 });
		expect(first?.step).toBeLessThan(100);
		expect(evaluations.slice(-2).map(({ step }) => step)).toEqual([97, 100]); // the next look would be 101
	});

	test("diverges where the loss becomes infinite", async () => {
		const { outcome, message } = await resultOf(await create(), { ...trial, learningRate: 16, cap: 5000 });
		expect(outcome).toBe("diverged");
		expect(message).toMatch(/^the loss became (Infinity|NaN) at step \d+$/);
	});

	test("follows its schedule, and shapes its gradients", async () => {
		const descend = async (workload: Readonly<Record<string, unknown>>, learningRate: number, cap = 40) => {
			const study = await oracleStudy({ data: "least-squares", optimizer: { name: "rmsprop" }, ...workload });
			const trainer = trainerOn(machineryOf(study), study);
			const { evaluations } = await resultOf(trainer, { ...trial, learningRate, cap, until: "cap" });
			return evaluations.map(({ metrics }) => metrics["train.loss"]);
		};
		const plain = await descend({}, 0.25);
		const halved = { learningRate: { step: { factor: 0.5, steps: [20] } } };
		const scheduled = await descend({ schedule: halved }, 0.25);
		expect(scheduled.slice(0, 20)).toEqual(plain.slice(0, 20));
		expect(scheduled[20]).not.toEqual(plain[20]);
		expect(await descend({ schedule: { learningRate: { step: { factor: 0.5, epochs: 0.0001 } } } }, 0.25, 1)).toEqual(plain.slice(0, 1));
		expect(await descend({ gradient: { clipNorm: 1e6 } }, 0.25)).toEqual(plain);
		expect(await descend({ gradient: { clipNorm: 1e-3 } }, 0.25)).not.toEqual(plain);
		const noisy = await descend({ gradient: { noise: { variance: 0.01 } } }, 0.25);
		expect(noisy).not.toEqual(plain);
		expect(await descend({ gradient: { noise: { variance: 0.01 } } }, 0.25)).toEqual(noisy);
	});

	test("diverges where it is its last step that does so", async () => {
		const trainer = await create();
		const whole = await resultOf(trainer, { ...trial, learningRate: 16, cap: 5000 });
		// Its batches grow to infinity in `steps` steps; the look before, where there is one, sees it first.
		const last = await resultOf(trainer, { ...trial, learningRate: 16, cap: whole.steps - 1, until: "cap" });
		expect(last.outcome).toBe("diverged");
		expect(last.message).toBe(`the train loss was no number after step ${whole.steps - 1}`);
		expect((await resultOf(trainer, { ...trial, learningRate: 16, cap: whole.steps - 2, until: "cap" })).outcome).toBe("missed");
	});

	test.each(["least-squares", "quadratic"])("%s: follows a schedule of the batch size, in steps and examples", async (data) => {
		const sized = async (workload: Readonly<Record<string, unknown>>, batchSize: number, cap: number) => {
			const study = await oracleStudy({ data, ...workload }, { objective: "cheapest" });
			return resultOf(trainerOn(machineryOf(study), study), { ...trial, batchSize, learningRate: 2 ** -6, cap, until: "cap" });
		};
		const loss = ({ evaluations }: TrialResult) => evaluations.map(({ metrics }) => metrics["train.loss"]);
		const grown = await sized({ schedule: { batchSize: { step: { factor: 3, steps: [4] } } } }, 8, 10);
		const plain = await sized({}, 8, 10);
		expect(grown.evaluations.map(({ examples }) => examples)).toEqual([8, 16, 24, 32, 56, 80, 104, 128, 152, 176]);
		expect(loss(grown).slice(0, 4)).toEqual(loss(plain).slice(0, 4));
		expect(loss(grown)[4]).not.toEqual(loss(plain)[4]);
	});

	test("is the same whether it is probed, with curves, or neither, and however often it is trained", async () => {
		const trainer = await create();
		const plain = await resultOf(trainer, trial);
		const probed = await resultOf(trainer, { ...trial, probe: true, curves: true });
		expect(probed.evaluations).toEqual(plain.evaluations);
		expect(probed.probes.map(({ step }) => step)).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
		expect(plain.probes).toEqual([]);
	});

	test("is cancelled between steps, and says where it is on the way", async () => {
		const stop = { stopped: false };
		const steps: number[] = [];
		for await (const { step, result } of (await create()).train({ ...trial, cap: 1e6 }, stop)) {
			steps.push(step);
			stop.stopped = steps.length === 2;
			if (result) expect(result.outcome).toBe("cancelled");
		}
		// It says where it is after 4,096 steps, or earlier where those take it long; no step follows the one at which it was stopped.
		const [first, second, last] = steps;
		expect(steps).toHaveLength(3);
		expect(first).toBeLessThanOrEqual(4096);
		expect(second - first).toBeLessThanOrEqual(4096);
		expect([second > first, last]).toEqual([true, second]);
	});

	test("has no test metrics where there is no test set, and times its steps", async () => {
		const trainer = await create();
		expect(trainer.test(trial)).toBeNull();
		expect(trainer.timeSteps(8, 10)).toBeGreaterThan(0);
	});
});
