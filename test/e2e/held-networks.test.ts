import { expect, test } from "vitest";
import { factsAbout } from "../../src/data/load.js";
import { resolveStudy } from "../../src/study/resolve.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { heldSentence } from "../../src/words/held.js";

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
