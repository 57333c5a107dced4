import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { FinishedTrial } from "../../src/core/trial.js";
import { factsAbout } from "../../src/data/load.js";
import { digestOf } from "../../src/runner/digest.js";
import { designOf } from "../../src/study/designs.js";
import { resolveStudy } from "../../src/study/resolve.js";
import { createTrainer } from "../../src/trainers/node.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf } from "../fixtures/oracle-study.js";
import type { Ended } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const workload = `
version: 1
workload:
  data: digits
  model: [{ dense: 16 }, relu, { dropout: 0.1 }, { dense: 10 }]
  optimizer: { name: sgd, momentum: 0.9 }
  averaging: 0.1
  schedule: { warmUp: { examples: 320 }, learningRate: { stable-decay: { cooldown: 0.2 } } }
seeds: { tuning: 2, reporting: 4 }
`;
const questions = {
	"the least length": `${workload}
goal: { metric: validation.accuracy, atLeast: 0.9 }
batchSizes: [16]
limits: { epochs: 8, steps: 100 }
baseline: { batchSize: 16, learningRate: 0.03 }
`,
	"the best end": `${workload}
goal: { metric: validation.loss, best: lowest, horizon: { epochs: 6 }, give: 0.02 }
batchSizes: [8, 32, 128]
`,
};
const workplace = workplaces(Object.fromEntries(Object.entries(questions).map(([name, text]) => [`${name}.yaml`, text])));

interface Answer {
	readonly digest: string;
	readonly cost: { readonly examples: number };
}
const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

/** The same study with every training begun anew. */
async function begunAnew(text: string) {
	const study = await resolveStudy(parse(text), (source) => factsAbout(source, readBytes));
	const [design, trainer] = [designOf(study), await createTrainer(study)];
	const trials: FinishedTrial[] = [];
	for (let asked = design.next(study, trials); asked.length > 0; asked = design.next(study, trials))
		for (const { spec } of asked) trials.push({ spec, result: await resultOf(trainer, spec) });
	return { digest: digestOf(trials), examples: trials.reduce((sum, { result }) => sum + result.examples, 0) };
}

describe.each(Object.entries(questions))("%s, under a cooldown whose constant part all lengths share", (name, text) => {
	const file = `${name}.yaml`;
	const whole = begunAnew(text);

	test.each([
		["one thread", ["--workers", "1"]],
		["two threads", ["--workers", "2"]],
		["two processes", ["--workers", "2", "--executor", "processes"]],
	])("in %s: the digest of trainings begun anew, for fewer examples", async (_, flags) => {
		const { digest, cost } = answerOf(await workplace().start(["tune", file, "--json", "--quiet", ...flags]));
		expect(digest).toBe((await whole).digest);
		expect(cost.examples).toBeLessThan((await whole).examples);
	});

	test("killed in its middle and resumed: the same digest, and no more than what begins anew", async () => {
		const place = workplace();
		let lines = 0;
		await place.start(["tune", file, "--json", "--workers", "1"], (said, kill) => {
			lines += said.split("] ").length - 1;
			if (lines > 25) kill("SIGKILL");
		});
		expect(lines).toBeGreaterThan(25);
		const { digest, cost } = answerOf(await place.start(["tune", file, "--json", "--quiet", "--workers", "1"]));
		expect(digest).toBe((await whole).digest);
		expect(cost.examples).toBeLessThanOrEqual((await whole).examples);
	});
});
