import { expect, test } from "vitest";
import { FindingsQueue, type Standing } from "./findings-queue.js";

const nothing: Standing = { summary: undefined, whole: undefined };
const listed = { token: "1", whole: false };

/** The studies in the order in which they are computed, all at once. */
function orderOf(queue: FindingsQueue, standing: (study: string) => Standing = () => nothing): readonly string[] {
	const order: string[] = [];
	for (;;) {
		const next = queue.next(0, standing);
		if (next === null || typeof next === "number") return order;
		order.push(next.study);
		queue.remove(next.study, next.wanted);
	}
}

test("what is looked at goes first, then complete studies, then one that runs", () => {
	const queue = new FindingsQueue();
	queue.add("runs", { ...listed, isRunning: true });
	for (const study of ["complete", "interrupted"]) queue.add(study, { ...listed, isRunning: false });
	queue.add("looked at", { token: "1", whole: true, isRunning: false });
	expect(orderOf(queue)).toEqual(["looked at", "complete", "interrupted", "runs"]);
});

test("newer findings of a study that runs and is looked at wait for the first findings of the others", () => {
	const queue = new FindingsQueue();
	const long = { at: -100_000, took: 10 };
	queue.add("runs", { token: "2", whole: true, isRunning: true });
	queue.add("complete", { ...listed, isRunning: false });
	expect(orderOf(queue, (study) => (study === "runs" ? { summary: long, whole: long } : nothing))).toEqual(["complete", "runs"]);
});

test("a study that is only listed rests as well: four times as long as it took, at least a second", () => {
	const queue = new FindingsQueue();
	queue.add("runs", { ...listed, isRunning: true });
	const after = (took: number) => queue.next(10_000, () => ({ summary: { at: 10_000, took }, whole: undefined }));
	expect(after(20)).toBe(1000);
	expect(after(2000)).toBe(8000);
	expect(queue.next(18_000, () => ({ summary: { at: 10_000, took: 2000 }, whole: undefined }))).toMatchObject({ study: "runs" });
	// All of it is another question: who opens a study that was just listed doesn't wait.
	queue.add("runs", { token: "1", whole: true, isRunning: true });
	expect(after(2000)).toMatchObject({ study: "runs", wanted: { whole: true } });
});

test("what was asked for during a computation goes on waiting, and nothing waits that was not asked for", () => {
	const queue = new FindingsQueue();
	expect(queue.next(0, () => nothing)).toBeNull();
	queue.add("runs", { ...listed, isRunning: true });
	queue.add("runs", { token: "2", whole: false, isRunning: true });
	queue.remove("runs", listed);
	expect(queue.has("runs")).toBe(true);
	queue.add("runs", { token: "2", whole: true, isRunning: true });
	queue.remove("runs", { token: "2", whole: false });
	expect(queue.size).toBe(1);
	queue.remove("runs", { token: "2", whole: true });
	expect(queue.size).toBe(0);
});
