import { expect, test } from "vitest";
import type { Tools } from "../experiment.js";
import { Shared } from "./shared.js";

const toolsOf = (): Tools => ({ read: async () => new Uint8Array() });

test("what is opened for a key serves all tasks with the same tools, and no others", async () => {
	const shared = new Shared<object>();
	let opened = 0;
	const open = async () => ({ place: opened++ });
	const [one, other] = [toolsOf(), toolsOf()];
	// At the same time as well: the second doesn't open again while the first still does.
	const [first, again] = await Promise.all([shared.of(one, "a", open), shared.of(one, "a", open)]);
	expect(again).toBe(first);
	expect(await shared.of(one, "b", open)).not.toBe(first);
	expect(await shared.of(other, "a", open)).not.toBe(first);
	expect(opened).toBe(3);
});
