import { expect, test } from "vitest";
import { digits } from "../../src/experiments/lab/workloads.js";
import { armsOf, calmingArms, switchingArms, switchingNames } from "../../src/experiments/schedules/arms.js";
import { figuresOf } from "../../src/experiments/schedules/figures.js";
import { type Result, type Task, trainScheduled } from "../../src/experiments/schedules/tasks.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, type Known, known, made } from "./made/schedules.js";

const { conclude, settings } = asked;

const tools = { read: readBytes };
const plain = { ...digits, optimizer: { name: "sgd", momentum: 0 } as const };
const task: Task = { workload: plain, arm: "", batchSize: 64, learningRate: 0.25, schedule: {}, epochs: 3, seed: 1 };

test("updates follow the batch size: ⌈1,087/64⌉ an epoch, then those of the batches it grew to", async () => {
	const grown = await trainScheduled({ ...task, schedule: { batchSize: { step: { factor: 4, epochs: [1, 2] } } } }, tools);
	// 17 of 64, 5 of 256 and two of 1,024.
	expect(grown.updates).toEqual([0, 17, 22, 24]);
	const shrunk = await trainScheduled(
		{ ...task, batchSize: 1024, schedule: { batchSize: { step: { factor: 1 / 16, epochs: [1] } } } },
		tools,
	);
	expect(shrunk.updates).toEqual([0, 2, 19, 36]);
});

test("a schedule changes nothing before its mark, and from there on what a step of that size and rate does", async () => {
	const constant = await trainScheduled(task, tools);
	for (const schedule of [
		{ learningRate: { step: { factor: 0.25, epochs: [2] } } },
		{ batchSize: { step: { factor: 4, epochs: [2] } } },
		{ learningRate: { step: { factor: 0.5, epochs: [2] } }, batchSize: { step: { factor: 2, epochs: [2] } } },
	]) {
		const changed = await trainScheduled({ ...task, schedule }, tools);
		expect(changed.trainLoss.slice(0, 3)).toEqual(constant.trainLoss.slice(0, 3));
		expect(changed.trainLoss[3]).not.toBe(constant.trainLoss[3]);
	}
	// A rate of nothing from the first mark on leaves the weights where they are.
	const still = await trainScheduled({ ...task, schedule: { learningRate: { step: { factor: 0, epochs: [1] } } } }, tools);
	expect(still.validationLoss[3]).toBe(still.validationLoss[1]);
});

test("of a linear loss the two are the same step: a full epoch of batches at rate η ends where one batch of all at rate kη does, to first order", async () => {
	// At a rate so small that the gradient doesn't change on the way, k steps of η on disjoint batches sum to one of kη on all of them
	// together.
	const small = { ...task, batchSize: 1, learningRate: 2 ** -20, epochs: 1 };
	const [steps, one] = [
		await trainScheduled(small, tools),
		await trainScheduled({ ...small, batchSize: 1087, learningRate: 1087 * 2 ** -20 }, tools),
	];
	const moved = ({ trainLoss }: Result) => trainLoss[0] - trainLoss[1];
	// η·1,087 is a thousandth: what is left is its curvature, as much again.
	expect(moved(steps) / moved(one)).toBeCloseTo(1, 2);
});

test("a run that diverges keeps what it saw before", async () => {
	const lost = await trainScheduled({ ...task, schedule: { learningRate: { step: { factor: 1e30, epochs: [1] } } } }, tools);
	expect(lost.diverged).toBe(true);
	expect(lost.updates).toEqual([0, 17]);
});

test("half and half is the square root of each; a switch takes the small batch's size, a raise the rate's multiple", () => {
	const [, decay, growth, half] = calmingArms(settings.calming).map(({ schedule }) => schedule);
	const marks = { epochs: [10, 20] };
	expect(decay).toEqual({ learningRate: { step: { ...marks, factor: 0.25 } } });
	expect(growth).toEqual({ batchSize: { step: { ...marks, factor: 4 } } });
	expect(half).toEqual({ learningRate: { step: { ...marks, factor: 0.5 } }, batchSize: { step: { ...marks, factor: 2 } } });
	const switched = switchingArms(settings.switching).find(({ name }) => name === switchingNames.switched);
	expect(switched).toMatchObject({ batchSize: 256, schedule: { batchSize: { step: { factor: 16 / 256, epochs: [15] } } } });
	expect(new Set(armsOf(settings).map(({ name }) => name)).size).toBe(12);
});

const concluded = (changes: Partial<Known>) => {
	const results = made({ ...known, ...changes });
	const { words, claims } = conclude(results);
	return { figures: figuresOf(settings, results), words, verdicts: claims.map(({ verdict }) => verdict) };
};

test("sameness and recovery where there is something to be the same as and to recover", () => {
	const { figures, words, verdicts } = concluded({});
	expect(figures.calmed.constant.validationLoss.estimate).toBeCloseTo(1.5, 2);
	expect(figures.switched.wentOn.accuracy.estimate).toBeCloseTo(-0.1, 3);
	expect(figures.raise).toEqual({ factor: 16, atEdge: false });
	expect(verdicts).toEqual(["supported", "supported"]);
	expect(words[0]).toContain("does what decaying the learning rate does");
	expect(words[0]).toContain("1.3 times fewer updates");
	expect(words[2]).toContain("halfway it recovers");
});

test("a growth that ends elsewhere is refuted; what one way of the two doesn't recover is refuted; near the margin it is undecided", () => {
	expect(concluded({ grows: 1.3 }).verdicts[0]).toBe("refuted");
	expect(concluded({ grows: 1.1 }).verdicts[0]).toBe("undecided");
	const { verdicts, words } = concluded({ raised: 0.05 });
	expect(verdicts[1]).toBe("refuted");
	expect(words[2]).toContain("instead it does not recover");
	expect(concluded({ switched: 0.02 }).verdicts[1]).toBe("undecided");
});

test("where the decay does nothing, and where the large batch lacks nothing, there is no verdict", () => {
	const { verdicts, words } = concluded({ constant: 1.02, lacks: 0.005 });
	expect(verdicts).toEqual(["undecided", "undecided"]);
	expect(words[0]).toContain("too little difference here");
	expect(words[2]).toContain("does not fall behind");
});
