import { expect, test } from "vitest";
import { createTrainer } from "../../src/trainers/node.js";
import { resultOf } from "../../test/fixtures/oracle-study.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { modelTimes } from "./reference.js";
import { resolved } from "./subject.js";
import { larger, type PricedWorkload, spent } from "./workloads.js";

/** The ladder on a workload, by study seed. */
async function ladderOn(workloads: readonly PricedWorkload[], name: string, trainings: number) {
	const workload = workloads.find((one) => one.name === name);
	if (!workload) throw new Error("no such workload");
	const study = await resolved(workload.study);
	const trainer = await createTrainer(study, "wasm");
	const calibration = modelTimes(study.batchSizes, workload.flat);
	return (seed: number) =>
		runWhole({ ...study, seed, budget: { trials: null, seconds: null, trainings } }, (spec) => resultOf(trainer, spec), { calibration });
}

test("a leader that noise keeps just short of the goal goes on until the goal holds, or gives way: every study has an answer", async () => {
	const run = await ladderOn(spent, "teacher", 5);
	for (let seed = 7000; seed < 7010; seed++) expect((await run(seed)).findings.recommendation.batchSize).not.toBeNull();
});

test("where the rates that lead early on get worse from there, all lower ones are tried before they go on to the limit", async () => {
	const { findings, trials } = await (await ladderOn(larger, "shuttle, Adam", 5))(8005);
	expect(findings.recommendation.batchSize).not.toBeNull();
	const longest = Math.max(...trials.map(({ result }) => result.examples));
	expect(longest).toBeLessThan(100_000); // the limit is 1.2 million
});

test("a winner most of whose fresh runs miss the goal is replaced, though the first met it", async () => {
	const { findings } = await (await ladderOn(larger, "pupils, SGD", 20))(8001);
	expect(findings.recommendation.batchSize).not.toBeNull();
});
