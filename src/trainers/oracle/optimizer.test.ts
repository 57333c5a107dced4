import { expect, test } from "vitest";
import { referencePass, relativeDistance } from "../../../test/engine/reference-network.js";
import { pytorch, pytorchNetwork, rateOfStep } from "../../../test/fixtures/pytorch/optimizers.js";
import { clip } from "./gradient.js";
import { oracleOptimizer } from "./optimizer.js";

const examples = pytorch.labels.map((label, i) => ({
	features: pytorch.features.slice(i * pytorch.inputs, (i + 1) * pytorch.inputs),
	label,
}));

test.each(pytorch.cases.map((made) => [made.name, made] as const))("ten steps are PyTorch's: %s", (_, made) => {
	const weights = Float64Array.from(pytorch.initial);
	const optimizer = oracleOptimizer(made.optimizer, weights.length, 1);
	optimizer.reset();
	for (const [i, batch] of pytorch.batches.entries()) {
		const { gradient } = referencePass(
			pytorchNetwork,
			weights,
			batch.map((example) => examples[example]),
		);
		if (made.clipNorm !== undefined) clip(gradient, made.clipNorm);
		optimizer.step(weights, gradient, rateOfStep(made, i + 1));
		// Both in double precision: some ten roundings of 1.1e-16 a step. Measured: 2.7e-15 at most.
		const expected = made.parameters[i + 1];
		if (expected) expect(relativeDistance(weights, expected)).toBeLessThan(1e-14);
	}
});
