import { expect, test } from "vitest";
import type { CommandWorkload } from "../study/workloads/command/workload.js";
import { heldSentence } from "./held.js";

const workload: CommandWorkload = { command: ["train"], directory: "/", grace: 2 };
const hold = { warmupSteps: { examples: 100_000 }, beta2: { halfLife: 1024 } };

test("names the values to type at the recommended batch size, and what they are held at", () => {
	expect(heldSentence({ workload: { ...workload, hold } }, { batchSize: 1024 })).toBe(
		"At batch size 1,024 use beta2 0.5 (held at a half-life of 1,024 examples) and warmupSteps 98 (held at 100,000 examples).",
	);
	expect(heldSentence({ workload: { ...workload, hold } }, { batchSize: null })).toBeNull();
	expect(heldSentence({ workload }, { batchSize: 8 })).toBeNull();
});
