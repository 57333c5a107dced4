import { objectives } from "../../analysis/objectives.js";
import type { Calibration } from "../../core/calibration.js";
import { exp, log } from "../../core/numerics.js";
import { clockOf, exactClockOf, secondsPerStepOf } from "../../core/step-clock.js";
import { upperMiddle } from "../../core/upper-middle.js";
import { middleSize } from "../middle-size.js";
import { nearestTo } from "../nearest-size.js";
import { secondsPerStep } from "../seconds-per-step.js";
import type { Study } from "../study.js";
import { traitsOf } from "../workloads/table.js";
import type { Arm } from "./arm.js";
import { expectedOn } from "./shape.js";

/** What steps cost, by batch size. */
export interface Prices {
	/**
	 * Measured seconds per step; without measurements B^½, halfway between a time that doesn't depend on the batch and one in proportion to
	 * it.
	 */
	readonly seconds: (batchSize: number) => number;
	/** Cost of a step under the objective, up to a constant: a run costs its steps times this. */
	readonly step: (batchSize: number) => number;
}

/** `arms`: their runs' own clocks are used if steps can't be timed separately. */
export function pricesOf(
	study: Pick<Study, "batchSizes" | "objective" | "workload">,
	calibration: Calibration | null,
	arms: readonly Pick<Arm, "batchSize" | "result">[],
): Prices {
	const { batchSizes, objective, workload } = study;
	const times = traitsOf(workload).timing === "of runs" ? timesOfArms(arms) : timesOf(batchSizes, calibration);
	const seconds = (batchSize: number): number => timeBetween(times, batchSize);
	const { logScore } = objectives[objective];
	return { seconds, step: (batchSize) => exp(logScore(log(seconds(batchSize)), log(batchSize))) };
}

/** Seconds per step of a batch size. */
interface Time {
	readonly batchSize: number;
	readonly seconds: number;
}

const timesOf = (batchSizes: readonly number[], calibration: Calibration | null): readonly Time[] =>
	batchSizes.flatMap((batchSize) => {
		const seconds = secondsPerStep(calibration, batchSize);
		return seconds === null ? [] : [{ batchSize, seconds }];
	});

/**
 * The middle one of every size's runs; ascending. Clocks that count the start of the process count for nothing once there is one that
 * doesn't: next to steps, a start would make sizes whose runs are short look slow.
 */
function timesOfArms(arms: readonly Pick<Arm, "batchSize" | "result">[]): readonly Time[] {
	const sizes = [...new Set(arms.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const isAnyExact = arms.some(({ result }) => result && exactClockOf(result) !== null);
	return sizes.flatMap((batchSize) => {
		const own = arms.flatMap((arm) => (arm.batchSize === batchSize && arm.result ? arm.result : []));
		const seconds = upperMiddle(own.flatMap((result) => (isAnyExact ? exactClockOf : clockOf)(result) ?? []).map(secondsPerStepOf));
		return seconds === undefined ? [] : [{ batchSize, seconds }];
	});
}

/** Evenly in logarithms between the sizes that were timed, and as B^½ beyond them. `times`: ascending. */
function timeBetween(times: readonly Time[], batchSize: number): number {
	const below = times.findLast((time) => time.batchSize <= batchSize);
	const above = times.find((time) => time.batchSize >= batchSize);
	if (below && above && below !== above) {
		const share = log(batchSize / below.batchSize) / log(above.batchSize / below.batchSize);
		return exp(log(below.seconds) + share * log(above.seconds / below.seconds));
	}
	const known = below ?? above;
	return known ? known.seconds * Math.sqrt(batchSize / known.batchSize) : Math.sqrt(batchSize);
}

/** While the fixed cost of a step dominates, it takes at most this many times as long as a step of the smallest batch. */
const mostlyFixed = 2;

/**
 * The size that is guessed to be the best: halfway, on a logarithmic scale, between the middle one and the largest whose steps take at most
 * twice as long as the smallest one's. Up to there more examples a step cost little time.
 */
export const likelySize = (study: Pick<Study, "batchSizes" | "data">, prices: Prices): number =>
	nearestTo(likely(study, prices), study.batchSizes);

/**
 * The size that is tried first: where steps are timed and examples are many, smaller than the likely one, since the ladder finds its way to
 * larger sizes more surely than to smaller ones.
 */
export function firstSize(study: Pick<Study, "batchSizes" | "data" | "workload">, prices: Prices): number {
	const share = traitsOf(study.workload).timing === "of runs" ? 1 : expectedOn(study.data.train).firstShare;
	return nearestTo(share * likely(study, prices), study.batchSizes);
}

/** The likely size, between those that there are. */
function likely(study: Pick<Study, "batchSizes" | "data">, { seconds }: Prices): number {
	const { batchSizes } = study;
	const limit = mostlyFixed * (1 + 1e-9) * seconds(batchSizes[0]);
	const flat = batchSizes.reduce((largest, size) => (seconds(size) <= limit ? size : largest), batchSizes[0]);
	return Math.sqrt(middleSize(study) * flat);
}
