import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Arena } from "./arena.js";
import { GradientNoise, noiseDeviation } from "./gradient-noise.js";
import { instantiateKernels } from "./kernels.js";
import { Parameters } from "./parameters.js";

const arena = new Arena();
const kernels = instantiateKernels(arena.memory);

/** The noise of `steps` steps on `count` zero gradients. */
function noise(count: number, steps: number, spec = { variance: 1, decay: 0 }, seed = 1): Float32Array[] {
	const parameters = new Parameters(arena, count);
	const source = new GradientNoise(kernels, parameters, spec, arena);
	source.begin(Rng.fromSeed(seed));
	return Array.from({ length: steps }, () => {
		parameters.gradients.view.fill(0);
		source.add();
		return Float32Array.from(parameters.gradients.view);
	});
}

/** The same four generators and the same formula, written out in double precision. */
function* reference(seed: number): Generator<number> {
	const rng = Rng.fromSeed(seed);
	const words = Int32Array.from({ length: 16 }, () => rng.uint32());
	const lanes = [0, 1, 2, 3].map((lane) => [words[lane], words[4 + lane], words[8 + lane], words[12 + lane] | 1]);
	const next = (s: number[]): number => {
		const product = Math.imul(s[1], 5);
		const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
		const shifted = s[1] << 9;
		s[2] ^= s[0];
		s[3] ^= s[1];
		s[1] ^= s[2];
		s[0] ^= s[3];
		s[2] ^= shifted;
		s[3] = (s[3] << 11) | (s[3] >>> 21);
		return result;
	};
	for (;;) {
		const pairs = lanes.map((lane) => {
			const u = ((next(lane) >>> 8) + 1) / 2 ** 24;
			const word = next(lane);
			const quarter = (((word << 2) >>> 9) + 0.5) / 2 ** 23 - 0.5;
			// The second bit turns by a quarter of the circle, the first by a half.
			const angle = (Math.PI / 2) * (quarter + ((word >>> 30) & 1) + 2 * (word >>> 31));
			const radius = Math.sqrt(-2 * Math.log(u));
			return [radius * Math.cos(angle), radius * Math.sin(angle)];
		});
		yield* pairs.map(([x]) => x);
		yield* pairs.map(([, y]) => y);
	}
}

test("draws are those of the generators and of Box and Muller, for any length, and nothing beyond it is touched", () => {
	for (const count of [1, 3, 4, 5, 8, 11, 1003]) {
		const [drawn] = noise(count, 1);
		const expected = reference(1);
		// Logarithm, root, sine and product round in single precision, 6e-8 each, times 5.8 at most; measured: 4.8e-7.
		for (const z of drawn) expect(Math.abs(z - expected.next().value)).toBeLessThan(1e-6);
	}
	const parameters = new Parameters(arena, 5);
	const behind = new Float32Array(arena.memory.buffer, parameters.gradients.pointer, 8);
	behind.fill(7);
	const source = new GradientNoise(kernels, parameters, { variance: 1, decay: 0 }, arena);
	source.begin(Rng.fromSeed(1));
	source.add();
	expect([...behind.subarray(5)]).toEqual([7, 7, 7]);
});

test("a million of them have the moments and the tails of a standard normal", () => {
	const drawn = noise(100_000, 10).flatMap((step) => [...step]);
	const mean = (f: (z: number) => number) => drawn.reduce((sum, z) => sum + f(z), 0) / drawn.length;
	// Standard errors: 0.001, 0.0014, 0.0039 (√15/1000), 0.0098 (√96/1000), and for the shares √(p/10⁶); five of each.
	expect(Math.abs(mean((z) => z))).toBeLessThan(0.005);
	expect(Math.abs(mean((z) => z * z) - 1)).toBeLessThan(0.007);
	expect(Math.abs(mean((z) => z ** 3))).toBeLessThan(0.02);
	expect(Math.abs(mean((z) => z ** 4) - 3)).toBeLessThan(0.05);
	expect(Math.abs(mean((z) => (z > 1 ? 1 : 0)) - 0.158655)).toBeLessThan(0.002);
	expect(Math.abs(mean((z) => (z < -3 ? 1 : 0)) - 0.00135)).toBeLessThan(0.0002);
	const neighbours = drawn.reduce((sum, z, i) => sum + z * (drawn[i + 1] ?? 0), 0) / drawn.length;
	expect(Math.abs(neighbours)).toBeLessThan(0.005);
});

test("the variance falls as (1 + t)^−γ, and a trial begun anew has the same noise", () => {
	const spec = { variance: 0.3, decay: 0.55 };
	expect(noiseDeviation(spec, 0)).toBeCloseTo(Math.sqrt(0.3), 15);
	expect(noiseDeviation(spec, 99)).toBeCloseTo(Math.sqrt(0.3 / 100 ** 0.55), 15);
	const [first, second] = noise(10, 2, spec);
	const plain = noise(10, 2);
	for (let i = 0; i < 10; i++) {
		expect(first[i]).toBeCloseTo(Math.sqrt(0.3) * plain[0][i], 6);
		expect(second[i]).toBeCloseTo(Math.sqrt(0.3 / 2 ** 0.55) * plain[1][i], 6);
	}
	expect(noise(10, 2, spec)).toEqual([first, second]);
	expect(noise(10, 2, spec, 2)).not.toEqual([first, second]);
});
