import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveInput } from "./resolve-input.js";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-flags-"));
beforeAll(() => writeFileSync(join(folder, "train.js"), "console.log(process.argv)"));
afterAll(() => rmSync(folder, { recursive: true }));

const study = (flags: object, rest: object = {}) =>
	resolveInput(
		{
			version: 1,
			workload: { command: ["node", "train.js", "{batchSize}", "{learningRate}", "{gain}", "{warmup}"] },
			goal: { metric: "validation.loss", atMost: 0.01 },
			batchSizes: [8, 32],
			tune: { flags },
			...rest,
		},
		folder,
	);

test("values of placeholders, each once", async () => {
	expect((await study({ gain: [1, 3, 1], warmup: [0] })).tune.flags).toEqual({ gain: [1, 3], warmup: [0] });
});

const both = { gain: [1, 3], warmup: [0] };
test.each([
	[{ gain: [1] }, {}, "unknown placeholder {warmup}"],
	[{ ...both, beta: [0.9] }, {}, "tune.flags.beta: no {beta} in the command"],
	[{ ...both, warmup: [0, "soon"] }, {}, 'tune.flags.warmup[1]: found "soon", expected a number'],
	[{ ...both, warmup: [] }, {}, "tune.flags.warmup"],
	[{ ...both, batchSize: [8] }, {}, "tune.flags.batchSize: {batchSize} stands for what Sweetspot sets"],
	[{ ...both, momentum: [0.9] }, {}, "tune.flags.momentum: list its values in `tune.momentum`"],
	[{ gain: [1, 2, 3, 4, 5], warmup: [0, 1, 2, 3, 4] }, {}, "25 combinations with the other values in `tune`, expected at most 24"],
	[both, { baseline: { batchSize: 8, learningRate: 0.1, flags: { gain: 1 } } }, "baseline.flags.warmup: missing"],
	[
		both,
		{ workload: { data: { blobs: { examples: 300 } }, model: [{ dense: 3 }] } },
		"tune.flags: they are placeholders in a script's command",
	],
])("what is wrong with %j is said before any trial", async (flags, rest, message) => {
	await expect(study(flags, rest)).rejects.toMatchObject({ detail: expect.stringContaining(message) });
});
