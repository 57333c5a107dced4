import { expect, test } from "vitest";
import { studySchema } from "../study/schema.js";
import { defineStudy } from "./define-study.js";

test("defineStudy takes what the schema takes; anything else is an error of the compiler's", () => {
	const goal = { metric: "validation.accuracy", atLeast: 0.9 } as const;
	const workload = { trainer: "./trainer.mjs", examples: 100 };
	const study = defineStudy({ version: 1, workload, goal, batchSizes: [1, "full"] });
	expect(studySchema.safeParse(study).success).toBe(true);
	// @ts-expect-error a misspelt key
	expect(studySchema.safeParse(defineStudy({ version: 1, workload, goal, batchSize: [1] })).success).toBe(false);
	// @ts-expect-error a misspelt key further in
	expect(studySchema.safeParse(defineStudy({ version: 1, workload, goal, seeds: { tunning: 1 } })).success).toBe(false);
	// @ts-expect-error not a known word
	expect(studySchema.safeParse(defineStudy({ version: 1, workload, goal, objective: "quickest" })).success).toBe(false);
});
