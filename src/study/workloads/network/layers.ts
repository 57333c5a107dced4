import { z } from "zod";
import type { LayerSpec } from "../../../engine/network-spec.js";

const positive = z.int().min(1);

export const init = z.enum(["he-normal", "he-uniform", "glorot-normal", "glorot-uniform"]);

const nameAlone = z.enum(["relu", "leaky-relu", "tanh", "sigmoid", "gelu", "flatten", "global-average-pool", "batch-norm", "layer-norm"]);
const dense = z.strictObject({ dense: positive, init: init.optional() });
const leakyRelu = z.strictObject({ "leaky-relu": z.number() });
const dropout = z.strictObject({ dropout: z.number().min(0).lt(1) });

const conv = z.strictObject({
	conv: positive,
	size: positive.default(3),
	stride: positive.default(1),
	padding: z.int().min(0).default(0),
	init: init.optional(),
});
const maxPool = z.strictObject({ "max-pool": positive, stride: positive.optional() });
const averagePool = z.strictObject({ "average-pool": positive, stride: positive.optional() });

const batchNorm = z.strictObject({ "batch-norm": z.strictObject({ ghost: z.int().min(2) }) });
const residual = z.strictObject({
	get residual() {
		return z.array(layer).min(1);
	},
});

/** One layer of `workload.model`: a name alone, or an object whose first key names it. */
export const layer: z.ZodType<WrittenLayer, LayerInput> = z.union([
	nameAlone,
	dense,
	leakyRelu,
	dropout,
	conv,
	maxPool,
	averagePool,
	batchNorm,
	residual,
]);

type Simple =
	| typeof nameAlone
	| typeof dense
	| typeof leakyRelu
	| typeof dropout
	| typeof conv
	| typeof maxPool
	| typeof averagePool
	| typeof batchNorm;

export type WrittenLayer = z.output<Simple> | { residual: WrittenLayer[] };

/** As its author may leave it: with defaults to fill in. */
type LayerInput = z.input<Simple> | { residual: LayerInput[] };

/** What a layer takes, in words, for an error. */
export const layerWords =
	"a layer: `{ dense: UNITS }`, `{ conv: FILTERS, size: 3, stride: 1, padding: 0 }`, `{ max-pool: SIZE }`, `{ average-pool: SIZE }`, `global-average-pool`, `flatten`, `relu`, `leaky-relu`, `{ leaky-relu: SLOPE }`, `tanh`, `sigmoid`, `gelu`, `{ dropout: RATE }`, `batch-norm`, `{ batch-norm: { ghost: SIZE } }`, `layer-norm` or `{ residual: LAYERS }`";

/** As PyTorch and Keras 1 have it. */
const leakyReluSlope = 0.01;

/** A layer with all its defaults. */
export function layerSpec(written: WrittenLayer): LayerSpec {
	if (written === "leaky-relu") return { kind: "leaky-relu", slope: leakyReluSlope };
	if (typeof written === "string") return { kind: written };
	if ("leaky-relu" in written) return { kind: "leaky-relu", slope: written["leaky-relu"] };
	if ("conv" in written) {
		const { conv: filters, size, stride, padding, init: own } = written;
		return { kind: "conv", filters, size, stride, padding, ...(own && { init: own }) };
	}
	if ("max-pool" in written) return pooling("max-pool", written["max-pool"], written.stride);
	if ("average-pool" in written) return pooling("average-pool", written["average-pool"], written.stride);
	if ("batch-norm" in written) return { kind: "batch-norm", ghost: written["batch-norm"].ghost };
	if ("residual" in written) return { kind: "residual", layers: written.residual.map(layerSpec) };
	if ("dropout" in written) return { kind: "dropout", rate: written.dropout };
	return { kind: "dense", units: written.dense, ...(written.init && { init: written.init }) };
}

/** Unless a stride is given, windows lie side by side. */
const pooling = (kind: "max-pool" | "average-pool", size: number, stride = size): LayerSpec => ({ kind, size, stride });

/** A layer as its author could have written it. */
export function writtenLayer(spec: LayerSpec): WrittenLayer {
	switch (spec.kind) {
		case "dense":
			return { dense: spec.units, ...(spec.init && { init: spec.init }) };
		case "leaky-relu":
			return { "leaky-relu": spec.slope };
		case "conv": {
			const { kind: _, filters, ...rest } = spec;
			return { conv: filters, ...rest };
		}
		case "max-pool":
			return { "max-pool": spec.size, stride: spec.stride };
		case "average-pool":
			return { "average-pool": spec.size, stride: spec.stride };
		case "batch-norm":
			return spec.ghost === undefined ? spec.kind : { "batch-norm": { ghost: spec.ghost } };
		case "residual":
			return { residual: spec.layers.map(writtenLayer) };
		case "dropout":
			return { dropout: spec.rate };
		default:
			return spec.kind;
	}
}
