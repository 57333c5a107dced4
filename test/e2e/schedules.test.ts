import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface End {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly steps: number;
	readonly runs: number;
	readonly end: { readonly estimate: number };
}

interface Answer {
	readonly study: { readonly id: string };
	readonly state: string;
	readonly digest: string | null;
	readonly cost: { readonly trainings: number };
	readonly recommendation: { readonly verdict: string; readonly batchSize: number | null };
	readonly horizon: {
		readonly best: End | null;
		readonly largest: End | null;
		readonly larger: readonly (End & { readonly loss: { readonly verdict: string; readonly high: number | null } })[];
		readonly cutOff: { readonly trials: number; readonly how: string } | null;
		readonly runs: readonly { readonly share: number; readonly steps: number; readonly batchSize: number }[];
	};
}

const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/decays.py", import.meta.url)), "utf8");

const tied = `
version: 1
name: tied
workload:
  command: [python3, decays.py, --batch-size, "{batchSize}", --lr, "{learningRate}", --seed, "{seed}", --epochs, "{epochs}"]
  examples: 512
  schedule: tied
  metrics: { step: 'step (\\d+)', validation.loss: 'val_loss ([0-9.]+)' }
goal: { metric: validation.loss, best: lowest, horizon: { epochs: 8 }, give: 0.01 }
batchSizes: { from: 4, to: 64, factor: 2 }
tune: { learningRate: { from: 0.06, to: 1 } }
budget: { trainings: 14 }
baseline: { batchSize: 16, learningRate: 0.03 }
`;

const network = `
version: 1
name: network
workload:
  data: { circles: {} }
  model: [{ dense: 16 }, relu, { dense: 2 }]
  schedule: { warmUp: { horizon: 0.05 }, learningRate: { stable-decay: { cooldown: 0.2 } } }
goal: { metric: validation.loss, best: lowest, horizon: { epochs: 6 }, give: 0.02 }
`;

const workplace = workplaces({ "decays.py": script, "tied.yaml": tied, "network.yaml": network });

describe("a script whose schedule follows its planned length", () => {
	let place: Workplace;
	let answer: Answer;
	beforeAll(async () => {
		place = workplace();
		answer = answerOf(await place.start(["tune", "tied.yaml", "--json", "--quiet", "--workers", "2"]));
	});

	test("every trial is given its length, and runs to its end: the answer is three numbers to type", async () => {
		const { horizon, cost, state } = answer;
		expect(state).toBe("complete");
		expect(cost.trainings).toBeLessThanOrEqual(14);
		expect(horizon.cutOff).toBeNull();
		for (const { batchSize, steps, share } of horizon.runs)
			expect(steps).toBe(Math.max(1, Math.round(8 * share)) * Math.ceil(512 / batchSize));
		const { stdout } = await place.start(["show", answer.study.id]);
		const words = stdout.replace(/\s+/g, " ");
		expect(words).toMatch(
			/Train with batch size \d+, learning rate [\d.]+ and 8 epochs \([\d,]+ steps\): it ends with a validation loss of/,
		);
		expect(words).toMatch(
			/Yours, batch size 16, learning rate 0.03 and 8 epochs \(256 steps\), ends with a validation loss of [\d.]+ \[[^\]]+\], over the same \d+ fresh seeds: [\d.]+ higher than this one/,
		);
	});

	test("the largest batch is shown on fresh seeds to lose no more than may be lost", () => {
		const { best, larger, largest } = answer.horizon;
		expect(best?.runs).toBeGreaterThanOrEqual(2);
		for (const { loss, batchSize } of larger) {
			expect(batchSize).toBeGreaterThan(best?.batchSize ?? 0);
			if (loss.verdict === "nothing") expect(loss.high).toBeLessThanOrEqual(0.01);
		}
		const passed = larger.filter(({ loss }) => loss.verdict === "nothing").map(({ batchSize }) => batchSize);
		expect(largest?.batchSize).toBe(passed.at(-1) ?? best?.batchSize);
	});

	test("the report has the ends as a table, in HTML, Markdown and JSON", async () => {
		for (const format of ["html", "md", "json"])
			await place.start(["report", answer.study.id, "--format", format, "--out", `report.${format}`]);
		const text = (format: string) => readFileSync(join(place.folder, `report.${format}`), "utf8");
		expect(text("html")).toContain("How trainings ended");
		expect(text("md")).toContain("How trainings ended");
		expect(text("html") + text("md")).not.toContain("NaN");
		expect((JSON.parse(text("json")) as { words: { horizon: unknown } }).words.horizon).not.toBeNull();
	});

	test("one that stops early is never found, and the answer says why", async () => {
		const early = workplace();
		const flags =
			'workload.command=[python3,decays.py,--batch-size,"{batchSize}",--lr,"{learningRate}",--seed,"{seed}",--epochs,"{epochs}",--stop-at,0.5]';
		const { code, stdout } = await early.start(["tune", "tied.yaml", "--json", "--quiet", "--set", flags]);
		const { recommendation, horizon } = JSON.parse(stdout) as Answer;
		expect(code).not.toBe(0);
		expect(recommendation.verdict).not.toBe("found");
		expect(horizon.cutOff?.how).toContain("that were planned");
		const said = await early.start(["show", "tied"]);
		expect(said.stdout.replace(/\s+/g, " ")).toMatch(/cut off before the planned end|No training reached its planned end/);
	});

	test("so many seconds of training: a script is timed first, and the same times give the same lengths again", async () => {
		const inSteps =
			'workload.command=[python3,decays.py,--batch-size,"{batchSize}",--lr,"{learningRate}",--seed,"{seed}",--max-steps,"{steps}"]';
		const goal = "goal={ metric: validation.loss, best: lowest, horizon: { seconds: 0.02 }, give: 0.05 }";
		const sets = ["--set", inSteps, "--set", goal, "--set", "batchSizes=[4, 16]"];
		const first = workplace();
		const timed = await first.start(["tune", "tied.yaml", "--json", "--quiet", "--workers", "1", ...sets]);
		const { horizon, tradeoff } = answerOf(timed) as Answer & {
			readonly tradeoff: readonly { readonly batchSize: number; readonly secondsPerStep: number }[];
		};
		expect(horizon.best).not.toBeNull();
		for (const { batchSize, steps, share } of horizon.runs) {
			const perStep = tradeoff.find((row) => row.batchSize === batchSize)?.secondsPerStep ?? Number.NaN;
			expect(steps).toBe(Math.max(1, Math.round((share * 0.02) / perStep)));
		}
		const again = workplace();
		again.write("answer.json", timed.stdout);
		const repeated = await again.start([
			"tune",
			"tied.yaml",
			"--json",
			"--quiet",
			"--workers",
			"2",
			...sets,
			"--step-times",
			"answer.json",
		]);
		expect(answerOf(repeated).horizon.runs).toEqual(horizon.runs);
	});

	test("a script that shows no time within such a length is refused with the fix", async () => {
		const goal = "goal={ metric: validation.loss, best: lowest, horizon: { seconds: 1 }, give: 0.05 }";
		const silent = 'workload.command=[python3,-c,"import sys; sys.exit(3)",{batchSize},"{learningRate}","{seed}","{epochs}"]';
		const { code, stderr } = await workplace().start([
			...["tune", "tied.yaml", "--quiet", "--set", silent.replace("{batchSize}", '"{batchSize}"'), "--set", goal],
		]);
		expect(code).toBe(2);
		expect(stderr).toContain("no time per step could be measured at batch size 4");
	});

	test("a command that takes no length is refused before a trial runs", async () => {
		const flags = 'workload.command=[python3,decays.py,--batch-size,"{batchSize}",--lr,"{learningRate}",--seed,"{seed}"]';
		const { code, stderr } = await workplace().start(["tune", "tied.yaml", "--quiet", "--set", flags]);
		expect(code).toBe(2);
		expect(stderr).toContain("the command takes none: hand it over, such as --epochs {epochs}");
	});
});

describe("the built-in engine under a schedule over the planned length", () => {
	test("answers the same question, with the same trials for any number of workers and after a kill", async () => {
		const one = answerOf(await workplace().start(["tune", "network.yaml", "--json", "--quiet", "--workers", "1"]));
		expect(one.horizon.best).not.toBeNull();
		expect(one.cost.trainings).toBeLessThanOrEqual(10);
		expect(answerOf(await workplace().start(["tune", "network.yaml", "--json", "--quiet", "--workers", "3"])).digest).toBe(one.digest);
		const killed = workplace();
		await killed.start(["tune", "network.yaml", "--workers", "1"], (said, kill) => said.split("\n").length > 12 && kill("SIGKILL"));
		expect(answerOf(await killed.start(["resume", "network", "--json", "--quiet"])).digest).toBe(one.digest);
	});

	test("a value to reach: the least length whose end meets it", async () => {
		const place = workplace();
		const goal = "goal={ metric: validation.loss, atMost: 0.3 }";
		const sets = [
			"--set",
			goal,
			"--set",
			"batchSizes=[8, 32]",
			"--set",
			"limits={ epochs: 40, steps: 800 }",
			"--set",
			"objective=cheapest",
			"--set",
			"baseline={ batchSize: 16, learningRate: 0.03 }",
		];
		const { ending, recommendation } = answerOf(await place.start(["tune", "network.yaml", "--json", "--quiet", ...sets])) as Answer & {
			readonly ending: {
				readonly rows: readonly { readonly steps: { readonly estimate: number | null }; readonly lengths: readonly number[] }[];
			};
		};
		expect(recommendation.batchSize).not.toBeNull();
		for (const { steps, lengths } of ending.rows) {
			expect(lengths).toHaveLength(4);
			expect(steps.estimate).toBeGreaterThan(0);
		}
		const said = (await place.start(["show", "network"])).stdout.replace(/\s+/g, " ");
		expect(said).toMatch(/the least length that ends with a validation loss of at most 0.3 is [\d,]+/);
		expect(said).toMatch(
			/Yours, batch size 16 and learning rate 0.03, (?:needs .* steps.* to end there; this one needs|did not end there)/,
		);
	});

	test("such a study has no budget of trials: refused, with what limits it", async () => {
		const sets = ["--set", "goal={ metric: validation.loss, atMost: 0.3 }", "--set", "budget={ trials: 40 }"];
		const { code, stderr } = await workplace().start(["tune", "network.yaml", "--quiet", ...sets]);
		expect(code).toBe(2);
		expect(stderr).toContain("has no budget of trials");
	});
});
