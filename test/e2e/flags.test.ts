import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

const workplace = workplaces();

/** The loss falls `gain` times as fast as the rate alone would have it; a warm-up delays it. */
const script = `
import json, os, sys
batch, rate, gain, warmup = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
assert json.loads(os.environ["SWEETSPOT_TRIAL"])["flags"] == {"gain": gain, "warmup": warmup}
weight = 4.0
for step in range(1, 400):
    weight *= 1 - gain * min(rate, 0.1) * min(1, step / (1 + warmup))
    print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": weight * weight}}), flush=True)
`;

const study = (tune: string) => `
version: 1
workload: { command: [python3, flags.py, "{batchSize}", "{learningRate}", "{gain}", "{warmup}"] }
goal: { metric: validation.loss, atMost: 0.01 }
batchSizes: [8]
tune: { learningRate: { from: 0.1, to: 0.1 }, ${tune} }
seeds: { tuning: 1, selecting: 1, reporting: 1 }
limits: { steps: 300 }
`;

interface Document {
	readonly study: { readonly id: string };
	readonly recommendation: { readonly flags: object };
}

test("the best values of a study's own placeholders are found, shown and exported", async () => {
	const place = workplace();
	place.write("flags.py", script);
	place.write("study.yaml", study("flags: { gain: [1, 3], warmup: [0, 40] }"));
	const { stdout, stderr } = await place.start(["tune", "study.yaml", "--json", "--budget", "5x"]);
	const answer = JSON.parse(stdout || stderr) as Document;
	expect(answer.recommendation.flags).toEqual({ gain: 3, warmup: 0 });
	const shown = await place.start(["show", answer.study.id]);
	expect(shown.stdout.replace(/\s+/g, " ")).toMatch(/learning rate [\d.]+, gain 3(?: and|,) warmup 0/);
	const exported = await place.start(["export", answer.study.id]);
	expect(exported.stdout).toMatch(/examples,flags\.gain,flags\.warmup,validation\.loss/);
}, 300_000);

test("a study that searched them is imported again with them: the same setting, in the same number of steps", async () => {
	const place = workplace();
	place.write("flags.py", script);
	place.write("study.yaml", study("flags: { gain: [1, 3], warmup: [0, 40] }"));
	interface Answer extends Document {
		readonly tradeoff: readonly { readonly flags: object; readonly steps: { readonly median: number } }[];
	}
	const answerOf = async (...args: readonly string[]): Promise<Answer> => {
		const { stdout, stderr } = await place.start([...args, "--json"]);
		return JSON.parse(stdout || stderr) as Answer;
	};
	const tuned = await answerOf("tune", "study.yaml");
	await place.start(["export", tuned.study.id, "--out", "runs.csv"]);
	const imported = await answerOf("import", "runs.csv", "--goal", "validation.loss<=0.01", "--examples", "1000");
	expect(imported.recommendation.flags).toEqual({ gain: 3, warmup: 0 });
	expect(imported.tradeoff[0].steps.median).toBe(tuned.tradeoff[0].steps.median);
}, 300_000);
