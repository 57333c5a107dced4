import { expect, test } from "vitest";
import { tune } from "../../dist/index.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import type { StudyInput } from "../../src/study/schema.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { chromiumPath } from "./chromium.js";
import { enginePage } from "./engine/host.js";
import type { PageApi } from "./engine/page.js";
import { runWholeStudy } from "./engine/study.js";

declare const sweetspot: PageApi;

/** Small, but with all phases of a search at every batch size: 120 trials in two seconds. */
const input: StudyInput = {
	version: 1,
	workload: {
		data: { blobs: { examples: 300, classes: 3, features: 2, spread: 2 } },
		model: [{ dense: 8 }, "tanh", { dense: 3 }],
		optimizer: { name: "sgd", momentum: 0.9 },
	},
	goal: { metric: "validation.loss", atMost: 0.2 },
	batchSizes: [4, 32, "full"],
	limits: { epochs: 20, steps: 400 },
};
const study = await resolveInput(input, ".");
const interruptAfter = 12;

test.skipIf(!chromiumPath)(
	"a whole study in a Chromium worker, interrupted once, has the digest of one in Node's worker threads (needs chromium)",
	async () => {
		const { study: stored, findings } = await tune(input, { store: null, workers: 2 }).answer;
		const { digest, trials } = stored;
		const medianSteps = findings.tradeoff.map(({ steps }) => steps.median);
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		expect(trials).toBeGreaterThan(3 * interruptAfter);
		expect(medianSteps.every((median) => median !== null)).toBe(true);
		const expected = { ends: ["interrupted", "complete"], trials, digest, medianSteps };
		expect(await runWholeStudy(study, readBytes, interruptAfter)).toEqual(expected);
		// As most pages are: without shared memory, and with a clock of 0.1 ms.
		const host = await enginePage("plain");
		try {
			const run = await host.page.evaluate(([study, after]) => sweetspot.study(study, after), [study, interruptAfter] as const);
			expect(run).toEqual(expected);
			expect(host.complaints).toEqual([]);
		} finally {
			await host.close();
		}
	},
	120_000,
);
