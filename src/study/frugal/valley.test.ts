import { expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import type { TrialSpec } from "../../core/trial.js";
import { specsOf } from "../reason.js";
import { runsOf } from "../search/runs.js";
import { searchSpace } from "../search/space.js";
import { valley } from "./valley.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.2 };
const study = closedFormStudy(1000);

/** The rate that a search at batch size 32 finds, in half octaves from the best, and its trials. */
function search(cap: number, of = curve, rates = [-13, -6, 0]) {
	const space = searchSpace(study, 32);
	const part = valley(runsOf(study, 32, {}, { kind: "tuning", size: "middle" }), space, {
		why: () => "spread",
		rates,
		strides: [3, 2],
		cap: space.lookAt(cap),
	});
	const trials: TrialSpec[] = [];
	let step = part.next([]);
	while (!step.done) {
		trials.push(...specsOf(step.value));
		step = part.next(step.value.map(({ spec }) => trainClosedForm(study, of, spec)));
	}
	return { away: step.value && step.value.rate - bestRate(of, 32), trials };
}

test("finds the best rate to half an octave, wherever it lies, in a dozen single runs of one seed", () => {
	for (const bestAtOne of [-17, -14, -11, -8, -5, -2]) {
		const { away, trials } = search(312, { ...curve, bestAtOne });
		expect(Math.abs(away ?? 99)).toBeLessThanOrEqual(1);
		expect(trials.length).toBeLessThanOrEqual(13);
		expect(new Set(trials.map(({ seed }) => seed)).size).toBe(1);
	}
});

test("where nothing reaches the goal within the cap, follows what comes closest and gives that longer", () => {
	const { away, trials } = search(20);
	expect(Math.abs(away ?? 99)).toBeLessThanOrEqual(1);
	expect(trials.length).toBeLessThanOrEqual(20);
});

test("gives no run more than twice the steps of the best one, once there is one", () => {
	const { trials } = search(312);
	const space = searchSpace(study, 32);
	let best = Number.POSITIVE_INFINITY;
	for (const spec of trials) {
		expect(spec.cap).toBeLessThanOrEqual(Math.max(space.lookAt(312), 2 * best));
		best = Math.min(best, trainClosedForm(study, curve, spec).reached?.step ?? Number.POSITIVE_INFINITY);
	}
});

test("is null where no rate reaches the goal within the limit", () => {
	expect(search(312, { ...curve, minSteps: 1e6 }).away).toBeNull();
});

test("on a plateau takes a rate from its lower half, where luck is none of it", () => {
	// Within five half octaves below the cliff all rates take the same: the lowest on the plateau is found and half an octave above it taken.
	const flat: Curve = { ...curve, noise: 0 };
	const space = searchSpace(study, 32);
	const part = valley(runsOf(study, 32, {}, { kind: "tuning", size: "middle" }), space, {
		why: () => "spread",
		rates: [-8, -6, -4],
		strides: [2],
		cap: space.limit,
	});
	let step = part.next([]);
	while (!step.done) {
		step = part.next(
			step.value.map(({ spec }) => {
				const k = Math.round(2 * Math.log2(spec.learningRate));
				const steps = k > -2 ? Number.POSITIVE_INFINITY : k >= -7 ? 100 : 100 * Math.SQRT2 ** (-7 - k);
				const result = trainClosedForm(study, flat, { ...spec, cap: 1 });
				const first = steps <= spec.cap ? { after: 95, step: 100, examples: 3200 } : null;
				return {
					...result,
					outcome: first ? ("reached" as const) : ("missed" as const),
					reached: first && { ...first, step: Math.round(steps) },
				};
			}),
		);
	}
	expect(step.value?.rate).toBe(-5);
});

test("caps before the first report tell nothing: no rate is followed until one is seen", () => {
	const every = 50;
	const space = searchSpace(study, 32);
	const part = valley(runsOf(study, 32, {}, { kind: "tuning", size: "middle" }), space, {
		why: () => "spread",
		rates: [-13, -6, 0],
		strides: [3, 2],
		cap: space.lookAt(8),
	});
	const blind: TrialSpec[] = [];
	let step = part.next([]);
	while (!step.done) {
		blind.push(...specsOf(step.value).filter(({ cap }) => cap < every));
		step = part.next(
			step.value.map(({ spec }) => {
				const result = trainClosedForm(study, curve, spec);
				if (result.outcome === "diverged") return result;
				if (spec.cap < every) return { ...result, outcome: "missed" as const, steps: spec.cap, reached: null, evaluations: [] };
				const late = result.reached && Math.ceil(result.reached.step / every) * every;
				if (late === null || late > spec.cap) return { ...result, outcome: "missed" as const, steps: spec.cap, reached: null };
				return { ...result, steps: late, reached: { after: late - every, step: late, examples: 32 * late } };
			}),
		);
	}
	expect(blind.map(({ cap, learningRate }) => [cap, Math.round(2 * Math.log2(learningRate))])).toEqual([
		[8, -13],
		[8, -6],
		[8, 0],
		[32, -13],
		[32, -6],
	]); // the rate above the cliff diverged at once
	expect(Math.abs((step.value?.rate ?? 99) - bestRate(curve, 32))).toBeLessThanOrEqual(2);
});

test("is null where nothing is seen within the limit", () => {
	const space = searchSpace(study, 32);
	const part = valley(runsOf(study, 32, {}, { kind: "tuning", size: "middle" }), space, {
		why: () => "spread",
		rates: [-13, -6],
		strides: [2],
		cap: space.limit,
	});
	const step = part.next([]);
	const unseen = (spec: TrialSpec) => ({ ...trainClosedForm(study, { ...curve, minSteps: 1e9 }, spec), evaluations: [] });
	expect(part.next(step.done ? [] : specsOf(step.value).map(unseen))).toEqual({ done: true, value: null });
});
