import { expect, test } from "vitest";
import { liveMessagesOf } from "./live-messages.js";

const now = "2026-11-29T12:00:00.000Z";

test("who watches is warned of each pass of a timing, and its end is no pass", () => {
	const of = (done: number) => liveMessagesOf({ kind: "calibrating", done, total: 3 }, now);
	expect([0, 2].map(of)).toEqual([[{ kind: "timing" }], [{ kind: "timing" }]]);
	expect(of(3)).toEqual([]);
	expect(liveMessagesOf({ kind: "planned", trials: [] }, now)).toEqual([{ kind: "planned", trials: [], total: 0 }]);
});
