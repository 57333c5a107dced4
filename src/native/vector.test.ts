import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { layerCases, setUp, upTo } from "../../test/engine/layer-cases.js";
import { widestVectors } from "../../test/fixtures/widest-vectors.js";
import { Rng } from "../core/rng.js";
import type { VectorProducts } from "../engine/native-products.js";
import type { LayerSpec } from "../engine/network-spec.js";
import type { OptimizerSpec } from "../engine/optimizers/spec.js";
import { type PassCase, PassCheck } from "../engine/pass-check.js";
import { differencesFromWasm, type ProductCase, VectorCheck } from "../engine/vector-check.js";
import { keepsDenormals } from "./denormals.js";
import { loadVectors, type Vectors } from "./vector.js";
import { vectorLibrary } from "./vector-library.js";

/** Of this processor: the widest, and those that are narrower. */
const widest = await widestVectors();
const widths: readonly Vectors[] = widest?.width === 64 ? [widest, await loadVectors(32)] : widest ? [widest] : [];
const library = fileURLToPath(vectorLibrary);

test.runIf(process.env.CI && ["x64", "arm64"].includes(process.arch))(
	"on CI there are wider vectors, so that nothing below is skipped",
	() => {
		expect(widths.length).toBeGreaterThan(0);
	},
);

/** Products of every form with numbers from this seed on: small sides mostly, now and then more than one block of k or a long row. */
function randomProducts(count: number, seed: number): readonly ProductCase[] {
	const rng = Rng.fromSeed(seed);
	const side = (long: number) => 1 + rng.below([4, 14, 70, long][rng.below(40) === 0 ? 3 : rng.below(3)]);
	return Array.from({ length: count }, (_, i): ProductCase => {
		const form = (["NN", "NT", "TN"] as const)[rng.below(3)];
		const from = form === "NT" ? "zero" : (["zero", "c", "bias"] as const)[rng.below(3)];
		const kinds = form === "NT" ? (["store", "mask"] as const) : form === "TN" && from === "zero" ? (["store", "descend"] as const) : null;
		const kind = (kinds ?? (["store", "rectify"] as const))[rng.below(2)];
		return { m: side(210), n: side(300), k: side(600), form, from, kind, gap: rng.below(5), seed: i, odd: rng.below(2) === 0 };
	});
}

const activations: readonly LayerSpec[] = [
	...([{ kind: "relu" }, { kind: "tanh" }, { kind: "sigmoid" }, { kind: "gelu" }] as const),
	{ kind: "leaky-relu", slope: 0.1 },
];

/** Every optimizer, with numbers of its own. */
function randomOptimizer(rng: Rng): OptimizerSpec {
	const decay = rng.below(2) === 0 ? { weightDecay: 0.01 } : {};
	const momentum = [0, 0.5, 0.9][rng.below(3)];
	const moments = { beta1: momentum, beta2: 0.99, epsilon: 1e-8, ...decay };
	const all: readonly OptimizerSpec[] = [
		{ name: "sgd", momentum, ...decay },
		{ name: "sgd", momentum: 0.9, nesterov: true, ...decay },
		{ name: "rmsprop", momentum, smoothing: 0.9, epsilon: 1e-8, ...decay },
		{ name: "adam", ...moments },
		{ name: "adamw", ...moments },
	];
	return rng.below(2) === 0 ? all[0] : all[rng.below(all.length)];
}

/**
 * Networks of up to three dense layers with functions between, in front and behind, of every loss and optimizer; three steps of each, and
 * then up to eighty that are taken together, at rates from small ones to those at which some diverge in the midst.
 */
function randomPasses(count: number, seed: number): readonly PassCase[] {
	const rng = Rng.fromSeed(seed);
	const some = <T>(of: readonly T[]): T => of[rng.below(of.length)];
	const side = () => 1 + rng.below(some([4, 20, 70]));
	return Array.from({ length: count }, (_, i): PassCase => {
		const loss = some(["softmax-cross-entropy", "mean-squared-error", "binary-cross-entropy"] as const);
		const last = loss === "binary-cross-entropy" ? 1 : loss === "softmax-cross-entropy" ? 1 + side() : side();
		const units = [...Array.from({ length: rng.below(3) }, side), last];
		const maybe = (odds: number): readonly LayerSpec[] => (rng.below(odds) === 0 ? [some(activations)] : []);
		const layers = [
			...maybe(8),
			...units.flatMap((width, at) => [...(at > 0 ? [some(activations), ...maybe(8)] : []), { kind: "dense", units: width } as const]),
			...maybe(20),
		];
		const smoothed = loss === "softmax-cross-entropy" && rng.below(4) === 0;
		const rows = [1 + rng.below(3), 1 + rng.below(80), 1 + rng.below(20)];
		const together = filled(80, 1 + rng.below(some([1, 4, 32])));
		const [optimizer, rate] = [randomOptimizer(rng), some([2 ** -10, 2 ** -3, 8, 2 ** 40])];
		const [whole, norms, calm] = [rng.below(3) === 0, rng.below(4) === 0, rng.below(3) > 0];
		const odd = !calm && rng.below(2) === 0;
		return {
			inputs: side(),
			layers,
			loss,
			...(smoothed && { labelSmoothing: 0.1 }),
			rows,
			together,
			optimizer,
			rate,
			whole,
			norms,
			numbers: { seed: i, odd, calm, spread: some([0.5, 2, 8]) },
		};
	});
}

/** Mini-batches of this size out of so many examples, the last of which may be short. */
const filled = (examples: number, size: number): readonly number[] =>
	Array.from({ length: Math.ceil(examples / size) }, (_, i) => Math.min(size, examples - i * size));

describe.each(widths.map((vectors) => [vectors.name, vectors] as const))("%s", (_, vectors) => {
	test("give the bits of WebAssembly for ten thousand random products", () => {
		const check = new VectorCheck(vectors);
		const differences = randomProducts(10_000, vectors.width).flatMap((product) => check.difference(product) ?? []);
		expect(differences.slice(0, 5)).toEqual([]);
	});

	test.each<Omit<ProductCase, "gap" | "seed" | "odd">>([
		{ m: 197, n: 65, k: 513, form: "NN", from: "bias", kind: "rectify" },
		{ m: 33, n: 1030, k: 259, form: "NN", from: "c", kind: "store" },
		{ m: 33, n: 1030, k: 259, form: "NT", from: "zero", kind: "mask" },
		{ m: 389, n: 71, k: 300, form: "TN", from: "zero", kind: "descend" },
		{ m: 21, n: 1100, k: 300, form: "TN", from: "zero", kind: "descend" },
		{ m: 4, n: 1100, k: 300, form: "NN", from: "bias", kind: "store" },
	])("do so across the borders of their blocks: $form $m × $n × $k", (product) => {
		const check = new VectorCheck(vectors);
		for (const odd of [false, true]) expect(check.difference({ ...product, gap: 3, seed: 7, odd })).toBeNull();
	});

	test("take the steps of WebAssembly in a thousand random networks", () => {
		const check = new PassCheck(vectors);
		const differences = randomPasses(1000, vectors.width).flatMap((pass) => check.difference(pass) ?? []);
		expect(differences.slice(0, 5)).toEqual([]);
	});

	test.each(Object.entries(layerCases))("train to the same bits: %s", (_name, spec) => {
		const trained = (native: VectorProducts | null) => {
			const { network, step } = setUp(spec, 37, { perExample: false }, native);
			const losses: number[] = [];
			for (const size of [1, 2, 3, 37, 16, 32, 7, 5]) {
				step.indices.set(upTo(size));
				losses.push(step.run(size, 0.05).loss);
			}
			return { parameters: Float32Array.from(network.parameters), losses };
		};
		expect(trained({ ...vectors, leastProduct: 0 })).toEqual(trained(null));
	});
});

describe.skipIf(!widest)("what is compared when they are loaded", () => {
	test("finds a single wrong bit", () => {
		if (!widest) throw new Error("unreachable");
		const wrong: VectorProducts = {
			...widest,
			productOn: (memory) => {
				const product = widest.productOn(memory);
				return (at) => {
					product(at);
					const [m, n, , , , , , , , c, ldc, , , kind] = new Int32Array(memory.buffer, at, 14);
					const last = (c + (m - 1) * ldc + 4 * (n - 1)) >>> 2;
					if (kind === 0 && m === 25) new Uint32Array(memory.buffer)[last] ^= 1;
				};
			},
		};
		const differences = differencesFromWasm(wrong);
		expect(differences.length).toBeGreaterThan(0);
		expect(differences[0]).toContain("expected");
		expect(differencesFromWasm(widest)).toEqual([]);
	});
});

describe.skipIf(!widest)("what is compared when they are loaded, of whole passes", () => {
	/** Vectors whose passes change one bit of a float: word `pointer` of the program, of its loss or of its first layer, leads there. */
	const wrong = (owner: "loss" | "layer", pointer: number, least: number): VectorProducts => {
		if (!widest) throw new Error("unreachable");
		return {
			...widest,
			passOn: (memory) => {
				const pass = widest.passOn(memory);
				return (at) => {
					pass(at);
					const words = new Uint32Array(memory.buffer);
					const [layers, , loss] = words.subarray(at >>> 2);
					if (words[(at >>> 2) + 6] >= least) words[words[((owner === "loss" ? loss : layers) >>> 2) + pointer] >>> 2] ^= 1;
				};
			},
		};
	};

	test("finds a single wrong bit in a parameter after steps that are taken together", () => {
		if (!widest) throw new Error("unreachable");
		const wrongSteps: VectorProducts = {
			...widest,
			stepsOn: (memory) => {
				const steps = widest.stepsOn(memory);
				return (at) => {
					steps(at);
					const words = new Uint32Array(memory.buffer);
					words[words[(at >>> 2) + 9] >>> 2] ^= 1;
				};
			},
		};
		expect(differencesFromWasm(wrongSteps)[0]).toContain("expected");
	});

	test.each([
		["a loss", wrong.bind(null, "loss", 6, 1)],
		["a loss of many rows", wrong.bind(null, "loss", 6, 30)],
		["a parameter", wrong.bind(null, "layer", 9, 1)],
	] as const)("finds a single wrong bit in %s", (_, vectors) => {
		const [difference] = differencesFromWasm(vectors());
		expect(difference).toContain("expected");
	});
});

test("denormal numbers are kept", () => {
	expect(keepsDenormals()).toBe(true);
});

test.skipIf(!existsSync(library) || spawnSync("objdump", ["--version"]).error)(
	"the compiled library has no fused and no approximate instruction (needs binutils)",
	() => {
		const { stdout, status } = spawnSync("objdump", ["-d", "--no-show-raw-insn", library], { encoding: "utf8", maxBuffer: 2 ** 28 });
		expect(status).toBe(0);
		expect(stdout).toMatch(process.arch === "x64" ? /vmulps.*%zmm/ : /fmul/); // it is what trains
		const forbidden = /\b(v?fn?m(add|sub)\w*|vfm\w+|vfnm\w+|fml[as]\w*|fn?madd|fn?msub|v?rcp\w*|v?rsqrt\w*|frecp\w*|frsqrt\w*)\b/;
		expect(stdout.split("\n").filter((line) => forbidden.test(line))).toEqual([]);
	},
);
