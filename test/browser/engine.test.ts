import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveInput } from "../../src/api/resolve-input.js";
import type { TrialSpec } from "../../src/core/trial.js";
import { trainerFor } from "../../src/trainers/create.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf, trialSpec } from "../fixtures/oracle-study.js";
import { chromiumPath } from "./chromium.js";
import { enginePage } from "./engine/host.js";
import type { PageApi } from "./engine/page.js";
import { weightDigests } from "./engine/runs.js";

declare const sweetspot: PageApi;

const study = await resolveInput(
	{
		version: 1,
		workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }] },
		goal: { metric: "validation.accuracy", atLeast: 0.9 },
	},
	".",
);
const trial: TrialSpec = trialSpec({ batchSize: 32, learningRate: 0.125, seed: 5, cap: 300, probe: true, curves: true });
/** Never ends by itself. */
const endless: TrialSpec = { ...trial, until: "cap", cap: 2 ** 40, probe: false };

describe.skipIf(!chromiumPath).each(["isolated", "plain"] as const)(
	"the engine in a Chromium worker, in a page that is %s (needs chromium)",
	(kind) => {
		let host: Awaited<ReturnType<typeof enginePage>>;
		beforeAll(async () => {
			host = await enginePage(kind);
		});
		afterAll(() => host?.close());

		test("gives every weight the same bits as in Node", async () => {
			const { digests, isolated } = await host.page.evaluate(() => sweetspot.digests());
			expect(isolated).toBe(kind === "isolated");
			expect(digests).toEqual(weightDigests());
			expect(new Set(Object.values(digests)).size).toBe(20);
		});

		test("trains a whole trial to the same result: looks, crossing, and noise probes", async () => {
			const { result } = await host.page.evaluate(([study, trial]) => sweetspot.train(study, trial, false), [study, trial] as const);
			const { seconds: _, ...inNode } = await resultOf(await trainerFor(study, readBytes), trial);
			expect(inNode.outcome).toBe("reached");
			expect(result).toMatchObject(inNode);
		});

		test(`stops when it is asked to, ${kind === "isolated" ? "by shared memory" : "by a message"}`, async () => {
			const { result, shared } = await host.page.evaluate(([study, trial]) => sweetspot.train(study, trial, true), [
				study,
				endless,
			] as const);
			expect(shared).toBe(kind === "isolated");
			expect(result.outcome).toBe("cancelled");
			expect(result.steps).toBeGreaterThan(0);
			expect(host.complaints).toEqual([]);
		});
	},
);
