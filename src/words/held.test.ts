import { expect, test } from "vitest";
import { factsAbout } from "../data/load.js";
import { resolveStudy } from "../study/resolve.js";
import type { CommandWorkload } from "../study/workloads/command/workload.js";
import { readBytes } from "../trainers/read-bytes.js";
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

test("of our own networks, what they hold in examples", async () => {
	const optimizer = { name: "adam", beta2: { halfLife: 64 } };
	const schedule = { warmUp: { examples: 640 } };
	const study = async (more: object) =>
		await resolveStudy(
			{
				version: 1,
				workload: { data: { blobs: { examples: 60 } }, model: [{ dense: 3 }], ...more },
				goal: { metric: "train.loss", atMost: 0 },
			},
			(source) => factsAbout(source, readBytes),
		);
	expect(heldSentence(await study({ optimizer, schedule }), { batchSize: 64 })).toBe(
		"At batch size 64 use beta2 0.5 (held at a half-life of 64 examples) and warm-up steps 10 (held at 640 examples).",
	);
	expect(heldSentence(await study({ optimizer: { name: "adam" }, schedule: { warmUp: { epochs: 1 } } }), { batchSize: 64 })).toBeNull();
	await expect(study({ optimizer, schedule: { batchSize: { doubling: { epochs: 1 } } }, objective: "cheapest" })).rejects.toThrow(
		"workload.optimizer.beta2: its half-life follows one batch size",
	);
	await expect(study({ optimizer: { name: "adam", beta2: { halfLife: 0 } } })).rejects.toThrow("workload.optimizer.beta2");
});
