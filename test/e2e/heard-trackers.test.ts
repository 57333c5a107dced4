import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ladder } from "../fixtures/scripts/falling.js";
import { scriptRuns } from "../fixtures/scripts/run-script.js";

const fixture = (path: string): string => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const command = (...more: string[]) => ["python3", fixture("scripts/logs_to_tensorboard.py"), "{learningRate}", "{batchSize}", ...more];
const libraries = { environment: { PYTHONPATH: fixture("libraries") } };

/** At a rate of 0.5 step 18 has a loss of 0.1, and the mean of steps 18 and 19 is the first below that. */
const reachedAt = 19;

describe("what an unedited script sends to its tracker", () => {
	test("counts as its looks, and so the goal is reached", async () => {
		const result = await (await scriptRuns(command(), libraries)).run({ learningRate: 0.5 });
		expect(result).toMatchObject({ outcome: "reached", steps: reachedAt });
		expect(result.evaluations[0]).toMatchObject({ step: 1, metrics: { "validation.loss": 1 / 1.5 } });
		expect(result.clock).toMatchObject({ startUp: false });
	});

	test("goes on to count where the script stands still between two trials", async () => {
		const runs = await scriptRuns(command(), libraries);
		await runs.run({ ...ladder, cap: 10, learningRate: 0.25 });
		const result = await runs.run({ ...ladder, cap: 24, learningRate: 0.25 });
		expect(result).toMatchObject({ outcome: "missed", steps: 24, before: { steps: 10 } });
	});

	test("isn't heard with `hooks: false`, nor where the study reads its metrics elsewhere", async () => {
		const patterns = { "validation.loss": "loss ([0-9.]+)", step: "step ([0-9]+)" };
		for (const elsewhere of [{ hooks: false }, { metrics: patterns }]) {
			const { outcome, evaluations } = await (await scriptRuns(command(), { ...libraries, ...elsewhere })).run({ learningRate: 1, cap: 5 });
			expect({ outcome, evaluations }).toEqual({ outcome: "failed", evaluations: [] });
		}
	});

	test("counts for nothing where the script reports the same itself", async () => {
		const { steps, evaluations } = await (await scriptRuns(command("reports"), libraries)).run({ learningRate: 0.5 });
		expect(steps).toBe(2 * reachedAt);
		expect(evaluations.slice(1).every(({ step }) => step % 2 === 0)).toBe(true);
	});
});
