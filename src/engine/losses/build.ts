import type { Activation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { NetworkSpec } from "../network-spec.js";
import { BinaryCrossEntropy } from "./binary-cross-entropy.js";
import type { Loss } from "./loss.js";
import { MeanSquaredError } from "./mean-squared-error.js";
import { SoftmaxCrossEntropy } from "./softmax-cross-entropy.js";

/** The loss of a checked specification on chunks of at most `rows` outputs. */
export function buildLoss({ loss, labelSmoothing }: NetworkSpec, outputs: Activation, rows: number, kernels: Kernels, arena: Arena): Loss {
	switch (loss) {
		case "softmax-cross-entropy":
			return new SoftmaxCrossEntropy(kernels, outputs, arena, rows, labelSmoothing);
		case "binary-cross-entropy":
			return new BinaryCrossEntropy(kernels, outputs, arena);
		case "mean-squared-error":
			return new MeanSquaredError(kernels, outputs, arena);
	}
}
