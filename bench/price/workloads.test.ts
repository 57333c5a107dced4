import { expect, test } from "vitest";
import { factsAbout } from "../../src/data/load.js";
import { resolveStudy } from "../../src/study/resolve.js";
import { createTrainer } from "../../src/trainers/node.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf } from "../../test/fixtures/oracle-study.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { modelTimes } from "./reference.js";
import { spent } from "./workloads.js";

test("a leader that noise keeps just short of the goal goes on until the goal holds, or gives way: every study has an answer", async () => {
	const workload = spent.find(({ name }) => name === "teacher");
	if (!workload) throw new Error("no such workload");
	const study = await resolveStudy(workload.study, (source) => factsAbout(source, readBytes));
	const trainer = await createTrainer(study, "wasm");
	const calibration = modelTimes(study.batchSizes, workload.flat);
	for (let seed = 7000; seed < 7010; seed++) {
		const ladder = { ...study, seed, budget: { trials: null, seconds: null, trainings: 5 } };
		const { findings } = await runWhole(ladder, (spec) => resultOf(trainer, spec), { calibration });
		expect(findings.recommendation.batchSize).not.toBeNull();
	}
});
