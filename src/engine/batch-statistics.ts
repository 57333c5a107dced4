import type { LayerSpec } from "./network-spec.js";
import { layerShapes, type Shape } from "./shapes.js";

/** How a network's batch normalizations take their statistics. */
export interface BatchStatistics {
	/** Sizes of ghost batches; chunks are cut between them only. */
	readonly ghosts: readonly number[];
	/** Whether some take them over the whole mini-batch, which must then go through in one chunk. */
	readonly whole: boolean;
	/** Whether some see a single number of each channel in every example, so that a mini-batch of one has no variance. */
	readonly ofPixels: boolean;
}

/** Those of layers that fit, nested ones among them; null where nothing is normalized over a batch. */
export function batchStatistics(layers: readonly LayerSpec[], input: Shape): BatchStatistics | null {
	const shapes = layerShapes(layers, input);
	const ghosts = new Set<number>();
	let [found, whole, ofPixels] = [false, false, false];
	for (const [index, layer] of layers.entries()) {
		const before = index === 0 ? input : shapes[index - 1];
		if (layer.kind === "batch-norm") {
			found = true;
			if (layer.ghost === undefined) whole = true;
			else ghosts.add(layer.ghost);
			ofPixels ||= before.height * before.width === 1;
		} else if (layer.kind === "residual") {
			const inner = batchStatistics(layer.layers, before);
			if (!inner) continue;
			found = true;
			for (const ghost of inner.ghosts) ghosts.add(ghost);
			whole ||= inner.whole;
			ofPixels ||= inner.ofPixels;
		}
	}
	return found ? { ghosts: [...ghosts], whole, ofPixels } : null;
}

/** The least number of examples that ghost batches of all these sizes divide. */
export const commonMultiple = (sizes: readonly number[]): number =>
	sizes.reduce((common, size) => (common / greatestDivisor(common, size)) * size, 1);

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
