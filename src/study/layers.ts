import { z } from "zod";
import type { LayerSpec } from "../engine/network-spec.js";

const positive = z.int().min(1);

export const init = z.enum(["he-normal", "he-uniform", "glorot-normal", "glorot-uniform"]);

const nameAlone = z.enum(["relu", "leaky-relu", "tanh", "sigmoid", "gelu"]);
const dense = z.strictObject({ dense: positive, init: init.optional() });
const leakyRelu = z.strictObject({ "leaky-relu": z.number() });
const dropout = z.strictObject({ dropout: z.number().min(0).lt(1) });

/** One layer of `workload.model`: a name alone, or an object whose first key names it. */
export const layer = z.union([nameAlone, dense, leakyRelu, dropout]);

export type WrittenLayer = z.output<typeof layer>;

/** What a layer takes, in words, for an error. */
export const layerWords =
	"`relu`, `leaky-relu`, `tanh`, `sigmoid`, `gelu`, `{ leaky-relu: SLOPE }`, `{ dropout: RATE }` or `{ dense: UNITS }`, a whole number of 1 or more";

/** As PyTorch and Keras 1 have it. */
const leakyReluSlope = 0.01;

/** A layer with all its defaults. */
export function layerSpec(written: WrittenLayer): LayerSpec {
	if (written === "leaky-relu") return { kind: "leaky-relu", slope: leakyReluSlope };
	if (typeof written === "string") return { kind: written };
	if ("leaky-relu" in written) return { kind: "leaky-relu", slope: written["leaky-relu"] };
	if ("dropout" in written) return { kind: "dropout", rate: written.dropout };
	return { kind: "dense", units: written.dense, ...(written.init && { init: written.init }) };
}

/** A layer as its author could have written it. */
export function writtenLayer(spec: LayerSpec): WrittenLayer {
	switch (spec.kind) {
		case "dense":
			return { dense: spec.units, ...(spec.init && { init: spec.init }) };
		case "leaky-relu":
			return { "leaky-relu": spec.slope };
		case "dropout":
			return { dropout: spec.rate };
		default:
			return spec.kind;
	}
}
