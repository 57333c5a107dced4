import { exp, log } from "../../core/numerics.js";

/**
 * The ladder's numbers, chosen by simulation (`npm run bench -- price --simulate`, docs/price.md) on workloads that judge nothing any more,
 * never on those held back. "Left": how many times what it has spent the leader is expected to spend up to the goal.
 */
export const shape = {
	/** Looks before the first rung, and half octaves between the rates of the opening. */
	firstLooks: 5,
	openingStride: 4,
	/**
	 * Arms have risen once one has come this share of the way from where runs begin to the goal. Until then none is compared, for this many
	 * rungs at most.
	 */
	risen: 0.01,
	mostBlind: 4,
	/** A rung costs this many times the one before, at least the second number: the closer the goal, the closer the rungs. */
	growth: 3,
	leastGrowth: 1.5,
	/**
	 * Other batch sizes join when so much is left; half octaves and factors of two in size join at the second; at the third the leader goes
	 * on alone.
	 */
	openAt: 12,
	refineAt: 6,
	finishAt: 4,
	/** The leader alone goes at most, and at least, so much further at a time. */
	finish: 2.2,
	leastFinish: 1.25,
	/** How often in a row the leader's neighbours are tried at one rung. */
	climbs: 2,
	/**
	 * Of the neighbours so many join, far from the goal and near it, and only those that are expected to cost at most `within` times what the
	 * leader does; all of them, while fewer than `fewest` arms show what to expect. They catch up in these parts of what the leader has spent,
	 * while they may win.
	 */
	join: { far: 3, near: 2, within: 1, fewest: 3, parts: [0.35, 0.6, 1] },
	/**
	 * An arm ends where it costs more than `width` times the leader, or more than `count` arms cost less. Both shrink from `far`, where
	 * `farFrom` is left after the next rung, to `near` at the goal, and grow beyond. The first rungs are narrowed no faster than a rung
	 * allows, even where less seems to be left.
	 */
	width: { far: 2.5, near: 1.4 },
	count: { far: 8, near: 2 },
	farFrom: 40,
	lookAhead: 2,
	/** An arm may cost this many times what the leader does in examples, and in seconds. */
	ownCost: 2.5,
	/**
	 * A leader makes no progress if it has spent this many times what it was expected to take to the goal, or is expected to take this many
	 * times as much as before. It gets worse if it is this many times as far from the goal as it has been.
	 */
	late: 1.5,
	slower: 4,
	worse: 1.5,
	/**
	 * Before the leader goes on alone, what lies this many half octaves above it, and at twice its batch size, follows it in these parts of
	 * what it has spent, while it costs at most this many times as much; so does half its batch size, where no smaller one was tried. Where
	 * another batch size takes the lead, the same is done for that one; so often in all.
	 */
	before: { halfOctaves: 2, within: 1.3, parts: [0.25, 0.5, 1], looks: 3 },
	/**
	 * At the end others follow the winner in these parts of what it took, while they cost at most `within` times as much. So many, of those
	 * that have spent `share` of that at least, and are expected to cost at most `expected` times as much.
	 */
	rivals: { most: 3, share: 0.3, expected: 1.2, within: 1.1, parts: [0.6, 0.75, 0.9, 1] },
	/**
	 * Where the best rate rises, what lies above the winner then follows it in these parts of what it took, while it costs at most this many
	 * times as much; this often.
	 */
	polish: { within: 1.07, parts: [0.25, 0.4, 0.6, 1], most: 3 },
	/**
	 * What is left of the budget goes to settings up to so many doublings and octaves away from the winner. Each run ends at `within` times
	 * what the best one takes, `atOnce` run side by side, and this goes on while a run is expected to lower the cost by `least`, in natural
	 * log. At most `reported` trainings are kept back for the runs that are reported.
	 */
	refine: { doublings: 2, octaves: 1, within: 1.6, atOnce: 2, least: 0.002, reported: 3 },
	/**
	 * Once this many arms have reached their limit without the goal, and none with it, no other is expected to: each costs as much as a long
	 * training.
	 */
	mostExhausted: 3,
	/** The arms of a rung together cost at most as much as this many runs to the limit. */
	longRuns: 1.5,
	/**
	 * Curves are compared by means of the metric over the looks in (s/window, s]; their pace is taken over the last factor of `pacedOver`.
	 */
	window: 1.5,
	pacedOver: 3,
	/** Doublings by which the best size rises for every factor of two that is left; of these at most a factor of `driftOver`. See `driftOf`. */
	sizeDrift: 0.4,
	driftOver: 10,
	/** Which arms the surface of `smoothed` is fitted to: those that cost at most `nearby` times as much, and should by the bend. */
	nearby: 2.5,
	deepEnough: 12,
	/** A run on a fresh seed may take this many times the steps of the ladder's own; this often the next best takes its place. */
	freshMostTimes: 2.5,
	mostReplaced: 2,
	/** Where none of those holds, all were lucky, and the ladder goes on with the others; at most so often. */
	mostLucky: 2,
} as const;

/** What depends on whether a run sees its training examples several times, or about once. */
export interface Expected {
	/**
	 * What arms are expected to cost around the best one, in natural log, per octave squared of the rate and doubling squared of the size: see
	 * `smoothed`.
	 */
	readonly bend: { readonly rate: number; readonly size: number };
	/** Octaves by which the best rate rises for every factor of two in steps that is left: see `driftOf`. */
	readonly rateDrift: number;
	/**
	 * And for every factor of e by which the loss, or the error, has to fall; none where the optimizer normalizes the gradient, or the metric is
	 * another.
	 */
	readonly lossDrift: number;
	/** Share of its own deviation from that surface that an arm keeps. */
	readonly kept: number;
	/** The size that is tried first, as a share of the likely one. */
	readonly firstShare: number;
	/** The next higher rate goes on next to the leader while so much is left: it may fail in its first steps, and win. */
	readonly spareAbove: number;
}

const few: Expected = {
	bend: { rate: 0.2, size: 0.06 },
	rateDrift: 0.1,
	lossDrift: 0,
	kept: 0.75,
	firstShare: 1,
	spareAbove: Number.POSITIVE_INFINITY,
};
const many: Expected = { bend: { rate: 0.22, size: 0.1 }, rateDrift: -0.27, lossDrift: 1.2, kept: 0.5, firstShare: 1 / 3, spareAbove: 20 };

/** From so many training examples on there are many. */
export const manyExamples = 30_000;

/** What is expected on so many training examples; where their number isn't known (0), as on many. */
export const expectedOn = (examples: number): Expected => (examples === 0 || examples >= manyExamples ? many : few);

/**
 * Half octaves by which the best rate rises with every doubling of the batch size: the square root of it for optimizers that normalize the
 * gradient.
 */
export const slopes = { plain: 1.5, normalized: 1 } as const;

/** From `near` if nothing is left to `far` if `farFrom` is left, and on beyond it, evenly in logarithms. */
export function between({ far, near }: { readonly far: number; readonly near: number }, left: number): number {
	const share = Math.max(0, log(left) / log(shape.farFrom));
	return exp(log(near) + share * (log(far) - log(near)));
}
