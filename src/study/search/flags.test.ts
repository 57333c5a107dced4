import { expect, test } from "vitest";
import { type Curve, closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { simulate } from "../../../test/fixtures/simulate.js";
import { tradeoffDesign } from "../designs.js";
import type { Study } from "../study.js";

test("flags are searched at every batch size: where another value is best at large ones, it is found there", () => {
	const study: Study = {
		...closedFormStudy(1024),
		batchSizes: [4, 256],
		tune: { learningRate: { from: 0.001, to: 10 }, flags: { warmup: [0, 40], cells: [1, 2] } },
	};
	const curve: Curve = {
		...{ minSteps: 60, critical: 32, bestAtOne: -8, noise: 0 },
		// A warm-up helps a large batch and delays a small one; two cells are always better.
		effect: ({ flags = {} }, batchSize) => ({
			slower: (flags.warmup > 0 === batchSize > 16 ? 1 : 1.6) * (flags.cells === 2 ? 1 : 1.4),
			higher: 0,
		}),
	};
	const answers = tradeoffDesign.answers(study, simulate(tradeoffDesign, study, curve));
	expect(answers.map(({ batchSize, flags }) => [batchSize, flags])).toEqual([
		[4, { warmup: 0, cells: 2 }],
		[256, { warmup: 40, cells: 2 }],
	]);
});
