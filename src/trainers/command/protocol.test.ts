import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricNames } from "../../core/known-metrics.js";
import { notFinite, parseEvent } from "./protocol.js";

const event = (line: string) => {
	const parsed = parseEvent(line);
	if (parsed === null || "wrong" in parsed) throw new Error(`no event: ${line}`);
	return parsed;
};

describe("an event", () => {
	test("has a place, metrics, gradients, and the trial it is about", () => {
		expect(event('{"sweetspot":1,"step":100,"examples":3200,"metrics":{"train.loss":0.31},"trial":"a"}')).toEqual({
			place: { step: 100, examples: 3200 },
			metrics: { "train.loss": 0.31 },
			gradient: null,
			seconds: null,
			trial: "a",
		});
		const norms = { small: { batch: 32, squaredNorm: 0.52 }, big: { batch: 256, squaredNorm: 0.11 } };
		expect(event(`  ${JSON.stringify({ epoch: 1.5, gradient: norms, sweetspot: 1 })}\r`)).toEqual({
			place: { epoch: 1.5 },
			metrics: {},
			gradient: norms,
			seconds: null,
			trial: null,
		});
	});

	test.each([
		["Python's json", "NaN", Number.NaN],
		["Python's json", "Infinity", Number.POSITIVE_INFINITY],
		["Python's json", "-Infinity", Number.NEGATIVE_INFINITY],
		["a word", '"nan"', Number.NaN],
		["a word", '"-inf"', Number.NEGATIVE_INFINITY],
		["JavaScript's JSON", "null", Number.NaN],
	])("may have a metric that is no finite number, as %s writes it: %s", (_, written, value) => {
		expect(event(`{"sweetspot":1,"step":1,"metrics":{"NaN \\" loss":1,"train.loss":${written}}}`).metrics).toEqual({
			'NaN " loss': 1,
			"train.loss": value,
		});
	});

	test("of a gradient that isn't finite has none: the loss will tell", () => {
		expect(
			event('{"sweetspot":1,"step":1,"gradient":{"small":{"batch":1,"squaredNorm":NaN},"big":{"batch":2,"squaredNorm":1}}}').gradient,
		).toBeNull();
	});

	test.each([
		"",
		"step 3",
		"{}",
		"[1]",
		'{"step":1,"metrics":{}}',
		'{"loss": 1, "note": "\\"sweetspot\\""}',
		'{ "sweetspot": broken',
		`{"sweetspot":1,"step":1,"note":"${"x".repeat(70_000)}"}`,
	])("isn't any other line: %.40s", (line) => expect(parseEvent(line)).toBeNull());

	test.each([
		['{"sweetspot":1,"st', /^a line begins as an event and is no JSON/],
		['{"sweetspot":2,"step":1}', /^it speaks version 2 of the protocol, expected 1$/],
		['{"sweetspot":"1","step":1}', /^it speaks version "1" of the protocol/],
		['{"sweetspot":1}', /^an event has neither step, epoch nor examples/],
		['{"sweetspot":1,"step":-1}', /^an event's step is -1, expected a number$/],
		['{"sweetspot":1,"step":"3"}', /^an event's step is "3", expected a number$/],
		['{"sweetspot":1,"step":1,"metrics":[1]}', /^an event's metrics are \[1\]/],
		['{"sweetspot":1,"step":1,"trial":7}', /^an event's trial is 7/],
		['{"sweetspot":1,"step":1,"gradient":{"small":{"batch":8,"squaredNorm":1}}}', /^an event's gradient is /],
		[
			'{"sweetspot":1,"step":1,"gradient":{"small":{"batch":8,"squaredNorm":1},"big":{"batch":8,"squaredNorm":1}}}',
			/the first of the smaller batch$/,
		],
		['{"sweetspot":1,"step":1e308}', /^an event's step is 1e\+308, expected a number$/],
		['{"sweetspot":1,"step":1,"seconds":1e999}', /^an event's seconds is null, expected a number$/],
		['{"sweetspot":1,"step":1,"metrics":{"train.loss":{"toString":1}}}', /^an event's train.loss is \{"toString":1\}, expected a number$/],
		['{"sweetspot":1,"step":1,"metrics":{"train.loss":true}}', /^an event's train.loss is true, expected a number$/],
	])("that can't be read says why: %s", (line, why) => expect(parseEvent(line)).toEqual({ wrong: expect.stringMatching(why) }));
});

test.each([
	(nest: string) => `{"sweetspot":${nest},"step":1}`,
	(nest: string) => `{"sweetspot":1,"step":${nest}}`,
	(nest: string) => `{"sweetspot":1,"step":1,"metrics":${nest}}`,
	(nest: string) => `{"sweetspot":1,"step":1,"metrics":{"train.loss":${nest}}}`,
	(nest: string) => `{"sweetspot":1,"step":1,"gradient":${nest}}`,
	(nest: string) => `{"sweetspot":1,"step":1,"trial":${nest}}`,
])("an event nested thousands of levels deep is a wrong one: %o", (line) => {
	for (const [open, close] of [
		["[", "]"],
		['{"a":', "}"],
	])
		for (const depth of [5000, 9000])
			expect(parseEvent(line(`${open.repeat(depth)}1${close.repeat(depth)}`))).toEqual({ wrong: expect.stringContaining("nested") });
});

describe("fuzzed", () => {
	test("no line makes the parser throw, and what it takes for an event has the shape of one", () => {
		const json = fc.jsonValue({ maxDepth: 3 });
		const mutated = fc
			.tuple(
				fc.record(
					{
						sweetspot: fc.oneof(fc.constant(1), json),
						step: json,
						epoch: json,
						examples: json,
						metrics: json,
						gradient: json,
						trial: json,
					},
					{ requiredKeys: ["sweetspot"] },
				),
				fc.nat(200),
				fc.string({ unit: "binary", maxLength: 5 }),
			)
			.map(([value, at, noise]) => {
				const line = JSON.stringify(value);
				return line.slice(0, at % (line.length + 1)) + noise + line.slice(at % (line.length + 1));
			});
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), mutated), (line) => {
				const parsed = parseEvent(line);
				if (parsed === null) return;
				if ("wrong" in parsed) {
					expect(parsed.wrong.length).toBeLessThan(500);
					return;
				}
				const { place, gradient, trial } = parsed;
				expect(Object.keys(place).length).toBeGreaterThan(0);
				for (const counter of Object.values(place)) expect(counter).toBeGreaterThanOrEqual(0);
				if (gradient) expect(gradient.small.batch).toBeLessThan(gradient.big.batch);
				expect(trial === null || typeof trial === "string").toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});

	test("everything that is written as an event is read back, with any numbers", () => {
		const metrics = fc.dictionary(fc.constantFrom(...metricNames), fc.double(), { noNullPrototype: true });
		fc.assert(
			fc.property(fc.maxSafeNat(), metrics, (step, values) => {
				// As Python writes it.
				const members = Object.entries(values).map(([name, value]) => `"${name}": ${Object.is(value, -0) ? "-0.0" : value}`);
				expect(event(`{"sweetspot": 1, "step": ${step}, "metrics": {${members.join(", ")}}}`)).toEqual({
					place: { step },
					metrics: values,
					gradient: null,
					seconds: null,
					trial: null,
				});
			}),
		);
	});
});

test("words for what is no finite number, and no others", () => {
	expect(["nan", "NaN", "inf", "-inf", "+Infinity", "-Infinity", "banana", "infinite", ""].map(notFinite)).toEqual([
		Number.NaN,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		null,
		null,
		null,
	]);
});
