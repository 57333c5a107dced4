import type { NetworkSpec } from "../../src/engine/network-spec.js";

/** What a reference pass over some examples gives. */
interface ReferencePass {
	/** Mean over the examples. */
	readonly loss: number;
	readonly correct: number;
	/** Of the loss as reduced, in the engine's order: layer after layer, weights (inputs × units) then biases. */
	readonly gradient: Float64Array;
	/** Each example's own gradient. */
	readonly perExample: readonly Float64Array[];
}

/** The slow, obvious network: double precision, one example at a time, one loop per sum. */
export function referencePass(
	spec: NetworkSpec,
	parameters: ArrayLike<number>,
	examples: readonly { readonly features: readonly number[]; readonly label: number }[],
): ReferencePass {
	const perExample: Float64Array[] = [];
	let loss = 0;
	let correct = 0;
	for (const { features, label } of examples) {
		const inputsOf: (readonly number[])[] = [];
		let values: readonly number[] = features;
		let at = 0;
		const starts: number[] = [];
		for (const layer of spec.layers) {
			inputsOf.push(values);
			starts.push(at);
			const x = values;
			if (layer.kind === "relu") values = x.map((v) => Math.max(v, 0));
			else if (layer.kind !== "dense") throw new Error(`the reference has no ${layer.kind}`);
			else {
				const bias = at + x.length * layer.units;
				const start = at;
				values = Array.from({ length: layer.units }, (_, j) =>
					x.reduce((sum, v, i) => sum + v * parameters[start + i * layer.units + j], parameters[bias + j]),
				);
				at = bias + layer.units;
			}
		}
		const largest = Math.max(...values);
		const exponentials = values.map((v) => Math.exp(v - largest));
		const total = exponentials.reduce((sum, e) => sum + e, 0);
		loss += Math.log(total) - (values[label] - largest);
		if (values.indexOf(largest) === label) correct++;

		const gradient = new Float64Array(at);
		let delta = exponentials.map((e, j) => e / total - (j === label ? 1 : 0));
		for (let l = spec.layers.length - 1; l >= 0; l--) {
			const layer = spec.layers[l];
			const x = inputsOf[l];
			const after = delta;
			if (layer.kind === "relu") delta = after.map((d, i) => (x[i] > 0 ? d : 0));
			else if (layer.kind === "dense") {
				const { units } = layer;
				for (let i = 0; i < x.length; i++) for (let j = 0; j < units; j++) gradient[starts[l] + i * units + j] = x[i] * after[j];
				for (let j = 0; j < units; j++) gradient[starts[l] + x.length * units + j] = after[j];
				delta = x.map((_, i) => after.reduce((sum, d, j) => sum + d * parameters[starts[l] + i * units + j], 0));
			}
		}
		perExample.push(gradient);
	}
	const scale = spec.reduction === "mean" ? 1 / examples.length : 1;
	const gradient = new Float64Array(perExample[0].length);
	for (const one of perExample) for (let p = 0; p < gradient.length; p++) gradient[p] += scale * one[p];
	return { loss: loss / examples.length, correct, gradient, perExample };
}

export const squaredNorm = (v: ArrayLike<number>): number => {
	let sum = 0;
	for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
	return sum;
};

/** |a − b| / |b|, Euclidean. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < b.length; i++) sum += (a[i] - b[i]) ** 2;
	return Math.sqrt(sum / squaredNorm(b));
}
