import { describe, expect, test } from "vitest";
import { ReportWatch } from "../report-watch.js";
import type { TrainingEvent } from "./protocol.js";
import { Reports } from "./reports.js";

const facts = { features: 1, classes: 2, train: 100, validation: 10, test: 0, sha256: "" };
const study = { goal: { metric: "validation.loss", atMost: 0.1 }, looks: { ratio: 1.05, examples: 100 }, data: facts } as const;
const spec = { batchSize: 10, cap: 100, until: "goal", phase: "tuning" } as const;

function reports(earlier: readonly (readonly TrainingEvent[])[] = []) {
	const watch = new ReportWatch(study, spec);
	return { watch, reports: new Reports(watch, study, spec, "its name", earlier) };
}

const event = (step: number, more: Partial<TrainingEvent> = {}): TrainingEvent => ({
	place: { step },
	metrics: { "validation.loss": 1 },
	gradient: null,
	seconds: null,
	trial: null,
	...more,
});
const norms = { small: { batch: 1.6, squaredNorm: 2 }, big: { batch: 16, squaredNorm: 1 } };

test("seconds per step are those that the script reports, if it does; else those between the times its lines came", () => {
	const clocked = reports().reports;
	clocked.take(event(1, { seconds: 0.5 }), 10_000);
	clocked.take(event(2, { metrics: {}, gradient: norms }), 11_000); // reports no seconds
	clocked.take(event(5, { seconds: 0.9 }), 20_000);
	expect(clocked.clock(0)).toEqual({ steps: 4, seconds: 0.4, startUp: false });

	const heard = reports().reports;
	heard.take(event(1), 10_000);
	heard.take(event(5), 20_000);
	expect(heard.clock(0)).toEqual({ steps: 4, seconds: 10, startUp: false });
});

const said = (step: number) => event(step, { metrics: step === 0 ? {} : { "validation.loss": 2 }, ...(step < 3 && { gradient: norms }) });
const earlier = [[0, 1, 2, 3].map(said)];

test("an attempt that goes on after step 2 keeps the looks up to it", () => {
	const resumed = reports(earlier);
	resumed.reports.take(event(3), 0);
	expect(resumed.watch.evaluations.map(({ step, metrics }) => [step, metrics["validation.loss"]])).toEqual([
		[1, 2],
		[2, 2],
		[3, 1],
	]);
});

test("one that begins with the gradient at the weights of step 2 as well, and has that gradient once", () => {
	const resumed = reports(earlier);
	resumed.reports.take(event(2, { metrics: {}, gradient: norms }), 0);
	resumed.reports.take(event(3), 0);
	expect(resumed.watch.evaluations.map(({ step }) => step)).toEqual([1, 2, 3]);
	expect(resumed.reports.gradients.map(({ step }) => step)).toEqual([0, 1, 2]);
});

test("one that ends without a word, as it had saved its state at its end, keeps all", () => {
	const ended = reports(earlier);
	ended.reports.returned(null);
	expect(ended.watch.evaluations.map(({ step }) => step)).toEqual([1, 2, 3]);
	expect(ended.reports.gradients.map(({ step }) => step)).toEqual([0, 1, 2]);
	expect(ended.watch.result(0)).toMatchObject({ outcome: "stopped", steps: 3 });
	expect(ended.reports.clock(0)).toBeNull();
	const beyond = reports([Array.from({ length: 300 }, (_, i) => said(i + 1))]);
	beyond.reports.returned(null);
	expect(beyond.watch.result(0)).toMatchObject({ outcome: "missed", steps: 100 });
	const anew = reports(earlier);
	anew.reports.take(said(0), 0);
	anew.reports.returned(null);
	expect(anew.watch.result(0)).toMatchObject({ outcome: "failed", steps: 0 });
});

test("one that begins anew keeps nothing", () => {
	const anew = reports(earlier);
	anew.reports.take(event(0, { metrics: {}, gradient: norms }), 0);
	anew.reports.take(event(1), 0);
	expect(anew.watch.evaluations.map(({ metrics }) => metrics)).toEqual([{ "validation.loss": 1 }]);
	expect(anew.reports.gradients.map(({ step }) => step)).toEqual([0]);
});

test("of attempts that had gone on from one another, what each said before the next began counts; lines about another trial don't", () => {
	const again = (step: number, loss: number) => event(step, { metrics: { "validation.loss": loss } });
	const attempts = [
		[1, 2, 3, 4].map(said),
		[3, 4, 5, 6].map((step) => again(step, 3)),
		[event(9, { trial: "another" })],
		[again(5, 4)],
	].flat();
	const resumed = reports([attempts]);
	resumed.reports.take(event(6), 0);
	expect(resumed.watch.evaluations.map(({ step, metrics }) => [step, metrics["validation.loss"]])).toEqual([
		[1, 2],
		[2, 2],
		[3, 3],
		[4, 3],
		[5, 4],
		[6, 1],
	]);
});

describe("how many looks are settled", () => {
	const settledAfter = (...events: readonly TrainingEvent[]) => {
		const { watch, reports: taken } = reports();
		const counts = events.map((one) => {
			taken.take(one, 0);
			return taken.settledLooks;
		});
		return { counts, watch };
	};
	const loss = (step: number, value: number) => event(step, { metrics: { "train.loss": value } });

	test("all but the last, which may be added to until something of a later step comes", () => {
		const { counts, watch } = settledAfter(event(1), loss(1, 3), event(2), loss(3, 2), event(3), event(4));
		expect(counts).toEqual([0, 0, 1, 2, 2, 3]);
		expect(watch.evaluations[0].metrics).toEqual({ "validation.loss": 1, "train.loss": 3 });
	});

	test("a gradient of a later step leaves the last open; what is reported of the step after that closes it", () => {
		expect(settledAfter(event(1), event(2, { metrics: {}, gradient: norms }), event(3)).counts).toEqual([0, 0, 1]);
	});

	test("a report that is no look closes the look before it", () => {
		// Looks are due after steps 1 to 20 and then about every 5 %: one at 41 is none after one at 40.
		expect(settledAfter(event(40), event(41), event(42)).counts).toEqual([0, 1, 1]);
	});

	test("all, once the trial is over", () => {
		const { counts, watch } = settledAfter(event(1), event(2, { metrics: { "validation.loss": 0.05 } }));
		expect(watch.ended?.outcome).toBe("reached");
		expect(counts).toEqual([0, 2]);
	});
});

test.each([
	{ step: 1.5 },
	{ step: 1e308 },
	{ step: -1 },
	{ step: Number.NaN },
	{ epoch: 1e300 },
	{ examples: 1e300 },
	{ epoch: Number.POSITIVE_INFINITY },
])("a place that is none fails the trial, and leaves nothing behind that can't be stored: %o", (place) => {
	const { watch, reports: one } = reports();
	one.take(event(1, { gradient: norms }), 1000);
	one.take(event(0, { place, gradient: norms, seconds: 1 }), 2000);
	expect(watch.ended).toMatchObject({ outcome: "failed", message: expect.stringMatching(/^an event is at (step|epoch|examples) /) });
	expect(one.gradients.map(({ step }) => step)).toEqual([1]);
	expect(one.clock(0)).toEqual({ steps: 1, seconds: 1, startUp: true });
});
