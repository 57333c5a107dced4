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
