import { describe, expect, test } from "vitest";
import { relativeDistance } from "../../../test/engine/reference-network.js";
import { pytorch, pytorchNetwork, rateOfStep } from "../../../test/fixtures/pytorch/optimizers.js";
import { Engine } from "../engine.js";

type Case = (typeof pytorch.cases)[number];

/** Trains the case's ten steps in the engine; `whole` keeps the gradient until all of it is there. */
function train(made: Case, { whole }: { readonly whole: boolean }) {
	const engine = Engine.create();
	const { inputs, labels } = pytorch;
	const set = engine.load({
		features: Float32Array.from(pytorch.features),
		labels: Int32Array.from(labels),
		count: labels.length,
		width: inputs,
	});
	const network = engine.build(pytorchNetwork);
	const optimizer = engine.optimizer(network, made.optimizer);
	const clip = made.clipNorm === undefined ? {} : { clipNorm: made.clipNorm };
	const step = engine.trainingStep(network, optimizer, set, { gradientNorm: whole, ...clip });
	network.parameters.set(pytorch.initial);
	return pytorch.batches.map((batch, i) => {
		step.indices.set(batch);
		const { loss, squaredNorm } = step.run(batch.length, rateOfStep(made, i + 1));
		return { loss, squaredNorm, parameters: Float32Array.from(network.parameters) };
	});
}

describe("ten steps are PyTorch's", () => {
	test.each(pytorch.cases.map((made) => [made.name, made] as const))("%s", (_, made) => {
		const steps = train(made, { whole: true });
		for (const [i, { loss, squaredNorm }] of steps.entries()) {
			expect(Math.abs(loss - made.losses[i])).toBeLessThan(2e-6);
			expect(Math.abs(Math.sqrt(squaredNorm) / made.gradientNorms[i] - 1)).toBeLessThan(1e-5);
		}
		// PyTorch worked in double precision, so all of it is our rounding, 6e-8 an operation, some ten operations a step, ten steps. Adam and
		// RMSProp
		// divide by the root of a gradient's square, and a parameter whose gradient is near zero then moves by its rounding. Measured: 4.4e-7
		// at most.
		for (const [step, parameters] of Object.entries(made.parameters))
			expect(relativeDistance(steps[Number(step) - 1].parameters, parameters)).toBeLessThan(1e-6);
	});

	test.each(pytorch.cases.map((made) => [made.name, made] as const))(
		"%s: the same bits where gradients are applied as they arise",
		(_, made) => {
			expect(train(made, { whole: false }).map(({ parameters }) => parameters)).toEqual(
				train(made, { whole: true }).map(({ parameters }) => parameters),
			);
		},
	);
});
