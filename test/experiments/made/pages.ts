import type { Json } from "../../../src/core/canonical.js";
import type { Conclusion, Experiment } from "../../../src/experiments/experiment.js";
import * as conditions from "./conditions.js";
import * as convex from "./convex.js";
import * as distance from "./distance.js";
import * as flavors from "./flavors.js";
import * as generalization from "./generalization.js";
import * as gradientNorm from "./gradient-norm.js";
import * as iterations from "./iterations.js";
import * as learningCurves from "./learning-curves.js";
import * as learningRate from "./learning-rate.js";
import type { Quick } from "./quick.js";
import * as regularization from "./regularization.js";
import * as schedules from "./schedules.js";
import * as sharpness from "./sharpness.js";
import * as stopping from "./stopping.js";
import * as throughput from "./throughput.js";

/** What an experiment's page is made of, from results that were made by hand. */
export interface Made {
	readonly experiment: Experiment;
	readonly settings: Json;
	readonly results: readonly Json[];
	readonly conclusion: Conclusion;
}

async function madeOf<Settings, Task, Result>(
	{ experiment, settings, conclude }: Quick<Settings, Task, Result>,
	made: readonly Result[] | Promise<readonly Result[]>,
): Promise<Made> {
	const results = await made;
	return {
		experiment,
		settings: settings as Json,
		results: results as readonly Json[],
		conclusion: conclude(results),
	};
}

/** Every experiment, in the order of the catalogue, on results for which most of its claims are supported. */
export const madePages = (): Promise<readonly Made[]> =>
	Promise.all([
		madeOf(flavors.asked, flavors.made(flavors.known)),
		madeOf(learningCurves.asked, learningCurves.made(learningCurves.known)),
		madeOf(gradientNorm.asked, gradientNorm.made(100, 1e-6)),
		madeOf(distance.asked, distance.made(-0.5, 1)),
		madeOf(learningRate.asked, learningRate.made(0.5, 0.1)),
		madeOf(generalization.asked, generalization.made(generalization.known)),
		madeOf(convex.asked, convex.made(0.5, 0.001)),
		madeOf(iterations.asked, iterations.made(iterations.known)),
		madeOf(throughput.asked, throughput.made(4e-6, 1e-6)),
		madeOf(stopping.asked, stopping.made(stopping.known)),
		madeOf(regularization.asked, regularization.made(regularization.peaked)),
		madeOf(sharpness.asked, sharpness.made(0.5, 1)),
		madeOf(schedules.asked, schedules.made(schedules.known)),
		madeOf(conditions.asked, conditions.made([regularization.peaked, regularization.peaked])),
	]);
