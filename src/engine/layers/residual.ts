import type { Rng } from "../../core/rng.js";
import type { Activation } from "../activation.js";
import type { GradientSink, Kernels } from "../kernels.js";
import type { LayerChain } from "./chain.js";
import type { Layer, RowNorms } from "./layer.js";

/** y = x + f(x), f being layers of their own whose output has the shape of their input (He et al. 2016). */
export class Residual implements Layer {
	readonly perExampleNorms: "defined" | "not defined";

	constructor(
		private readonly kernels: Kernels,
		private readonly input: Activation,
		private readonly output: Activation,
		private readonly branch: LayerChain,
	) {
		this.perExampleNorms = branch.placed.every(({ layer }) => layer.perExampleNorms === "defined") ? "defined" : "not defined";
	}

	initialize(rng: Rng): void {
		for (const { layer, index } of this.branch.placed) layer.initialize(rng.split(index));
	}

	forward(rows: number, training: boolean): void {
		const { kernels, input, output, branch } = this;
		for (let i = 0; i < branch.placed.length; i++) branch.placed[i].layer.forward(rows, training);
		kernels.add(input.values, branch.output.values, output.values, rows * input.stride);
	}

	backward(rows: number, sink: GradientSink, norms: RowNorms | null): void {
		const { kernels, input, output, branch } = this;
		const bytes = rows * input.stride;
		kernels.copy(output.gradient, branch.output.gradient, bytes); // a copy, since a ReLU that is part of a convolution stops it in place
		for (let i = branch.placed.length - 1; i >= 0; i--) branch.placed[i].layer.backward(rows, sink, norms);
		if (input.gradient !== 0) kernels.add(input.gradient, output.gradient, input.gradient, bytes);
	}
}
