import fc from "fast-check";
import { expect, test } from "vitest";
import { ReportWatch } from "../report-watch.js";
import type { TrainingEvent } from "./protocol.js";
import { Reports } from "./reports.js";

const facts = { features: 1, classes: 2, train: 100, validation: 10, test: 0, sha256: "" };
const study = { goal: { metric: "validation.loss", atMost: 0.1 }, looks: { ratio: 1.05, examples: 100 }, data: facts } as const;
const spec = { batchSize: 10, until: "goal", phase: "ladder" } as const;

function watched(cap: number) {
	const watch = new ReportWatch(study, { ...spec, cap });
	return { watch, reports: new Reports(watch, study, { ...spec, cap }, "its name") };
}

const event = (step: number, metrics: TrainingEvent["metrics"]): TrainingEvent => ({
	place: { step },
	metrics,
	gradient: null,
	seconds: null,
	trial: null,
});

/** Steps that go forwards, some reported in two lines, most with the goal's metric. */
const scripts = fc
	.array(
		fc.record({
			ahead: fc.integer({ min: 1, max: 9 }),
			loss: fc.oneof(
				{ weight: 20, arbitrary: fc.double({ min: 0.05, max: 2, noNaN: true }) },
				{ weight: 1, arbitrary: fc.constant(Number.NaN) },
			),
			kind: fc.constantFrom("loss", "loss", "loss", "both", "accuracy"),
		}),
		{ minLength: 1, maxLength: 60 },
	)
	.map((said) => {
		let step = 0;
		return said.flatMap(({ ahead, loss, kind }) => {
			step += ahead;
			const accuracy = event(step, { "validation.accuracy": 0.5 });
			return kind === "accuracy" ? [accuracy] : [event(step, { "validation.loss": loss }), ...(kind === "both" ? [accuracy] : [])];
		});
	});

test("a run that goes on from cap to cap has the result that it has with the last one from the beginning", () => {
	fc.assert(
		fc.property(scripts, fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 5 }), (said, drawn) => {
			const caps = [...drawn].sort((a, b) => a - b);
			const parts = watched(caps[0]);
			const left = [...said];
			for (const cap of caps) {
				if (cap > caps[0]) parts.reports.goOn(cap);
				// A script is stopped a while after the report that ended its trial.
				for (let after = 0; left.length > 0 && after < 3; ) {
					const [next] = left.splice(0, 1);
					parts.reports.take(next, 0);
					if (parts.watch.ended) after++;
				}
				parts.reports.pause();
				if (left.length === 0) parts.reports.returned(null);
				const whole = watched(cap);
				for (const one of said) whole.reports.take(one, 0);
				whole.reports.returned(null);
				expect(parts.watch.result(0)).toEqual(whole.watch.result(0));
				if (!parts.reports.mayGoOn) break;
			}
		}),
		{ numRuns: 500 },
	);
});

test("what its result had is not changed by going on", () => {
	const { watch, reports } = watched(2);
	reports.take(event(1, { "validation.loss": 1 }), 0);
	reports.take(event(2, { "validation.loss": 1 }), 0);
	const first = watch.result(0);
	reports.goOn(3);
	reports.take(event(3, { "validation.loss": 1 }), 0);
	expect(first.evaluations.length).toBe(2);
	expect(watch.result(0)).toMatchObject({ outcome: "missed", steps: 3 });
});

test("seconds leave out what lies between the last line before a stop and the first after it, by either clock", () => {
	const own = (step: number, seconds: number): TrainingEvent => ({ ...event(step, { "validation.loss": 1 }), seconds });
	const { reports } = watched(5);
	reports.take(own(1, 1), 1000);
	reports.take(own(5, 5), 5000);
	reports.take(own(6, 6), 6000);
	reports.pause();
	reports.goOn(20);
	reports.take(own(7, 1000), 9000);
	reports.take(own(20, 1013), 22_000);
	expect(reports.clock(0)).toEqual({ steps: 18, seconds: 18, startUp: false });
});
