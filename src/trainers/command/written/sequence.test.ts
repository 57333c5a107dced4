import { expect, test } from "vitest";
import type { Written } from "./reader.js";
import { Sequence } from "./sequence.js";

const goal = "validation.loss";
const said = (step: number, metric: string): Written => ({
	event: { place: { step }, metrics: { [metric]: 1 }, gradient: null, seconds: null, trial: null },
	at: null,
});
function sequence(mayBeSeveral: boolean) {
	const passed: string[] = [];
	const one = new Sequence(
		goal,
		mayBeSeveral,
		({ step = Number.NaN }) => step,
		({ event }) => passed.push("wrong" in event ? event.wrong : `${event.place.step} ${Object.keys(event.metrics)}`),
	);
	const add = (...list: Written[]) => {
		for (const written of list) one.add(written);
	};
	return { one, add, passed };
}

test("one table's rows are passed on at once, as they stand", () => {
	const { one, add, passed } = sequence(false);
	add(said(5, "train.loss"));
	one.passOn(1);
	expect(passed).toEqual(["5 train.loss"]);
});

test("losses of training wait for the look between them, which another file has later", () => {
	const { one, add, passed } = sequence(true);
	add(said(1, "train.loss"), said(2, "train.loss"), said(3, "train.loss"));
	one.passOn(1);
	expect(passed).toEqual([]);
	add(said(2, goal));
	one.passOn(2);
	expect(passed).toEqual(["1 train.loss", "2 train.loss", `2 ${goal}`]);
	add(said(1, "train.loss"), said(2, "train.accuracy"));
	one.passOn(2);
	expect(passed.slice(3)).toEqual(["2 train.accuracy"]); // what lies behind is of no use any more
	one.passOnAll();
	expect(passed.slice(4)).toEqual(["3 train.loss"]);
});

test("no more than a thousand wait, and what is wrong doesn't", () => {
	const { one, add, passed } = sequence(true);
	add(said(1, "train.loss"), { event: { wrong: "damaged" }, at: null });
	one.passOn(2);
	expect(passed).toEqual(["damaged"]);
	add(...Array.from({ length: 1000 }, (_, i) => said(i + 2, "train.loss")));
	one.passOn(2);
	expect(passed.length).toBe(1002);
});
