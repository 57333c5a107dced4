import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { trialRunKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Answer {
	readonly study: { readonly id: string };
	readonly state: string;
	readonly digest: string | null;
	readonly cost: { readonly trials: number; readonly trainings: number | null; readonly trainingSeconds: number | null };
	readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly reportingRuns: number }[];
	readonly recommendation: { readonly verdict: string; readonly batchSize: number | null; readonly learningRate: number | null };
}

const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

const study = `
version: 1
name: rungs
workload:
  data: { circles: {} }
  model: [{ dense: 16 }, relu, { dense: 16 }, relu, { dense: 2 }]
goal: { metric: validation.loss, atMost: 0.05 }
limits: { epochs: 100, steps: 5000 }
`;
const unreachable = study.replace("atMost: 0.05", "atMost: 0.000001").replace("epochs: 100, steps: 5000", "epochs: 2, steps: 50");

const workplace = workplaces({ "rungs.yaml": study, "unreachable.yaml": unreachable });

describe("tune --budget 5x", () => {
	let place: Workplace;
	let times: string;
	let first: Answer;
	const args = () => ["tune", "rungs.yaml", "--json", "--quiet", "--budget", "5x", "--step-times", times];
	/** A place of its own, with the same times per step. */
	const elsewhere = (): Workplace => workplace();
	beforeAll(async () => {
		place = workplace();
		const timed = await place.start(["tune", "rungs.yaml", "--json", "--quiet", "--budget", "5x"]);
		times = join(place.folder, "times.json");
		writeFileSync(times, timed.stdout);
		first = answerOf(await place.start([...args(), "--fresh", "--workers", "1"]));
	});

	test("recommends a setting that a fresh seed has confirmed, as a best guess, for few trainings", () => {
		const { cost, recommendation, tradeoff, state } = first;
		expect(state).toBe("complete");
		expect(recommendation.verdict).toBe("undecided");
		const row = tradeoff.find(({ batchSize }) => batchSize === recommendation.batchSize);
		expect(row).toMatchObject({ outcome: "reached" });
		expect(row?.reportingRuns).toBeGreaterThanOrEqual(1);
		expect(cost.trainings).toBeLessThan(40);
		expect(cost.trainingSeconds).toBeLessThan(40);
		expect(tradeoff.some(({ outcome }) => outcome === "left behind")).toBe(true);
	});

	test("asks for the same trials with any number of workers, and after a kill, where the times per step are the same", async () => {
		expect(answerOf(await elsewhere().start([...args(), "--workers", "3"])).digest).toBe(first.digest);
		const killed = elsewhere();
		const end = await killed.start(
			["tune", "rungs.yaml", "--budget", "5x", "--step-times", times, "--workers", "1"],
			(said, kill) => said.split("\n").filter((line) => line.includes("ladder")).length > 14 && kill("SIGKILL"),
		);
		expect(end.code).toBeNull();
		expect(answerOf(await killed.start(["resume", "rungs", "--json", "--quiet"])).digest).toBe(first.digest);
	});

	test("continues its runs: what an earlier trial trained is not trained again, by any executor", async () => {
		for (const executor of ["workers", "inline", "processes"]) {
			const other = elsewhere();
			const { study } = answerOf(await other.start([...args(), "--executor", executor]));
			const store = openStore(join(other.folder, ".sweetspot"), { mode: "read" });
			const climbed = store?.trials(study.id).filter(({ spec }) => spec.phase === "ladder") ?? [];
			store?.close();
			const later = climbed.filter(({ spec }) =>
				climbed.some((one) => trialRunKey(one.spec) === trialRunKey(spec) && one.spec.cap < spec.cap),
			);
			expect(later.length).toBeGreaterThan(5);
			for (const { spec, result } of later) {
				const before = climbed.filter((one) => trialRunKey(one.spec) === trialRunKey(spec) && one.spec.cap < spec.cap);
				expect(result.before?.steps).toBe(Math.max(...before.map((one) => one.spec.cap)));
			}
		}
	});

	test("a larger budget runs the settings around the winner on further seeds, and begins with the trials of a smaller one", async () => {
		const larger = ["tune", "rungs.yaml", "--json", "--quiet", "--budget", "25x"];
		const begun = await place.start(["tune", "--continue", first.study.id, "--budget", "25x", "--json", "--quiet"]);
		expect(begun.stderr).toMatch(/Going on from rungs\S* with 25 trainings, as rungs\S*, begun with its \d+ trials/);
		expect((await place.start(larger)).stderr).toContain("Answered from the store");
		const { digest, cost, recommendation } = answerOf(begun);
		expect(recommendation.batchSize).not.toBeNull();
		expect(cost.trials).toBeGreaterThan(first.cost.trials + 5);
		const alone = elsewhere();
		const { digest: same, study } = answerOf(await alone.start([...larger, "--step-times", times, "--workers", "3"]));
		expect(same).toBe(digest);
		const store = openStore(join(alone.folder, ".sweetspot"), { mode: "read" });
		const seeds = store?.trials(study.id).map(({ spec }) => (spec.phase === "ladder" ? spec.seedIndex : 0)) ?? [];
		store?.close();
		expect(Math.max(...seeds)).toBeGreaterThan(0);
	});

	test("shows its arms in the report, and how good such answers have been", async () => {
		const { stdout } = await place.start(["report", first.study.id, "--format", "md", "--out", "report.md"]);
		expect(stdout).not.toBe("");
		const markdown = readFileSync(join(place.folder, "report.md"), "utf8");
		expect(markdown).toContain("settings were started, one run each");
		expect(markdown).toMatch(/This answer cost [\d.,]+ trainings/);
	});

	test("a goal that no run reaches is reported as such, with the best that was seen", async () => {
		const end = await workplace().start(["tune", "unreachable.yaml", "--budget", "5x", "--quiet"]);
		const text = end.stdout.replace(/\s+/g, " ");
		expect(text).toContain("No batch size");
		expect(text).toContain("The best validation loss seen was");
	});

	test("goes on to the whole study, with or without a stored answer", async () => {
		const other = workplace();
		const ladder = answerOf(await other.start(["tune", "unreachable.yaml", "--budget", "5x", "--quiet", "--json"]));
		const continued = await other.start(["tune", "--continue", ladder.study.id, "--whole", "--quiet", "--json"]);
		expect(continued.stderr).toContain(`Going on from ${ladder.study.id} with the whole study, as rungs`);
		const whole = answerOf(continued);
		expect(whole.study.id).not.toBe(ladder.study.id);
		expect(whole.state).toBe("complete");
		// A budget in the file gives way to --whole: the same study.
		const again = await other.start(["tune", "unreachable.yaml", "--set", "budget={ trainings: 5 }", "--whole", "--quiet", "--json"]);
		expect(answerOf(again).digest).toBe(whole.digest);
		expect(again.stderr).toContain("Answered from the store");
	});

	test.each([
		[["--budget", "40"], "had a budget of trainings, and --budget is in trials", "--budget 20x"],
		[["--budget", "4x"], "--budget isn't more trainings", "--budget 20x"],
		[["--budget", "20x", "--whole"], "--whole has no budget", "Omit one of them"],
	])("goes on with nothing but more trainings: %j", async (flags, problem, fix) => {
		const { code, stderr } = await place.start(["tune", "--continue", first.study.id, ...flags]);
		expect(code).toBe(2);
		expect(stderr).toContain(problem);
		expect(stderr).toContain(fix);
	});

	test("times of another study are refused with the reason", async () => {
		const { stderr, code } = await elsewhere().start(["tune", "rungs.yaml", "--step-times", times, "--set", "batchSizes=[3,5]", "--quiet"]);
		expect(code).toBe(2);
		expect(stderr).toContain("has no time for batch size 3");
	});
});
