import { expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import type { NetworkSpec } from "../../src/engine/network-spec.js";
import { referencePass } from "./reference-network.js";

test.each(["mean", "sum"] as const)("the reference's gradient is what finite differences of its loss say (%s)", (reduction) => {
	const spec: NetworkSpec = {
		inputs: 3,
		layers: [{ kind: "dense", units: 5 }, { kind: "relu" }, { kind: "dense", units: 4 }],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction,
	};
	const rng = Rng.fromSeed(1);
	const parameters = Float64Array.from({ length: 3 * 5 + 5 + 5 * 4 + 4 }, () => rng.normal());
	const examples = Array.from({ length: 6 }, () => ({ features: [rng.normal(), rng.normal(), rng.normal()], label: rng.below(4) }));
	const { gradient } = referencePass(spec, parameters, examples);
	const loss = (at: number, change: number) => {
		const moved = Float64Array.from(parameters);
		moved[at] += change;
		return referencePass(spec, moved, examples).loss * (reduction === "sum" ? examples.length : 1);
	};
	// Central differences: the error is h²/6 times a third derivative of order 10, plus rounding 1e-16/h.
	const h = 1e-5;
	const worst = Math.max(...parameters.map((_, at) => Math.abs((loss(at, h) - loss(at, -h)) / (2 * h) - gradient[at])));
	expect(worst).toBeLessThan(1e-8);
});
