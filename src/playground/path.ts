import { symmetricEigenpairs } from "../engine/hessian/symmetric-eigenpairs.js";

/** Points in a plane, and how much of all motion that plane holds. */
export interface PathPlane {
	/** For each path, its points as pairs. */
	readonly paths: readonly (readonly (readonly [number, number])[])[];
	/** The share of the points' variance along both directions, from 0 to 1. */
	readonly share: number;
}

/**
 * Paths of weights in the plane of their first two principal directions, all paths together: the eigenvectors of the Gram matrix of the
 * centred points give their coordinates without the directions themselves. `paths`: points of equal length. Null where nothing has moved.
 * Source: principal component analysis of optimization paths, Li et al. 2018, section 7 (there around the end, here around the mean).
 */
export function principalPlane(paths: readonly (readonly Float32Array[])[]): PathPlane | null {
	const points = paths.flat();
	if (points.length < 3) return null;
	const mean = new Float64Array(points[0].length);
	for (const point of points) for (let i = 0; i < mean.length; i++) mean[i] += point[i] / points.length;
	const centred = points.map((point) => Float64Array.from(point, (weight, i) => weight - mean[i]));
	const gram = centred.map((a) => centred.map((b) => dot(a, b)));
	const total = gram.reduce((sum, row, i) => sum + row[i], 0);
	if (!(total > 0)) return null;
	const [first, second] = symmetricEigenpairs(gram);
	const scale = (value: number) => Math.sqrt(Math.max(0, value));
	let taken = 0;
	const placed = paths.map((path) =>
		path.map((): readonly [number, number] => {
			const i = taken++;
			return [first.vector[i] * scale(first.value), second.vector[i] * scale(second.value)];
		}),
	);
	return { paths: placed, share: Math.min(1, (Math.max(0, first.value) + Math.max(0, second.value)) / total) };
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
