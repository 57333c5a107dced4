import { conditions } from "./conditions/conditions.js";
import { convex } from "./convex/convex.js";
import { distance } from "./distance/distance.js";
import type { Experiment } from "./experiment.js";
import { flavors } from "./flavors/flavors.js";
import { generalization } from "./generalization/generalization.js";
import { gradientNorm } from "./gradient-norm/gradient-norm.js";
import { iterations } from "./iterations/iterations.js";
import { learningCurves } from "./learning-curves/learning-curves.js";
import { learningRate } from "./learning-rate/learning-rate.js";
import { regularization } from "./regularization/regularization.js";
import { schedules } from "./schedules/schedules.js";
import { sharpness } from "./sharpness/sharpness.js";
import { stopping } from "./stopping/stopping.js";
import { throughput } from "./throughput/throughput.js";

/** Every experiment, in the order in which they are listed, run and read. */
export const experiments: readonly Experiment[] = [
	flavors,
	learningCurves,
	gradientNorm,
	distance,
	learningRate,
	generalization,
	convex,
	iterations,
	throughput,
	stopping,
	regularization,
	sharpness,
	schedules,
	conditions,
];
