import { expect, test } from "vitest";
import { trainerFor } from "../../src/trainers/create.js";
import { measureCoverage } from "../fixtures/coverage.js";
import { oracleStudy } from "../fixtures/oracle-study.js";
import { Truth } from "../fixtures/true-steps.js";

/*
 * A small version of `npm run bench -- coverage`: 40 whole studies (tuning, dropping, censoring, fresh seeds, analysis) on the noisy
 * quadratic. All sizes of a study share their seeds, so 40 is what a share is out of. At 95 % its standard error is 3.4 %: three of them.
 */
test("over 40 whole studies the intervals of S and of the fit hold the truth", async () => {
	const study = await oracleStudy(
		{ data: { quadratic: { dimensions: 16, condition: 10 } }, optimizer: { name: "sgd", momentum: 0 } },
		{ goal: { metric: "train.loss", atMost: 0.08 }, batchSizes: [4, 16, 64, 256], limits: { epochs: 10, steps: 500 } },
	);
	const trainer = await trainerFor(study, async () => new Uint8Array());
	const { sizes, steps, fits } = await measureCoverage(study, trainer, new Truth(study, trainer, 501), 40);
	for (const { notReached } of sizes) expect(notReached).toBe(0);
	expect(steps.held / steps.of).toBeGreaterThan(0.85);
	expect(fits).toHaveLength(8); // four quantities, each against two truths
	for (const { covered } of fits) expect(covered.held / covered.of).toBeGreaterThan(0.85);
});
