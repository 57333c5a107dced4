/** `sweetspot/engine`: trains networks at any batch size, with the same bits in Node and in a browser. */
export { Rng } from "../core/rng.js";
export { Engine } from "./engine.js";
export type { ExampleSet, Examples } from "./example-set.js";
export type { Network, SetMetrics } from "./network.js";
export type { ImageShape, Init, LayerSpec, LossName, NetworkSpec } from "./network-spec.js";
export type { Optimizer } from "./optimizers/optimizer.js";
export type { OptimizerSpec } from "./optimizers/spec.js";
export { type NamedArray, parameterArrays } from "./parameter-arrays.js";
export type { StepReport } from "./step-report.js";
export type { StepOptions, TrainingStep } from "./training-step.js";
