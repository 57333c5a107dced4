import { expect, test } from "vitest";
import { commandOf } from "./command-of.js";

test("commandOf", () => {
	expect(commandOf("About 7 more trials would try it: sweetspot tune --continue digits-3f9a --budget 7")).toEqual({
		text: "About 7 more trials would try it:",
		command: "sweetspot tune --continue digits-3f9a --budget 7",
	});
	expect(commandOf("Lower the goal: goal.atLeast is 0.95.")).toEqual({ text: "Lower the goal: goal.atLeast is 0.95.", command: null });
});
