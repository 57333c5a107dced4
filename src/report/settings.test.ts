import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { resolveStudy } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { studyYaml } from "./settings.js";

const { study } = exampleStudy("found", 'it\'s <b>: "#1"').stored;
const again = (of: Study) => resolveStudy(parse(studyYaml(of)), async () => of.data);

describe("studyYaml", () => {
	test("resolves to the same study again", async () => expect(await again(study)).toEqual(study));

	test("also with everything that has another form in the file", async () => {
		const blobs = { name: "blobs", examples: 900, classes: 10, features: 3, spread: 1.5 } as const;
		const other: Study = {
			...study,
			workload: { ...study.workload, data: blobs, model: [{ kind: "dense", units: 10, init: "glorot-normal" }] },
			goal: { metric: "train.loss", atMost: 0.25 },
			limits: { ...study.limits, seconds: 20 },
			budget: { trials: 100, seconds: 600 },
		};
		expect(await again(other)).toEqual(other);
	});
});
