import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/own_metric.py", import.meta.url)), "utf8");
const workplace = workplaces();

const study = (metric: string, goal: string, more = "") => `
version: 1
workload:
  command: [python3, own_metric.py, ${metric}, "{batchSize}", "{learningRate}", "{seed}"]
  examples: 640
  ${more}
goal: ${goal}
batchSizes: [4, 32]
tune: { learningRate: { from: 0.015, to: 0.06 } }
seeds: { tuning: 1, selecting: 1, reporting: 3 }
limits: { steps: 300, epochs: 1 }
`;

function placeWith(text: string): Workplace {
	const place = workplace();
	place.write("study.yaml", text);
	place.write("own_metric.py", script);
	return place;
}

interface Document {
	readonly study: { readonly id: string };
	readonly tradeoff: readonly { readonly outcome: string; readonly steps: { readonly median: number } }[];
}

describe("a goal on a metric of the script's own", () => {
	test.each([
		["f1", "{ metric: f1, atLeast: 0.72 }", "an f1 of at least 0.72", 0.72],
		["perplexity", "{ metric: perplexity, atMost: 29 }", "a perplexity of at most 29", 29],
		["return", "{ metric: return, atLeast: -110 }", "a return of at least -110", -110],
	])("%s: tuned, shown, reported, exported, and imported with the same steps", async (metric, goal, words, bound) => {
		const place = placeWith(study(metric, goal));
		const { code, stdout, stderr } = await place.start(["tune", "study.yaml", "--json"]);
		expect([0, 3], stderr).toContain(code); // 3: the two sizes may be too close to tell which is better
		const { study: stored, tradeoff } = JSON.parse(stdout) as Document;
		expect(tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);

		expect((await place.start(["show", stored.id])).stdout).toContain(words);
		await place.start(["report", stored.id, "--out", "report.html"]);
		const page = readFileSync(join(place.folder, "report.html"), "utf8");
		expect(page).toContain(`${metric}, median of the runs`);
		expect(page).toContain(`goal: ${bound}`);
		expect(page).not.toContain("NaN");

		const { stdout: table } = await place.start(["export", stored.id, "--format", "csv"]);
		expect(table.split("\r\n")[0]).toBe(`phase,batch_size,learning_rate,seed_index,seed,cap,outcome,step,examples,train.loss,${metric}`);
		const reached = table.split("\r\n").filter((line) => line.startsWith("reporting,32,"));
		const last = Number(reached.at(-1)?.split(",").at(-1));
		expect(metric === "perplexity" ? last <= bound : last >= bound).toBe(true);

		place.write("runs.csv", table);
		const sign = metric === "perplexity" ? "<=" : ">=";
		const again = await place.start(["import", "runs.csv", "--goal", `${metric}${sign}${bound}`, "--examples", "640", "--json"]);
		expect(again.code).toBe(0);
		const medians = (document: Document) => document.tradeoff.map(({ steps }) => steps.median);
		expect(medians(JSON.parse(again.stdout) as Document)).toEqual(medians({ study: stored, tradeoff }));
	});

	test("found in what it prints, by a pattern, under a name with a set", async () => {
		const patterns = `environment: { FORM: print }\n  metrics: { eval/return: "return = ([-+.0-9]+)", step: "step ([0-9]+)" }`;
		const place = placeWith(study("return", "{ metric: eval/return, atLeast: -110 }", patterns));
		const { code, stdout } = await place.start(["tune", "study.yaml", "--json"]);
		expect([0, 3]).toContain(code);
		expect((JSON.parse(stdout) as Document).tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
	});

	test("that it never reports: one long trial is enough to say so, with what it does report; nothing is kept", async () => {
		const place = placeWith(study("f1", "{ metric: f1, atLeast: 0.7 }", "environment: { CALLED: f1_macro }"));
		const { code, stderr } = await place.start(["tune", "study.yaml", "--workers", "1"]);
		expect(code).toBe(2);
		expect(stderr).toContain("there is nothing to check the goal on");
		expect(stderr).toContain("without having reported f1; it reported f1_macro, train.loss");
		expect((await place.start(["studies"])).stdout).not.toContain("own_metric");
	});

	test("batch sizes are compared by it at equal budgets", async () => {
		const place = placeWith(`${study("return", "{ metric: return, atLeast: -110 }")}comparisons: { epochs: 3 }\n`);
		const { stdout, stderr } = await place.start(["tune", "study.yaml", "--json", "--quiet"]);
		if (stdout === "") throw new Error(stderr);
		const { comparisons } = JSON.parse(stdout) as {
			readonly comparisons: Readonly<
				Record<string, readonly { readonly value: { readonly median: number }; readonly standing: string; readonly gap: object }[]>
			>;
		};
		for (const rows of [comparisons.epochs, comparisons.steps]) {
			const values = rows.map(({ value }) => value.median);
			expect(values.every((value) => value < 0 && value > -1000)).toBe(true);
			expect(rows[values.indexOf(Math.max(...values))].standing).toBe("best");
		}
		const said = (await place.start(["show", "study"])).stdout;
		expect(said).toContain("return at equal budgets");
		expect(said.replace(/\s+/g, " ")).toMatch(/After 3 epochs each, batch size \d+ has the best return, -\d/);
	});

	test.each([
		["{ metric: f1 }", "goal: neither `atLeast` nor `atMost`: give one, `atLeast` where more of f1 is better"],
		["{ metric: f1, atLeast: 0.7, atMost: 0.8 }", "goal: `atLeast` and `atMost` both"],
		["{ metric: f1 score, atLeast: 0.7 }", `goal.metric: "f1 score" can't name a metric`],
		["{ metric: val_acc, atLeast: 0.7 }", 'goal.metric: "val_acc" is another way to write validation.accuracy'],
		["{ metric: test.f1, atLeast: 0.7 }", "goal.metric: a goal can't be on test.f1"],
	])("%s is refused before any trial", async (goal, message) => {
		const { code, stderr } = await placeWith(study("f1", goal)).start(["tune", "study.yaml"]);
		expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
	});

	test("is refused of a built-in network", async () => {
		const place = workplace();
		place.write("study.yaml", "{ version: 1, workload: { data: blobs, model: [16, relu] }, goal: { metric: f1, atLeast: 0.9 } }");
		const { code, stderr } = await place.start(["tune", "study.yaml"]);
		expect([code, stderr]).toEqual([
			2,
			expect.stringContaining("goal.metric: found f1, but the built-in trainer measures only train.loss"),
		]);
	});
});

describe("init", () => {
	const init = (place: Workplace, metric: string, more: readonly string[]) =>
		place.start(["init", "--batch-size-flag", "--batch", "--learning-rate-flag", "--lr", ...more, "--", "python3", "flags.py", metric]);
	const withFlags = (print = true) => {
		const place = workplace();
		const prelude = `import os, sys
words = dict(zip(sys.argv[2::2], sys.argv[3::2]))
sys.argv = [sys.argv[0], sys.argv[1], words.get("--batch", "32"), words.get("--lr", "0.1"), "1"]
${print ? 'os.environ["FORM"] = "print"' : 'os.environ["CALLED"] = "quux"'}
`;
		place.write("flags.py", prelude + script);
		return place;
	};

	test("proposes what the script prints, by the direction that its name shows", async () => {
		const { code, stderr } = await init(withFlags(), "return", []);
		expect(code).not.toBe(0);
		expect(stderr).toMatch(/it prints return \(-1\d\d after/);
		expect(stderr).toMatch(/--goal "return>=-1\d\d"/);
	});

	test("asks for the direction of a name that shows none", async () => {
		const { code, stderr } = await init(withFlags(false), "f1", []);
		expect(code).not.toBe(0);
		expect(stderr).toContain("train.loss");
	});

	test("writes a study of such a goal that runs", async () => {
		const place = withFlags();
		const { code, stderr } = await init(place, "perplexity", ["--goal", "perplexity<=29"]);
		expect([code, stderr]).toEqual([0, expect.anything()]);
		const written = parse(readFileSync(join(place.folder, "study.yaml"), "utf8"));
		expect(written.goal).toEqual({ metric: "perplexity", atMost: 29 });
		expect(Object.keys(written.workload.metrics)).toEqual(["perplexity", "step"]);
	});
});
