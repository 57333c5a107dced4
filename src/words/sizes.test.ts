import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { objectivesTable } from "./sizes.js";

const { findings } = exampleStudy("found");

test("where no objective has a size to recommend, there is no table of dashes", () => {
	expect(objectivesTable(findings)?.rows).toHaveLength(3);
	const { fastest } = findings.recommendations;
	const none = { ...fastest, batchSize: null, learningRate: null };
	const one = { ...findings, recommendations: { fastest, balanced: none, cheapest: none } };
	expect(objectivesTable(one)?.rows).toHaveLength(3);
	expect(objectivesTable({ ...findings, recommendations: { fastest: none, balanced: none, cheapest: none } })).toBeNull();
});
