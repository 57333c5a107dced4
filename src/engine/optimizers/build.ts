import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { Parameters } from "../parameters.js";
import { Adam } from "./adam.js";
import { Nesterov } from "./nesterov.js";
import type { Optimizer } from "./optimizer.js";
import { Rmsprop } from "./rmsprop.js";
import { Sgd } from "./sgd.js";
import type { OptimizerSpec } from "./spec.js";

/** The optimizer that a study names, over these parameters. */
export function buildOptimizer(spec: OptimizerSpec, kernels: Kernels, parameters: Parameters, arena: Arena): Optimizer {
	switch (spec.name) {
		case "sgd":
			return spec.nesterov ? new Nesterov(kernels, parameters, spec, arena) : new Sgd(kernels, parameters, spec, arena);
		case "rmsprop":
			return new Rmsprop(kernels, parameters, spec, arena);
		case "adam":
		case "adamw":
			return new Adam(kernels, parameters, spec, arena);
	}
}
