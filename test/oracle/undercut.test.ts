import { describe, expect, test } from "vitest";
import type { Findings } from "../../src/analysis/findings.js";
import { regimeSentence } from "../../src/words/curve.js";
import { closedFormStudy, trainClosedForm } from "../fixtures/closed-form.js";
import { runWhole } from "../fixtures/whole-study.js";

const curve = { minSteps: 200, critical: 30, bestAtOne: -8, noise: 0.02 };

/** A study on a hyperbola, except that the full batch takes `factor` times the steps. */
async function found(seed: number, factor: number): Promise<Findings> {
	const study = closedFormStudy(512, { seed });
	const law = (batchSize: number) => (batchSize === 512 ? { ...curve, minSteps: factor * curve.minSteps } : curve);
	return (await runWhole(study, (spec) => trainClosedForm(study, law(spec.batchSize), spec))).findings;
}

const saysSo = "at batch size 512 the measured steps lie below S_min, the least that the curve allows";

describe("a measured S below S_min", () => {
	test("is reported where the full batch takes 0.4 or 0.7 of the steps, and nowhere else", async () => {
		for (const factor of [0.4, 0.7, 1])
			for (let seed = 0; seed < 3; seed++) {
				const findings = await found(seed, factor);
				const { fit } = findings;
				expect(fit.lackOfFit.undercut).toEqual(factor < 1 ? [512] : []);
				expect(regimeSentence(findings).includes(saysSo)).toBe(factor < 1);
				if (factor < 1) expect(fit.verdict).toBe("not a hyperbola");
			}
	}, 240_000);
});
