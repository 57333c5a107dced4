import { expect, test } from "vitest";
import { failureKind } from "./failure-kind.js";

test.each([
	['validation.accuracy is "32.9 %", expected a share from 0 to 1', 'validation.accuracy is "…", expected a share from … to …'],
	[
		"train.loss was reported twice after step 47, as 1.082064 and -1.5e-7: one process should report",
		"train.loss was reported twice after step …, as … and …: one process should report",
	],
	["step 3 was reported after step 5: steps must go forwards", "step … was reported after step …: steps must go forwards"],
	["it was ended by SIGUSR1\nthe last line 5", "it was ended by SIGUSR1"],
	["exit code 2\nthe last line", "exit code 2"],
])("%j", (message, kind) => expect(failureKind(message)).toBe(kind));

test("exit codes are kinds of their own, and no message is one as well", () => {
	expect(failureKind("exit code 1")).not.toBe(failureKind("exit code 2"));
	expect(failureKind(null)).toBe("");
});
