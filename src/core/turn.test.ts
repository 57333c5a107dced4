import { afterEach, describe, expect, test, vi } from "vitest";
import { turn } from "./turn.js";

afterEach(() => {
	vi.unstubAllGlobals();
});

describe.each([
	["where there is setImmediate, as in Node", () => {}],
	["where there is none, as in a browser", () => vi.stubGlobal("setImmediate", undefined)],
])("turn, %s", (_, prepare) => {
	test("lets a timer fire between two pieces of work", async () => {
		prepare();
		let fired = false;
		setTimeout(() => {
			fired = true;
		}, 5);
		let pieces = 0;
		// A thousand turns, which take 20 ms at most without work, and one piece of work of 10 ms: the timer is due after the first.
		for (; !fired && pieces < 1000; pieces++) {
			const until = performance.now() + 10;
			while (performance.now() < until);
			await turn();
		}
		// Due before the first turn; a second one may pass before the loop looks at its timers.
		expect(pieces).toBeLessThanOrEqual(3);
	});

	test("lets other work that is waiting for its own turn go on in between", async () => {
		prepare();
		const order: string[] = [];
		const work = async (name: string) => {
			for (let piece = 0; piece < 3; piece++) {
				order.push(name);
				await turn();
			}
		};
		await Promise.all([work("a"), work("b")]);
		expect(order).toEqual(["a", "b", "a", "b", "a", "b"]);
	});
});
