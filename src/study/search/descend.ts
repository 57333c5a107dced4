import type { HalfOctave } from "../../core/rates.js";
import type { Rounds } from "./rounds.js";
import { type Crossed, capAhead, type Runs } from "./runs.js";
import type { SearchSpace } from "./space.js";

/** A rate and its median steps-to-target. */
export interface Tuned {
	readonly rate: HalfOctave;
	readonly steps: number;
}

/** The same as rates are compared: by where its median run crossed the goal (see `crossingMark`). */
export interface Best extends Tuned {
	readonly mark: number;
}

/** Whether the rate on this side of the best (1: above) takes its place: at the same mark the lower of the two rates does. */
export const isBetter = ({ mark }: Crossed, best: Best, side: number): boolean => (side > 0 ? mark < best.mark : mark <= best.mark);

/**
 * The bottom of the valley that `start` lies in. S over the rate has one valley, so a rate whose two neighbours are no better is the best.
 * Each challenger is capped at the incumbent's median, which ends it exactly when it can no longer win; a diverged or capped neighbour
 * counts as the valley's edge. At the same look the lower rate wins: a higher one must be a look faster. From the bottom itself this costs
 * seven runs of the best rate: three of its own and two at each side. `report` receives every new incumbent.
 */
export function* descend(runs: Runs, space: SearchSpace, start: Best, report: (best: Best) => void): Rounds<Best> {
	let best = start;
	for (let direction: 1 | -1 = 1, turned = false; ; ) {
		const challenger: HalfOctave = best.rate + direction;
		const within = challenger >= space.lowest && challenger <= space.highest;
		const cap: number = direction === 1 ? capAhead(space.before, best) : best.steps;
		const found: Crossed | null = within
			? yield* runs.median(challenger, cap, direction === 1 ? "neighbour above" : "neighbour below")
			: null;
		if (found !== null && isBetter(found, best, direction)) {
			best = { rate: challenger, steps: found.steps, mark: found.mark };
			report(best);
		} else if (turned) return best;
		else {
			direction = direction === 1 ? -1 : 1;
			turned = true;
		}
	}
}
