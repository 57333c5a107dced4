import { internal } from "../../core/errors.js";
import type { Metrics } from "../../core/known-metrics.js";
import { isRecordedName } from "../../core/recorded.js";
import type { Evaluation, GradientNorms, NoiseProbe } from "../../core/trial.js";

/** A float64 that stands for "this look has no such metric"; a metric itself is never NaN. */
const absent = Number.NaN;

/** Numbers as float64, little-endian, one behind the other: every bit comes back, the sign of −0 too (which a REAL column loses). */
export function packNumbers(numbers: readonly number[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(8 * numbers.length));
	for (let i = 0; i < numbers.length; i++) view.setFloat64(8 * i, numbers[i], true);
	return new Uint8Array(view.buffer);
}

export function unpackNumbers(packed: Uint8Array | ArrayBuffer): number[] {
	const view = packed instanceof ArrayBuffer ? new DataView(packed) : new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
	const numbers: number[] = [];
	for (let at = 0; at < view.byteLength; at += 8) numbers.push(view.getFloat64(at, true));
	return numbers;
}

export interface PackedEvaluations {
	/** The metrics that occur, and what else is recorded, with commas between them. */
	readonly metrics: string;
	/** n looks and m metrics: n steps, n examples, then n values of each metric, packed. */
	readonly data: Uint8Array | ArrayBuffer;
}

export function packEvaluations(evaluations: readonly Evaluation[]): PackedEvaluations {
	const all = evaluations.map(({ metrics, recorded }): Metrics => (recorded ? { ...metrics, ...recorded } : metrics));
	const names = new Set<string>();
	for (const values of all) for (const name in values) names.add(name);
	const columns = [
		evaluations.map(({ step }) => step),
		evaluations.map(({ examples }) => examples),
		...[...names].map((name) => all.map((values, look) => present(values[name], name, evaluations[look].step))),
	];
	return { metrics: [...names].join(","), data: packNumbers(columns.flat()) };
}

function present(value: number | undefined, name: string, step: number): number {
	if (value === undefined) return absent;
	if (!Number.isFinite(value)) throw internal(`${name} is ${value} at step ${step}: a metric that isn't a number is left out`);
	return value;
}

export function unpackEvaluations({ metrics, data }: PackedEvaluations): Evaluation[] {
	const names = metrics === "" ? [] : metrics.split(",");
	const numbers = unpackNumbers(data);
	const looks = numbers.length / (2 + names.length);
	if (!Number.isInteger(looks)) throw internal(`${numbers.length} numbers don't make looks of ${names.length} metrics`);
	const isMetric = names.map((name) => !isRecordedName(name));
	const evaluations: Evaluation[] = [];
	for (let look = 0; look < looks; look++) {
		const metrics: Record<string, number> = {};
		let recorded: Record<string, number> | null = null;
		for (let j = 0; j < names.length; j++) {
			const value = numbers[(2 + j) * looks + look];
			if (Number.isNaN(value)) continue;
			if (isMetric[j]) metrics[names[j]] = value;
			else {
				recorded ??= {};
				recorded[names[j]] = value;
			}
		}
		const base = { step: numbers[look], examples: numbers[looks + look], metrics };
		evaluations.push(recorded ? { ...base, recorded } : base);
	}
	return evaluations;
}

/**
 * Probe after probe: step, group size, K, the K sums, the K×K inner products; or −K and no sums, where single examples have no gradients.
 */
export function packProbes(probes: readonly NoiseProbe[]): Uint8Array {
	return packNumbers(
		probes.flatMap(({ step, groupSize, squaredNormSums, gram }) => {
			const sums = squaredNormSums.length;
			const groups = sums === 0 ? Math.sqrt(gram.length) : sums;
			if (gram.length !== groups * groups) throw internal(`${groups} groups have ${groups * groups} inner products, got ${gram.length}`);
			return [step, groupSize, sums === 0 ? -groups : groups, ...squaredNormSums, ...gram];
		}),
	);
}

export function unpackProbes(packed: Uint8Array | ArrayBuffer): NoiseProbe[] {
	const numbers = unpackNumbers(packed);
	const probes: NoiseProbe[] = [];
	for (let at = 0; at < numbers.length; ) {
		const [step, groupSize, groups] = numbers.slice(at, at + 3);
		const sums = at + 3;
		const gram = sums + Math.max(groups, 0);
		at = gram + groups * groups;
		probes.push({ step, groupSize, squaredNormSums: numbers.slice(sums, gram), gram: numbers.slice(gram, at) });
	}
	return probes;
}

/** Five numbers for each: step, batch and squared norm of the small and of the big one. */
export const packGradientNorms = (norms: readonly GradientNorms[]): Uint8Array =>
	packNumbers(norms.flatMap(({ step, small, big }) => [step, small.batch, small.squaredNorm, big.batch, big.squaredNorm]));

export function unpackGradientNorms(packed: Uint8Array | ArrayBuffer): GradientNorms[] {
	const numbers = unpackNumbers(packed);
	const norms: GradientNorms[] = [];
	for (let at = 0; at < numbers.length; at += 5) {
		const [step, smallBatch, smallNorm, bigBatch, bigNorm] = numbers.slice(at, at + 5);
		norms.push({ step, small: { batch: smallBatch, squaredNorm: smallNorm }, big: { batch: bigBatch, squaredNorm: bigNorm } });
	}
	return norms;
}
