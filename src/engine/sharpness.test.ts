import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import { boxSharpness, type LossBeside } from "./sharpness.js";

/** c + g·z + ½·zᵀHz */
const quadratic =
	(constant: number, slope: readonly number[], curvature: readonly (readonly number[])[]): LossBeside =>
	(z) => {
		const image = curvature.map((row) => row.reduce((sum, h, j) => sum + h * z[j], 0));
		const loss = slope.reduce((sum, g, i) => sum + (g + image[i] / 2) * z[i], constant);
		return { loss, gradient: slope.map((g, i) => g + image[i]) };
	};
const diagonal = (values: readonly number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

test("of a linear loss it is the summed slopes times the box, in one step", () => {
	// r = 0.1·(|w| + 1) = 0.1, 0.3, 0.2: the highest corner lies 0.1·1 + 0.3·2 + 0.2·0 = 0.7 up, and L = 4.
	const weights = [0, 2, -1];
	const { sharpness, highest } = boxSharpness(quadratic(4, [1, -2, 0], diagonal([0, 0, 0])), weights, Rng.fromSeed(0), {
		epsilon: 0.1,
		starts: 0,
	});
	expect(highest).toBeCloseTo(4.7, 14);
	expect(sharpness).toBeCloseTo(14, 12);
});

test("of a quadratic without mixed terms it is r|g| + ½hr², summed", () => {
	const [slope, curvature, weights] = [
		[0.5, -1, 0],
		[3, 0, 8],
		[1, 0, 3],
	];
	const { sharpness } = boxSharpness(quadratic(1, slope, diagonal(curvature)), weights, Rng.fromSeed(0), { epsilon: 0.5 });
	// r = 1, 0.5, 2: (0.5 + 1.5) + 0.5 + 16 over 1 + 1.
	expect(sharpness).toBeCloseTo((100 * 18.5) / 2, 10);
});

test("of any convex quadratic it is the highest corner, found among all", () => {
	const [dimensions, rank] = [8, 2]; // a Hessian of few large eigenvalues, as those of networks are
	const rng = Rng.fromSeed(7);
	for (let round = 0; round < 20; round++) {
		const root = Array.from({ length: dimensions }, () => Array.from({ length: rank }, () => rng.normal()));
		const curvature = root.map((a) => root.map((b) => a.reduce((sum, x, k) => sum + x * b[k], 0)));
		const slope = Array.from({ length: dimensions }, () => rng.normal());
		const loss = quadratic(1, slope, curvature);
		let highest = 0;
		for (let corner = 0; corner < 2 ** dimensions; corner++)
			highest = Math.max(highest, loss(Float64Array.from(slope, (_, i) => ((corner >> i) & 1 ? 1 : -1))).loss);
		// Ends may be local: thirty random corners find the highest of 256.
		const found = boxSharpness(loss, new Float64Array(dimensions), rng, { epsilon: 1, starts: 30 });
		expect(found.highest).toBeCloseTo(highest, 10);
	}
});

test("at a minimum, where the gradient says nothing, random corners still climb; at the top of the box nothing rises", () => {
	const bowl = quadratic(0, [0, 0], diagonal([2, 4]));
	expect(boxSharpness(bowl, [0, 0], Rng.fromSeed(1), { epsilon: 1 }).sharpness).toBeCloseTo(300, 10);
	expect(boxSharpness(bowl, [0, 0], Rng.fromSeed(1), { epsilon: 1, starts: 0 }).sharpness).toBe(0);
	const peak = quadratic(3, [0, 0], diagonal([-1, -1]));
	expect(boxSharpness(peak, [0, 0], Rng.fromSeed(1), { epsilon: 1 }).highest).toBe(3);
});

test("least squares on unit vectors, in the engine: the closed form of a separable quadratic", () => {
	// L = (1/3)·Σ (w_i + b − t_i)², the bias held: at w = 0, b = 0 the gradient of w_i is −2t_i/3, its curvature 2/3, that of b Σ of the
	// former and 2,
	// and b mixes with each w_i by 2/3. With t all negative every slope is positive, so that the highest corner is +r everywhere: Σ(2r −
	// t_i)²/3.
	const engine = Engine.create();
	const targets = Float32Array.of(-1, -2, -0.5);
	const set = engine.load({
		features: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
		labels: new Int32Array(3),
		targets,
		count: 3,
		width: 3,
	});
	const network = engine.build({
		inputs: 3,
		layers: [{ kind: "dense", units: 1 }],
		init: "he-normal",
		loss: "mean-squared-error",
		reduction: "mean",
	});
	const full = engine.fullGradient(network);
	network.parameters.fill(0);
	const { loss, gradient } = full.of(set);
	// Sums of three products of single-precision numbers.
	expect(loss).toBeCloseTo((1 + 4 + 0.25) / 3, 6);
	for (const [i, expected] of [2 / 3, 4 / 3, 1 / 3, 7 / 3].entries()) expect(gradient[i]).toBeCloseTo(expected, 6);
	const { highest } = boxSharpness(
		(z) => {
			network.parameters.set(z);
			return full.of(set);
		},
		new Float64Array(4),
		Rng.fromSeed(0),
		{ epsilon: 0.125 },
	);
	expect(highest).toBeCloseTo((1.25 ** 2 + 2.25 ** 2 + 0.75 ** 2) / 3, 6);
});
