import { expect, test } from "vitest";
import type { TrainingEvent } from "../../trainers/command/protocol.js";
import { countsEpochsAlone, describeFigures, figuresIn, suggestedGoal, writtenGoal } from "./figures.js";

const reported = (place: TrainingEvent["place"], metrics: TrainingEvent["metrics"]): TrainingEvent => ({
	place,
	metrics,
	gradient: null,
	seconds: null,
	trial: null,
});

test("the figures that goals can be on, as they were reported last, held-out ones first", () => {
	const figures = figuresIn([
		reported({ step: 1 }, { "train.loss": 2, "validation.accuracy": 0.5 }),
		reported({ step: 2000 }, { "train.loss": 3, "test.accuracy": 0.5 }),
		reported({ step: 2001 }, { "train.loss": Number.NaN, "validation.loss": "high" }),
	]);
	expect(describeFigures(figures)).toBe("validation.accuracy (0.5 after 1 step), train.loss (3 after 2,000 steps)");
	expect(figures.map(({ best }) => best)).toEqual([0.5, 2]);
	expect(figuresIn([reported({ step: 1 }, { "test.loss": 1 })])).toEqual([]);
});

test("what a run can reach is what it held for a few reports, and no single lucky one", () => {
	const accuracies = [0.5, 0.7, 0.8, 0.99, 0.81, 0.8, 0.82, 0.84, 0.83, 0.82];
	const [figure] = figuresIn(accuracies.map((value, i) => reported({ step: i + 1 }, { "validation.accuracy": value })));
	expect(figure.best).toBe(0.83);
	expect(suggestedGoal(figure)).toEqual({ metric: "validation.accuracy", atLeast: 0.83 });
});

test("metrics of the script's own come behind held-out ones, before those of training; unclear ones last", () => {
	const metrics = { quux: 1, "train.loss": 2, f1: 0.5, "validation.loss": 1, "test.f1": 0.4 };
	expect(figuresIn([reported({ step: 1 }, metrics)]).map(({ metric, direction }) => [metric, direction])).toEqual([
		["validation.loss", "lower"],
		["f1", "higher"],
		["train.loss", "lower"],
		["quux", null],
	]);
});

test("precision and recall come behind F1, which weighs both", () => {
	const figures = figuresIn([reported({ step: 1 }, { precision: 0.9, recall: 0.5, "val/recall@10": 0.6, f1: 0.64 })]);
	expect(figures.map(({ metric }) => metric)).toEqual(["f1", "precision", "recall", "val/recall@10"]);
});

test("epochs alone", () => {
	expect(countsEpochsAlone(figuresIn([reported({ epoch: 1 }, { "train.loss": 1 })]))).toBe(true);
	expect(countsEpochsAlone(figuresIn([reported({ epoch: 1, step: 20 }, { "train.loss": 1 })]))).toBe(false);
});

test.each([
	["validation.accuracy", 0.9187, "validation.accuracy>=0.91"],
	["validation.accuracy", 0, "validation.accuracy>=0.01"],
	["train.accuracy", 0.9984, "train.accuracy>=0.99"],
	["train.accuracy", 1, "train.accuracy>=0.99"],
	["validation.loss", 2.31, "validation.loss<=2.4"],
	["train.loss", 0.0312, "train.loss<=0.032"],
	["train.loss", 0, "train.loss<=0"],
	["train.loss", -3.14, "train.loss<=-3.1"],
	["eval/f1", 0.8371, "eval/f1>=0.83"],
	["perplexity", 30.21, "perplexity<=31"],
	["return", -112.4, "return>=-120"],
	["token_error_rate", 0.171, "token_error_rate<=0.18"],
	["quux", 3, null],
])("of %s %f it suggests %s", (metric, value, goal) => {
	const [figure] = figuresIn([reported({ step: 1 }, { [metric]: value })]);
	const suggested = suggestedGoal(figure);
	expect(suggested && writtenGoal(suggested)).toBe(goal);
});
