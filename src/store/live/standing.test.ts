import { expect, test } from "vitest";
import type { LiveMessage } from "../../study/live-event.js";
import { Standing } from "./standing.js";

test("a new reader hears the last message of each kind in the order in which they came: a timing after the plan goes on", () => {
	const plan: LiveMessage = { kind: "planned", trials: [], total: 0 };
	const kindsAfter = (...messages: readonly LiveMessage[]) => {
		const standing = new Standing();
		for (const message of messages) standing.add(message);
		return [...standing.lines(10_000).matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind);
	};
	expect(kindsAfter({ kind: "timing" }, plan)).toEqual(["timing", "planned"]);
	expect(kindsAfter({ kind: "timing" }, plan, { kind: "timing" })).toEqual(["planned", "timing"]);
});
