import { expect, test } from "vitest";
import { SweetspotError } from "../core/errors.js";
import { Engine } from "./engine.js";
import type { NetworkSpec } from "./network-spec.js";

const wide = (units: number): NetworkSpec => ({
	inputs: 1000,
	layers: [{ kind: "dense", units }, { kind: "relu" }, { kind: "dense", units: 2 }],
	init: "he-normal",
	loss: "softmax-cross-entropy",
	reduction: "mean",
});

const failure = (work: () => unknown): SweetspotError => {
	try {
		work();
	} catch (error) {
		if (error instanceof SweetspotError) return error;
		throw error;
	}
	throw new Error("expected an error");
};

test("a network too large for the memory is reported with its size, and what to reduce", () => {
	const engine = Engine.create();
	const error = failure(() => engine.build(wide(2_000_000)));
	expect(error.code).toBe("engine/memory");
	expect(error.detail).toBe(
		"a network of 2,006,000,002 parameters, as many gradients, and what flows between its layers, next to 0.0 GiB already in use, " +
			"need more than the 4 GiB of an engine or than this machine has",
	);
	expect(error.fix).toContain("workload.model");
	expect(engine.build(wide(5)).parameterCount).toBe(5017); // the engine is as good as before
});

test("so is a network beyond what numbers of pages can say", () => {
	expect(failure(() => Engine.create().build(wide(1e12))).code).toBe("engine/memory");
});

test("so are examples", () => {
	// No features to copy: the memory runs out before.
	const count = 2 ** 31;
	const features = Object.defineProperty(new Float32Array(0), "length", { value: 3 * count });
	const labels = Object.defineProperty(new Int32Array(0), "length", { value: count });
	const error = failure(() => Engine.create().load({ count, width: 3, features, labels }));
	expect(error.code).toBe("engine/memory");
	expect(error.detail).toMatch(/^2,147,483,648 examples of 3 features, next to 0\.0 GiB/);
	expect(error.fix).toContain("workload.data");
});
