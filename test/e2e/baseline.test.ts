import { describe, expect, test } from "vitest";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

/** Reaches an accuracy of 0.9 after 15/rate steps, at rates of up to 1; a step of any batch takes two milliseconds. */
const script = `
import sys, time
rate = float(sys.argv[2])
step = 0
while True:
    step += 1
    time.sleep(0.002)
    done = min(1, step * rate / 15) if rate <= 1 else 0.1
    print(f"step {step} accuracy {0.9 * done:.6f}", flush=True)
`;
const study = (baseline: string) => `
version: 1
name: own
workload:
  command: [python3, -S, own.py, "{batchSize}", "{learningRate}", "{seed}"]
  examples: 640
  metrics: { step: "step ([0-9]+)", validation.accuracy: "accuracy ([0-9.]+)" }
goal: { metric: validation.accuracy, atLeast: 0.9 }
batchSizes: [16, 64]
tune: { learningRate: { from: 0.125, to: 1 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 1000 }
objective: cheapest
${baseline}
`;
const place = workplaces({ "own.py": script });

describe("the user's own setting", () => {
	test("is run at the end, on the seeds of the recommended one's runs, and the answer says what either takes", async () => {
		const here = place();
		here.write("study.yaml", study("baseline: { batchSize: 16, learningRate: 0.45 }"));
		const { stdout, stderr } = await here.start(["tune", "study.yaml", "--workers", "2", "--json"]);
		const { recommendation, digest, study: stored } = JSON.parse(stdout || stderr);
		expect(recommendation.baseline).toMatchObject({ batchSize: 16, learningRate: 0.45, reached: recommendation.baseline.runs });
		// 15/0.45 = 33.3 steps, and the goal counts once it has held for a tenth more.
		expect(recommendation.baseline.steps).toBeGreaterThanOrEqual(34);
		expect(recommendation.baseline.steps).toBeGreaterThan(recommendation.steps.median);
		expect((await here.start(["show", stored.id])).stdout.replace(/\s+/g, " ")).toMatch(
			/Yours, batch size 16 and learning rate 0\.45, takes .* to the goal; this one takes .* on the same seeds\)/,
		);
		// The same study in another folder asks for the same trials.
		const again = place();
		again.write("study.yaml", study("baseline: { batchSize: 16, learningRate: 0.45 }"));
		const repeated = await again.start(["tune", "study.yaml", "--json"]);
		const other = JSON.parse(repeated.stdout || repeated.stderr);
		expect(other.digest).toBe(digest);
	});

	test("is run where nothing that was searched reaches the goal, and the answer says whether it does", async () => {
		const here = place();
		const slow = (budget: string, baseline: string) =>
			study(`${budget}\nbaseline: { batchSize: 16, learningRate: ${baseline} }`)
				.replace("{ from: 0.125, to: 1 }", "{ from: 0.00001, to: 0.00002 }")
				.replace("steps: 1000", "steps: 100");
		here.write("own.py", script.replace("rate <= 1 else", "rate == 0.45 else").replace("0.002", "0.0002"));
		for (const budget of ["", "budget: { trainings: 5 }"]) {
			here.write("study.yaml", slow(budget, "0.45"));
			const { stdout, stderr } = await here.start(["tune", "study.yaml", "--workers", "2", "--json"]);
			const { study: stored } = JSON.parse(stdout || stderr);
			expect((await here.start(["show", stored.id])).stdout.replace(/\s+/g, " ")).toMatch(
				/No batch size (that was tried \([^)]*\) )?reached .* Your own setting, batch size 16 and learning rate 0\.45, reached it in (2 of 2|1 of 1) runs?, after 3\d steps, \d+ examples: train with that\./,
			);
			if (budget === "") continue;
			const again = await here.start(["tune", "--continue", stored.id, "--budget", "20x"]);
			expect(again.stdout + again.stderr).toContain("The search had nothing left to run: the larger budget added nothing to it.");
		}
	});

	test("that takes more than three times as long is ended there, and the answer says so", async () => {
		const here = place();
		here.write("study.yaml", study("baseline: { batchSize: 16, learningRate: 0.01 }"));
		const { stdout, stderr } = await here.start(["tune", "study.yaml", "--workers", "2", "--json"]);
		const { recommendation, study: stored } = JSON.parse(stdout || stderr);
		expect(recommendation.baseline).toMatchObject({ reached: 0, steps: null, seconds: null });
		expect(recommendation.baseline.cap).toBeLessThan(200);
		expect((await here.start(["show", stored.id])).stdout.replace(/\s+/g, " ")).toMatch(
			/Yours, batch size 16 and learning rate 0\.01, did not reach the goal within [0-9]+ steps, [0-9.]+ times the time that this one takes/,
		);
	});

	test("of a network of ours; what is exported can be imported again", async () => {
		const here = place();
		here.write(
			"small.yaml",
			`${smallStudy}baseline: { batchSize: 32, learningRate: 0.3 }\n`.replace("batchSizes: [1, 8, 64, full]", "batchSizes: [8, 64]"),
		);
		const { recommendation, study: stored, reproducible } = JSON.parse((await here.start(["tune", "small.yaml", "--json"])).stdout);
		expect([recommendation.baseline.batchSize, reproducible]).toEqual([32, true]);
		expect(recommendation.baseline.runs).toBe(3);
		await here.start(["export", stored.id, "--out", "own.csv"]);
		const imported = await here.start(["import", "own.csv", "--goal", "validation.loss<=0.25", "--examples", "180", "--name", "again"]);
		expect([imported.code === 0 || imported.code === 3, imported.stderr]).toEqual([true, expect.not.stringContaining("error:")]);
		// The study as the report writes it out has the setting, too.
		expect((await here.start(["report", stored.id, "--format", "md"])).code).toBe(0);
	});

	test.each([
		["{ batchSize: 1000, learningRate: 0.1 }", "baseline.batchSize: 1000 is more than the training set's 640 examples"],
		["{ batchSize: 16, learningRate: 0.1, momentum: 0.9 }", "baseline.momentum: the study doesn't search it"],
		["{ batchSize: 16, learningRate: -1 }", "baseline.learningRate"],
	])("that can't be run is refused before any trial: %s", async (baseline, message) => {
		const here = place();
		here.write("study.yaml", study(`baseline: ${baseline}`));
		const { code, stderr } = await here.start(["plan", "study.yaml"]);
		expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
	});
});
