import { internal } from "../core/errors.js";
import { wasmBase64 } from "./kernels.generated.js";
import type { NativeProducts } from "./native-products.js";

/** A byte address in the engine's memory. */
export type Pointer = number;

/** What `denseBackward` does with a parameter gradient: replace or add to what stands in the gradient block, or apply it at once. */
export const gradientSinks = { replace: 0, add: 1, apply: 2 } as const;
export type GradientSink = (typeof gradientSinks)[keyof typeof gradientSinks];

/** The WebAssembly functions; each is documented where it is written, in kernels/. Strides in bytes, counts in elements. */
export interface Kernels {
	scratchBytes(): number;
	setScratch(at: Pointer): void;
	gather(features: Pointer, labels: Pointer, rowBytes: number, indices: Pointer, count: number, toRows: Pointer, toLabels: Pointer): void;
	denseForward(
		x: Pointer,
		xStride: number,
		weights: Pointer,
		bias: Pointer,
		y: Pointer,
		yStride: number,
		rows: number,
		inputs: number,
		outputs: number,
		rectify: boolean,
	): void;
	denseBackward(
		x: Pointer,
		xStride: number,
		dy: Pointer,
		yStride: number,
		weights: Pointer,
		dx: Pointer,
		rectified: boolean,
		dWeights: Pointer,
		dBias: Pointer,
		rows: number,
		inputs: number,
		outputs: number,
		sink: GradientSink,
		norms: Pointer,
		divisor: number,
	): void;
	gatherRows(rows: Pointer, rowBytes: number, indices: Pointer, count: number, to: Pointer): void;
	copy(from: Pointer, to: Pointer, bytes: number): void;
	reluForward(x: Pointer, y: Pointer, bytes: number): void;
	reluBackward(x: Pointer, dy: Pointer, dx: Pointer, bytes: number): void;
	leakyReluForward(x: Pointer, y: Pointer, bytes: number, slope: number): void;
	leakyReluBackward(x: Pointer, dy: Pointer, dx: Pointer, bytes: number, slope: number): void;
	tanhForward(x: Pointer, y: Pointer, bytes: number): void;
	tanhBackward(y: Pointer, dy: Pointer, dx: Pointer, bytes: number): void;
	sigmoidForward(x: Pointer, y: Pointer, stride: number, rows: number, width: number): void;
	sigmoidBackward(y: Pointer, dy: Pointer, dx: Pointer, bytes: number): void;
	geluForward(x: Pointer, y: Pointer, bytes: number): void;
	geluBackward(x: Pointer, dy: Pointer, dx: Pointer, bytes: number): void;
	convolutionScratch(geometry: Pointer, filters: number): number;
	convolutionForward(
		x: Pointer,
		xStride: number,
		weights: Pointer,
		bias: Pointer,
		y: Pointer,
		yStride: number,
		rows: number,
		geometry: Pointer,
		filters: number,
		scratch: Pointer,
		rectify: boolean,
	): void;
	convolutionBackward(
		x: Pointer,
		xStride: number,
		dy: Pointer,
		rectified: Pointer,
		yStride: number,
		weights: Pointer,
		dx: Pointer,
		dWeights: Pointer,
		rows: number,
		geometry: Pointer,
		filters: number,
		scratch: Pointer,
		sink: GradientSink,
		norms: Pointer,
		divisor: number,
	): void;
	batchNormForward(
		x: Pointer,
		y: Pointer,
		stride: number,
		rows: number,
		pixels: number,
		channels: number,
		group: number,
		scale: Pointer,
		running: Pointer,
		saved: Pointer,
		training: boolean,
	): void;
	batchNormBackward(
		x: Pointer,
		dy: Pointer,
		dx: Pointer,
		stride: number,
		rows: number,
		pixels: number,
		channels: number,
		group: number,
		scale: Pointer,
		dScale: Pointer,
		saved: Pointer,
		sink: GradientSink,
	): void;
	layerNormForward(x: Pointer, y: Pointer, stride: number, rows: number, width: number, scale: Pointer, saved: Pointer): void;
	layerNormBackward(
		x: Pointer,
		dy: Pointer,
		dx: Pointer,
		stride: number,
		rows: number,
		width: number,
		scale: Pointer,
		dScale: Pointer,
		saved: Pointer,
		sink: GradientSink,
		norms: Pointer,
		divisor: number,
	): void;
	add(a: Pointer, b: Pointer, to: Pointer, bytes: number): void;
	maxPoolForward(x: Pointer, xStride: number, y: Pointer, yStride: number, rows: number, geometry: Pointer): void;
	maxPoolBackward(
		x: Pointer,
		xStride: number,
		y: Pointer,
		yStride: number,
		dy: Pointer,
		dx: Pointer,
		rows: number,
		geometry: Pointer,
	): void;
	averagePoolForward(x: Pointer, xStride: number, y: Pointer, yStride: number, rows: number, geometry: Pointer): void;
	averagePoolBackward(dy: Pointer, yStride: number, dx: Pointer, xStride: number, rows: number, geometry: Pointer): void;
	dropoutForward(
		x: Pointer,
		y: Pointer,
		stride: number,
		rows: number,
		state: Pointer,
		start: Pointer,
		threshold: number,
		scale: number,
	): void;
	dropoutBackward(dy: Pointer, dx: Pointer, stride: number, rows: number, start: Pointer, threshold: number, scale: number): void;
	softmaxCrossEntropy(
		logits: Pointer,
		stride: number,
		labels: Pointer,
		rows: number,
		classes: number,
		gradient: Pointer,
		divisor: number,
		sums: Pointer,
		totals: Pointer,
	): void;
	smoothLabels(
		logits: Pointer,
		stride: number,
		labels: Pointer,
		rows: number,
		classes: number,
		gradient: Pointer,
		divisor: number,
		smoothingBits: number,
		totals: Pointer,
	): void;
	binaryCrossEntropy(
		logits: Pointer,
		stride: number,
		labels: Pointer,
		rows: number,
		gradient: Pointer,
		divisor: number,
		totals: Pointer,
	): void;
	squaredError(
		outputs: Pointer,
		stride: number,
		targets: Pointer,
		rows: number,
		width: number,
		gradient: Pointer,
		divisor: number,
		total: Pointer,
	): void;
	setMask(distance: number): void;
	setDescent(velocityDistance: number, parameterDistance: number, learningRate: number, momentum: number, weightDecay: number): void;
	update(gradients: Pointer, count: number): void;
	nesterov(settings: Pointer, parameters: Pointer, gradients: Pointer, velocity: Pointer, count: number): void;
	rmsprop(settings: Pointer, parameters: Pointer, gradients: Pointer, velocity: Pointer, squares: Pointer, count: number): void;
	adam(settings: Pointer, parameters: Pointer, gradients: Pointer, means: Pointer, squares: Pointer, count: number): void;
	clipNorm(vector: Pointer, count: number, squaredNorm: Pointer, limit: number): void;
	addNormals(vector: Pointer, count: number, state: Pointer, deviation: Pointer): void;
	squaredDistance(vector: Pointer, other: Pointer, count: number, to: Pointer): void;
	squaredNorm(vector: Pointer, count: number, to: Pointer): void;
	follow(mean: Pointer, vector: Pointer, count: number, share: number): void;
	exchange(vector: Pointer, other: Pointer, count: number): void;
	gemm(
		m: number,
		n: number,
		k: number,
		a: Pointer,
		aRow: number,
		aStep: number,
		b: Pointer,
		ldb: number,
		transposed: boolean,
		c: Pointer,
		ldc: number,
		from: number,
		bias: Pointer,
		kind: number,
	): void;
	setNative(multiplications: number, side: number): void;
	setVector(multiplications: number): void;
	requestAt(): Pointer;
	exp(vector: Pointer, count: number): void;
	log(vector: Pointer, count: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on `memory`; compiled the first time only. `native`: what computes large matrix products in their place, if anything. */
export function instantiateKernels(memory: WebAssembly.Memory, native: NativeProducts | null = null): Kernels {
	compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)));
	const multiply = native?.kind === "blas" ? native.multiplyOn(memory) : noProducts;
	const product = native?.kind === "vector" ? native.productOn(memory) : noProducts;
	const kernels = new WebAssembly.Instance(compiled, { env: { memory }, native: { multiply }, vector: { product } })
		.exports as unknown as Kernels;
	if (native?.kind === "blas") kernels.setNative(native.leastProduct, native.leastSide);
	if (native?.kind === "vector") kernels.setVector(native.leastProduct);
	return kernels;
}

const noProducts = (): never => {
	throw internal("a matrix product was handed out, but nothing is there to compute it");
};
