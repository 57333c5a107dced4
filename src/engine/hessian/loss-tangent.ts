import { exp } from "../../core/numerics.js";
import type { Arena } from "../arena.js";
import type { ExampleSet } from "../example-set.js";
import type { NetworkSpec } from "../network-spec.js";
import { type Flow, floatsAt } from "./flow.js";

/**
 * δ, the gradient of each row's own loss with respect to its outputs z, and R{δ} = ∂²L/∂z²·R{z}:
 *
 *     softmax cross-entropy   δ = p − t       R{δ}_j = p_j·(R{z}_j − Σ p·R{z})       p = softmax(z), t the smoothed label
 *     binary cross-entropy    δ = σ(z) − y    R{δ} = σ(z)(1 − σ(z))·R{z}
 *     mean squared error      δ = 2(z − t)/K  R{δ} = 2·R{z}/K                        K outputs
 */
export function lossTangent(spec: NetworkSpec, arena: Arena, output: Flow, set: ExampleSet, first: number, rows: number): void {
	const { width } = output;
	const floats = output.stride / 4;
	const [values, tangents, gradients, changes] = [output.values, output.tangent, output.gradient, output.gradientTangent].map((pointer) =>
		floatsAt(arena, pointer, output, rows),
	);
	const row = rowTangent(spec, width);
	const truth = truthOf(arena, set, first, rows);
	for (let i = 0; i < rows; i++) {
		const at = i * floats;
		const end = at + width;
		row(values.subarray(at, end), tangents.subarray(at, end), truth(i), gradients.subarray(at, end), changes.subarray(at, end));
	}
}

/** A row's class, or its targets. */
type Truth = number | Float32Array;
type RowTangent = (z: Float32Array, dz: Float32Array, truth: Truth, gradient: Float32Array, change: Float32Array) => void;

function truthOf(arena: Arena, set: ExampleSet, first: number, rows: number): (row: number) => Truth {
	const at = set.truth + first * set.truthStride;
	if (set.outputs === 0) {
		const labels = new Int32Array(arena.memory.buffer, at, rows);
		return (row) => labels[row];
	}
	return (row) => new Float32Array(arena.memory.buffer, at + row * set.truthStride, set.outputs);
}

const classOf = (truth: Truth): number => (typeof truth === "number" ? truth : Number.NaN);

function rowTangent({ loss, labelSmoothing = 0 }: NetworkSpec, width: number): RowTangent {
	switch (loss) {
		case "softmax-cross-entropy": {
			const p = new Float64Array(width);
			return (z, dz, truth, gradient, change) => {
				const largest = z.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
				let total = 0;
				for (let j = 0; j < width; j++) {
					p[j] = exp(z[j] - largest);
					total += p[j];
				}
				let mean = 0;
				for (let j = 0; j < width; j++) {
					p[j] /= total;
					mean += p[j] * dz[j];
				}
				for (let j = 0; j < width; j++) {
					gradient[j] = p[j] - labelSmoothing / width - (j === classOf(truth) ? 1 - labelSmoothing : 0);
					change[j] = p[j] * (dz[j] - mean);
				}
			};
		}
		case "binary-cross-entropy":
			return (z, dz, truth, gradient, change) => {
				const p = 1 / (1 + exp(-z[0]));
				gradient[0] = p - classOf(truth);
				change[0] = p * (1 - p) * dz[0];
			};
		case "mean-squared-error":
			return (z, dz, truth, gradient, change) => {
				for (let j = 0; j < width; j++) {
					gradient[j] = (2 * (z[j] - (typeof truth === "number" ? Number.NaN : truth[j]))) / width;
					change[j] = (2 * dz[j]) / width;
				}
			};
	}
}
