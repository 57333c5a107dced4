import type { Few } from "../../data/few.js";
import type { DescentWorkload, NetworkWorkload } from "../../study/study.js";

/** A network on its data, or on a part of them that is drawn once and for all. */
export type LabWorkload = NetworkWorkload & { readonly few?: Few };

/** The part of its data that a workload is trained on; null: all of them. */
export const fewOfWorkload = (workload: DescentWorkload & { readonly few?: Few }): Few | null => workload.few ?? null;

/** Brownlee's: 2-50-3, He-uniform, momentum 0.9, on the tutorial's blobs. */
export const tutorial: NetworkWorkload = {
	data: { name: "tutorial-blobs" },
	model: [{ kind: "dense", units: 50 }, { kind: "relu" }, { kind: "dense", units: 3, init: "glorot-uniform" }],
	init: "he-uniform",
	loss: "softmax-cross-entropy",
	reduction: "mean",
	sampler: "reshuffle",
	lastBatch: "keep",
	optimizer: { name: "sgd", momentum: 0.9 },
};

/** The embedded study's: 64-64-10, He-normal, momentum 0.9, on the handwritten digits. */
export const digits: NetworkWorkload = {
	...tutorial,
	data: { name: "digits" },
	model: [{ kind: "dense", units: 64 }, { kind: "relu" }, { kind: "dense", units: 10 }],
	init: "he-normal",
};

/** A workload in a line, as evidence names it. */
export function describeWorkload(workload: DescentWorkload): string {
	const { data, sampler, optimizer } = workload;
	const drawn = sampler === "reshuffle" ? "reshuffled epochs" : "batches drawn with replacement";
	if (!("model" in workload)) return `${data.name}, ${describeOptimizer(optimizer)}, ${drawn}`;
	const widths = workload.model.flatMap((layer) => (layer.kind === "dense" ? [layer.units] : []));
	const few = fewOfWorkload(workload);
	const part = few ? `${few.perClass} examples a class of ${data.name}` : data.name;
	return `${part}, dense layers of ${widths.join(" and ")}, ${describeOptimizer(optimizer)}, ${workload.reduction} over the batch, ${drawn}`;
}

const describeOptimizer = (optimizer: NetworkWorkload["optimizer"]): string =>
	optimizer.name !== "sgd" ? optimizer.name : optimizer.momentum === 0 ? "SGD without momentum" : `SGD with momentum ${optimizer.momentum}`;

/** The seed of the run at `place`: the same at every batch size and rate, so that comparisons are paired. */
export const seedAt = (seed: number, place: number): number => seed * 65536 + place;

/** Those of the first `count` places. */
export const seedsOf = (seed: number, count: number): readonly number[] => Array.from({ length: count }, (_, place) => seedAt(seed, place));
