import { describe, expect, test } from "vitest";
import { relativeDistance } from "../../test/engine/reference-network.js";
import { SweetspotError } from "../core/errors.js";
import { Rng } from "../core/rng.js";
import { Engine } from "../engine/engine.js";
import type { LibraryProducts } from "../engine/native-products.js";
import { loadBlas } from "./blas.js";

const installed: string[] = [];
for (const name of ["libopenblas.so.0", "libblis.so.4"]) {
	if (await loadBlas({ SWEETSPOT_BLAS: name }).catch(() => null)) installed.push(name);
}

/** The error a promise is rejected with. */
const failure = async (promise: Promise<unknown>): Promise<SweetspotError> => {
	const error = await promise.then(() => null).catch((error: unknown) => error);
	if (!(error instanceof SweetspotError)) throw new Error(`expected a SweetspotError, got ${error}`);
	return error;
};

/** The parameters after ten steps, where every product that can be is the library's. */
function trained(native: LibraryProducts | null): Float32Array {
	const rng = Rng.fromSeed(3);
	const [width, count, classes] = [37, 150, 11];
	const engine = Engine.create(native && { ...native, leastProduct: 0, leastSide: 2 });
	const features = Float32Array.from({ length: count * width }, () => rng.normal());
	const set = engine.load({ count, width, features, labels: Int32Array.from({ length: count }, () => rng.below(classes)) });
	const layers = [
		{ kind: "dense", units: 65 },
		{ kind: "relu" },
		{ kind: "dense", units: 30 },
		{ kind: "relu" },
		{ kind: "dense", units: classes },
	] as const;
	const network = engine.build({ inputs: width, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
	const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set, { gradientNorm: false });
	network.initialize(Rng.fromSeed(4));
	for (const size of [1, 2, 3, 150, 33, 32, 7, 100, 64, 5]) {
		for (let i = 0; i < size; i++) step.indices[i] = rng.below(count);
		step.run(size, 0.05);
	}
	return Float32Array.from(network.parameters);
}

describe.skipIf(installed.length === 0)("the machine's BLAS (needs libopenblas0-pthread or libblis4-pthread)", () => {
	test.each(installed)("%s computes the products of a step", async (name) => {
		const blas = await loadBlas({ SWEETSPOT_BLAS: name });
		expect(blas.name).toMatch(name.includes("blis") ? /^BLIS \d/ : /^OpenBLAS \d/);
		const native = trained(blas);
		// Other orders of addition: 2⁻²⁴ a rounding, through sums of at most 150 terms and ten steps. Measured: 1e-7.
		expect(relativeDistance(native, trained(null))).toBeLessThan(1e-5);
		expect(native).toEqual(trained(blas)); // on this machine the same every time
	});

	test("is found by its usual names", async () => {
		expect(installed).toContain((await loadBlas({})).library);
	});
});

test("a library that can't be loaded is reported with the fix", async () => {
	const error = await failure(loadBlas({ SWEETSPOT_BLAS: "/nowhere/libopenblas.so" }));
	expect(error.code).toBe("backend/not-found");
	expect(error.detail).toContain("/nowhere/libopenblas.so");
	expect(error.fix).toContain("SWEETSPOT_BLAS");
});

test.runIf(process.platform === "linux")("so is one that is no BLAS", async () => {
	const error = await failure(loadBlas({ SWEETSPOT_BLAS: "libm.so.6" }));
	expect(error.code).toBe("backend/unusable");
	expect(error.detail).toBe("libm.so.6 has no cblas_sgemm");
});
