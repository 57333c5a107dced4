import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleStudy } from "../../../test/fixtures/example-study.js";
import type { Evaluation, FinishedTrial } from "../../core/trial.js";
import { readTable } from "../../data/csv/reader.js";
import { csvLines } from "./csv.js";
import { jsonParts } from "./json.js";

const { stored, trials } = exampleStudy("one missing", "digits");
const [first] = trials;
const withResult = (change: Partial<FinishedTrial["result"]>): FinishedTrial => ({ ...first, result: { ...first.result, ...change } });
const records = (of: readonly FinishedTrial[]) => {
	const { columns, rows } = readTable(new TextEncoder().encode([...csvLines(of)].join("")), "t.csv", "comma");
	return [...rows].map(({ fields }) => Object.fromEntries(fields.map((field, i) => [columns[i], field])));
};

describe("csvLines", () => {
	test("has a line for each evaluation (here: each with a loss), with the trial's key and numbers that read back the same", () => {
		const looks = trials
			.flatMap(({ spec, result }) => result.evaluations.map((look) => ({ spec, look })))
			.filter(({ look }) => "validation.loss" in look.metrics);
		const lines = records(trials).filter((line) => line["validation.loss"] !== "");
		expect(lines.length).toBe(looks.length);
		for (const [i, { spec, look }] of looks.entries()) {
			const { phase, batch_size, learning_rate, seed_index, seed, cap, step, examples } = lines[i];
			const key = [phase, ...[batch_size, learning_rate, seed_index, seed, cap].map(Number)];
			expect(key).toEqual([spec.phase, spec.batchSize, spec.learningRate, spec.seedIndex, spec.seed, spec.cap]);
			expect([Number(step), Number(examples)]).toEqual([look.step, look.examples]);
			expect(Number(lines[i]["validation.loss"])).toBe(look.metrics["validation.loss"]);
		}
	});

	test("has columns for what the study recorded, last, the layers by number", () => {
		const recorded = { sharpness: 3, "distance.10": 1.5, "distance.2": 0.5, distance: 2 };
		const look: Evaluation = { step: 3, examples: 12, metrics: { "validation.loss": 2 }, recorded };
		const [line] = records([withResult({ steps: 3, evaluations: [look] })]);
		expect(Object.entries(line).slice(-5)).toEqual([
			["validation.loss", "2"],
			["distance", "2"],
			["distance.2", "0.5"],
			["distance.10", "1.5"],
			["sharpness", "3"],
		]);
	});

	test("includes trials that ended between looks, or before the first", () => {
		const look: Evaluation = { step: 3, examples: 12, metrics: { "validation.loss": 2 } };
		const ended = { outcome: "diverged", steps: 5, examples: 20 } as const;
		expect(records([withResult({ ...ended, evaluations: [look] })]).map((line) => [line.step, line["validation.loss"]])).toEqual([
			["3", "2"],
			["5", ""],
		]);
		expect(records([withResult({ ...ended, evaluations: [] })])).toMatchObject([{ step: "5", examples: "20", outcome: "diverged" }]);
	});
});

describe("jsonParts", () => {
	const documentOf = (of: readonly FinishedTrial[]): unknown =>
		JSON.parse(
			[...jsonParts({ stored, calibration: null, extensions: [{ batchSize: 4, trials: 2 }], testResults: [], trials: of })].join(""),
		);

	test("has the study, and every trial as it is stored", () => {
		const { study, trials: _, ...columns } = stored;
		expect(documentOf(trials)).toEqual({
			schemaVersion: 1,
			study: { ...columns, settings: study },
			calibration: null,
			extensions: [{ batchSize: 4, trials: 2 }],
			testResults: [],
			trials,
		});
	});

	test("loses no bit of any number", () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (loss) => {
				const evaluations = [{ step: 1, examples: 1, metrics: { "train.loss": loss } }];
				const read = documentOf([withResult({ evaluations })]) as {
					trials: [{ result: { evaluations: [{ metrics: Record<string, number> }] } }];
				};
				expect(Object.is(read.trials[0].result.evaluations[0].metrics["train.loss"], loss)).toBe(true);
			}),
		);
	});

	test("has a word for what JSON has no number for", () => {
		const probes = [
			{ step: 1, groupSize: 2, squaredNormSums: [Number.POSITIVE_INFINITY, Number.NaN], gram: [1, 2, 3, Number.NEGATIVE_INFINITY] },
		];
		expect(documentOf([withResult({ probes })])).toMatchObject({
			trials: [{ result: { probes: [{ squaredNormSums: ["Infinity", "NaN"], gram: [1, 2, 3, "-Infinity"] }] } }],
		});
	});
});
