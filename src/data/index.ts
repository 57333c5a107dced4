/** `sweetspot/data`: data sets in three disjoint sets, and mini-batches of them. */
export { Rng } from "../core/rng.js";
export type { Dataset, Examples } from "./dataset.js";
export { loadDataset } from "./load.js";
export { npzOf } from "./numpy/write-npz.js";
export { replacingSampler, reshufflingSampler, type Sampler } from "./sampler.js";
export type { Place, ReadBytes } from "./source.js";
export type { NetworkSource } from "./sources/table.js";
