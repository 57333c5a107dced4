import { expect, test } from "vitest";
import { listed } from "./listed.js";

test("listed", () => {
	expect([[], ["16"], ["16", "32"], ["16", "32", "64"]].map(listed)).toEqual(["", "16", "16 and 32", "16, 32 and 64"]);
});
