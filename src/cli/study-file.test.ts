import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { studyFrom } from "./study-file.js";

const study = (budget: string): string => `version: 1
workload: { data: { blobs: { examples: 300 } }, model: [{ dense: 3 }] }
goal: { metric: validation.loss, atMost: 0.25 }
batchSizes: [8, 64]
${budget}
`;

async function budgetOf(written: string, flag: string) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-study-file-"));
	try {
		writeFileSync(join(folder, "study.yaml"), study(written));
		return (await studyFrom(join(folder, "study.yaml"), { budget: flag }, {})).budget;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

test("a budget of trainings by a flag takes the place of the file's trials, which it doesn't go with", async () => {
	expect(await budgetOf("budget: { trials: 40 }", "5x")).toEqual({ trials: null, seconds: null, trainings: 5 });
	expect(await budgetOf("pricePerHour: 3\nbudget: { cost: 20 }", "5x")).toEqual({ trials: null, seconds: null, trainings: 5 });
	expect(await budgetOf("budget:", "5x")).toEqual({ trials: null, seconds: null, trainings: 5 });
});

test("a budget of trials or time by a flag takes the place of trainings", async () => {
	expect(await budgetOf("budget: { trainings: 5 }", "40")).toEqual({ trials: 40, seconds: null });
	expect(await budgetOf("budget: { seconds: 7200 }", "40")).toEqual({ trials: 40, seconds: 7200 });
});
