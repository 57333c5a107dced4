import { expect, test } from "vitest";
import { parse } from "yaml";
import { factsAbout } from "../../data/load.js";
import { html, Markup } from "../../report/markup.js";
import { resolveStudy } from "../../study/resolve.js";
import { studySchema } from "../../study/schema.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { arithmeticOf } from "./arithmetic.js";
import { fields } from "./fields.js";
import { embedded, inputOf } from "./input-of.js";
import { makerPage } from "./maker-page.js";

test("the form has a field for every key that a study of the page can have, with its default and its bounds", () => {
	const paths = fields.map(({ path }) => path);
	expect(new Set(paths).size).toBe(paths.length);
	for (const path of ["workload.data", "workload.model", "goal.metric", "seeds.reporting", "tune.learningRate.from", "budget.trainings"])
		expect(paths).toContain(path);
	const tops = new Set(paths.map((path) => path.split(".")[0]));
	expect([...tops].sort()).toEqual(
		Object.keys(studySchema.shape)
			.filter((key) => key !== "version" && key !== "cluster")
			.sort(),
	);
	expect(paths).not.toContain("tune.flags");
	expect(fields.find(({ path }) => path === "goal.metric")?.choices).toContain("validation.accuracy");
	expect(fields.find(({ path }) => path === "seeds.tuning")).toMatchObject({ kind: "number", usual: "3", bounds: { min: 1, step: 1 } });
	expect(fields.find(({ path }) => path === "batchSizes")).toMatchObject({ kind: "yaml", usual: "{ from: 1, to: full, factor: 2 }" });
	expect(fields.filter(({ isRequired }) => isRequired).map(({ path }) => path)).toEqual(["workload.data", "goal.metric"]);
});

test("the empty form is the embedded study, and its file resolves to the arithmetic of every batch size", async () => {
	const { yaml, unreadable } = inputOf({ ...embedded, batchSizes: "[1, 100, full]" });
	expect(unreadable).toEqual([]);
	const study = await resolveStudy(parse(yaml), (source) => factsAbout(source, readBytes));
	const { sizes, examples, trials } = arithmeticOf(study);
	expect(examples).toEqual({ train: 1087, validation: 355, test: 355 });
	expect(trials).toBeGreaterThan(20);
	expect(sizes.map(({ batchSize, stepsPerEpoch, left }) => [batchSize, stepsPerEpoch, left])).toEqual([
		[1, 1087, 0],
		[100, 10, 87],
		[1087, 1, 0],
	]);
	expect(sizes[0].mostEpochs).toBeCloseTo(100, -1); // 100 epochs, at the last look before them
});

test("your own setting is given in fields of its own, for every question", async () => {
	const own = { "baseline.batchSize": "16", "baseline.learningRate": "0.03" };
	const schedule = "{ learningRate: { stable-decay: {} } }";
	const lowest = {
		"goal.metric": "validation.loss",
		"goal.best": "lowest",
		"goal.horizon": "{ epochs: 2 }",
		"goal.give": "0.01",
		"goal.atLeast": "",
	};
	for (const question of [{}, { "workload.schedule": schedule }, { "workload.schedule": schedule, ...lowest }]) {
		const { yaml } = inputOf({ ...embedded, batchSizes: "[8, 32]", ...question, ...own });
		const study = await resolveStudy(parse(yaml), (source) => factsAbout(source, readBytes));
		expect(study.baseline).toEqual({ batchSize: 16, learningRate: 0.03 });
	}
	expect(fields.map(({ path }) => path).filter((path) => path.startsWith("baseline"))).toEqual([
		"baseline.batchSize",
		"baseline.learningRate",
		"baseline.momentum",
		"baseline.weightDecay",
	]);
});

test("under a planned length, that is the most steps of a training", async () => {
	const lowest = { "goal.metric": "validation.loss", "goal.best": "lowest", "goal.horizon": "{ steps: 77 }", "goal.give": "0.01" };
	const { yaml } = inputOf({ "workload.data": "digits", "workload.model": "[{ dense: 10 }]", batchSizes: "[8, 32]", ...lowest });
	const study = await resolveStudy(parse(yaml), (source) => factsAbout(source, readBytes));
	expect(arithmeticOf(study).sizes.map(({ mostSteps }) => mostSteps)).toEqual([77, 77]);
});

test("what can't be read is named; what is empty is left out; texts are texts wherever they stand", () => {
	const { input, unreadable } = inputOf({ ...embedded, batchSizes: "[1, 2", name: "<script>alert(1)</script>", seed: "" });
	expect(unreadable).toEqual([expect.stringMatching(/^batchSizes: /)]);
	expect(input).not.toHaveProperty("seed");
	const filled = { ...embedded, name: `"><script>alert(1)</script>` };
	const made = inputOf(filled);
	const page = makerPage(filled, made, { problems: "none", fix: "none" }, "?x");
	const texts = [page.parts[0].html, html`${page.content(() => new Markup(""))}`.text];
	for (const text of texts) expect(text).not.toContain("<script>");
});
