import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, sortedTrials, stepsOf, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { simulate as simulateBy } from "../../../test/fixtures/simulate.js";
import { nextLook } from "../../core/looks.js";
import { halfOctaveAbove, rateAt } from "../../core/rates.js";
import { type Setting, settingKey, settingOf } from "../../core/setting.js";
import { type FinishedTrial, type TrialSpec, trialKey } from "../../core/trial.js";
import { tradeoffDesign } from "../designs.js";
import { seedOf } from "../search/seeds.js";
import { settingsOf } from "../search/settings.js";
import type { Study } from "../study.js";
import { tune } from "./tune.js";

const searched = { learningRate: { from: 0.001, to: 10 }, momentum: [0, 0.9], weightDecay: [0, 0.001, 0.01] };
const study = closedFormStudy(100, { tune: searched });

/**
 * Momentum pays at large batches only, and its best rate is lower by what it adds up to, seven half octaves; weight decay costs steps, much
 * of it many; half the curves have another taste, so that no order of the settings is the lucky one.
 */
const effectOf =
	(inverted: boolean): NonNullable<Curve["effect"]> =>
	({ momentum = 0, weightDecay = 0 }, batchSize) => {
		const pays = batchSize > 8 !== inverted;
		return {
			slower: (momentum > 0 === pays ? 1 : 1.6) * (1 + 20 * (inverted ? 0.01 - weightDecay : weightDecay)),
			higher: momentum > 0 ? -7 : 0,
		};
	};
const curves = fc.record({
	minSteps: fc.integer({ min: 10, max: 200 }),
	critical: fc.integer({ min: 2, max: 300 }),
	bestAtOne: fc.integer({ min: -10, max: 0 }),
	noise: fc.constantFrom(0.02, 0.1, 0.3),
	effect: fc.boolean().map(effectOf),
});

const simulate = (of: Study, curve: Curve, options: Parameters<typeof simulateBy>[3] = {}): readonly FinishedTrial[] =>
	simulateBy(tradeoffDesign, of, curve, { slots: 1, ...options });

const examplesOf = (trials: readonly FinishedTrial[]): number =>
	trials.reduce((sum, { spec, result }) => sum + (spec.phase === "tuning" ? result.examples : 0), 0);

/** The median look over the uncapped tuning block. */
function medianOf(curve: Curve, batchSize: number, rate: number, setting: Setting): number {
	const looks = [0, 1, 2].map((index) => {
		const exact = stepsOf(curve, { batchSize, learningRate: rateAt(rate), seed: seedOf(study.seed, "tuning", index), ...setting });
		let look = 1;
		while (look < exact && look < 1e9) look = nextLook(look, study.looks.ratio);
		return look;
	});
	return looks.sort((a, b) => a - b)[1];
}

test("settings are every combination, in the order in which values are listed; one empty one where nothing is searched", () => {
	expect(settingsOf({ tune: { learningRate: searched.learningRate } })).toEqual([{}]);
	expect(settingsOf({ tune: { ...searched, momentum: [0.9] } })).toEqual(
		[0, 0.001, 0.01].map((weightDecay) => ({ momentum: 0.9, weightDecay })),
	);
	expect(settingsOf({ tune: { learningRate: searched.learningRate, momentum: [0, 0.5] } })).toEqual([{ momentum: 0 }, { momentum: 0.5 }]);
});

describe("a study that searches settings", () => {
	test("asks for the same trials in any order of finishing, on any number of workers, after any crashes", () => {
		fc.assert(
			fc.property(curves, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 9 }), (curve, order, slots) => {
				const inOrder = sortedTrials(simulate(study, curve));
				expect(sortedTrials(simulate(study, curve, { slots, order, killing: 0.2 }))).toEqual(inOrder);
			}),
			{ numRuns: 8 },
		);
	});

	test("finds the best setting and rate at every batch size where runs are free of noise", () => {
		fc.assert(
			fc.property(curves, (drawn) => {
				const patient = closedFormStudy(100, { tune: searched, limits: { epochs: 100, steps: 100_000, seconds: null } });
				const curve = { ...drawn, noise: 0 };
				for (const answer of tradeoffDesign.answers(patient, simulate(patient, curve))) {
					const { batchSize } = answer;
					const at = (setting: Setting) => medianOf(curve, batchSize, bestRate(curve, batchSize, setting), setting);
					const best = Math.min(...settingsOf(patient).map(at));
					expect(answer.state).toBe("reached");
					expect(medianOf(curve, batchSize, halfOctaveAbove(answer.learningRate ?? 0), settingOf(answer))).toBe(best);
				}
			}),
			{ numRuns: 15 },
		);
	});

	test("gives no run more steps than the best median so far, from the first one on", () => {
		fc.assert(
			fc.property(curves, fc.constantFrom(1, 8, 64), (curve, batchSize) => {
				let best = Number.POSITIVE_INFINITY;
				const tuning = tune(study, batchSize, [], ({ steps }) => {
					expect(steps).toBeLessThanOrEqual(best);
					best = steps;
				});
				const tried = new Set<string>();
				for (let step = tuning.next([]); !step.done; ) {
					for (const { spec } of step.value) {
						expect(spec.cap).toBeLessThanOrEqual(best);
						tried.add(settingKey(spec));
					}
					step = tuning.next(step.value.map(({ spec }) => trainClosedForm(study, curve, spec)));
				}
				expect(best < Number.POSITIVE_INFINITY ? tried.size : 6).toBe(6); // none is left out
			}),
			{ numRuns: 20 },
		);
	});

	test("selects and reports at one setting a batch size, and says which", () => {
		const curve = { minSteps: 60, critical: 40, bestAtOne: -4, noise: 0.1, effect: effectOf(false) };
		const trials = simulate(study, curve);
		for (const answer of tradeoffDesign.answers(study, trials)) {
			const fresh = trials.filter(({ spec }) => spec.phase !== "tuning" && spec.batchSize === answer.batchSize);
			expect(new Set(fresh.map(({ spec }) => settingKey(spec)))).toEqual(new Set([settingKey(answer)]));
			expect(answer).toMatchObject({ momentum: answer.batchSize > 8 ? 0.9 : 0, weightDecay: 0 });
		}
	});

	test("costs a small part of what as many searches would", () => {
		const curve = { minSteps: 60, critical: 40, bestAtOne: -4, noise: 0.1, effect: effectOf(false) };
		const alone = (setting: Setting) =>
			examplesOf(simulate(closedFormStudy(100), { ...curve, effect: (_, batchSize) => effectOf(false)(setting, batchSize) }));
		const apart = settingsOf(study).reduce((sum, setting) => sum + alone(setting), 0);
		// 0.6 when written: six searches share one incumbent, and all but one begin with its rate.
		expect(examplesOf(simulate(study, curve)) / apart).toBeLessThan(0.75);
	});
});

test("a study that searches none asks for trials without settings, whose keys are as they always were", () => {
	const curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
	const [{ spec }] = simulate(closedFormStudy(4), curve);
	expect(Object.keys(spec)).toEqual(["phase", "batchSize", "learningRate", "seedIndex", "seed", "cap", "until", "curves", "probe"]);
	expect(trialKey(spec)).toBe(`tuning/1/${spec.learningRate}/0/${spec.cap}`);
	const set: TrialSpec = { ...spec, momentum: 0, weightDecay: 0.001 };
	expect(trialKey(set)).toBe(`${trialKey(spec)}/momentum 0/decay 0.001`);
});
