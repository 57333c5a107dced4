import { describe, expect, test } from "vitest";
import type { Findings } from "../../src/analysis/findings.js";
import { regimeSentence } from "../../src/words/curve.js";
import { closedFormStudy, trainClosedForm } from "../fixtures/closed-form.js";
import { runWhole } from "../fixtures/whole-study.js";

const curve = { minSteps: 200, critical: 30, bestAtOne: -8, noise: 0.02 };

/** A study on a hyperbola, but that the full batch takes `factor` times the steps: what lies below S_min where that is small. */
async function found(seed: number, factor: number): Promise<Findings> {
	const study = closedFormStudy(512, { seed });
	const law = (batchSize: number) => (batchSize === 512 ? { ...curve, minSteps: factor * curve.minSteps } : curve);
	return (await runWhole(study, (spec) => trainClosedForm(study, law(spec.batchSize), spec))).findings;
}

/** Sizes whose measured steps lie below S_min, by their medians, and wholly, interval below interval. */
function below({ fit, tradeoff }: Findings) {
	const { estimate, low } = fit.minSteps;
	const sizes = tradeoff.filter(({ outcome }) => outcome === "reached");
	return {
		median: sizes.filter(({ steps }) => estimate !== null && steps.median !== null && steps.median < estimate),
		wholly: sizes.filter(({ steps }) => low !== null && steps.high !== null && steps.high < low).map(({ batchSize }) => batchSize),
	};
}

const saysSo = "at batch size 512 the measured steps lie below S_min, the least that the curve allows";

describe("a measured S below S_min", () => {
	test("wholly: every such study says that it is no hyperbola, and at which size; no other study says so", async () => {
		const studies: Findings[] = [];
		for (const factor of [0.4, 0.7, 1]) for (let seed = 0; seed < 3; seed++) studies.push(await found(seed, factor));
		for (const findings of studies) {
			const { wholly } = below(findings);
			expect(findings.fit.lackOfFit.undercut).toEqual(wholly);
			expect(regimeSentence(findings).includes(saysSo)).toBe(wholly.includes(512));
			if (wholly.length > 0) expect(findings.fit.verdict).toBe("not a hyperbola");
		}
		const cases = studies.map((findings) => below(findings));
		expect(cases.slice(0, 3).flatMap(({ wholly }) => wholly)).toContain(512);
		// By the medians alone it may as well be chance: the interval of S_min counts what the curve doesn't fit.
		expect(cases.slice(3, 6).some(({ median }) => median.length > 0)).toBe(true);
		expect(cases.slice(3).flatMap(({ wholly }) => wholly)).toEqual([]);
	}, 240_000);
});
