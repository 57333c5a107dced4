import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { Field } from "./field.js";

/** Half octaves between the rates that are compared. */
const stride = 2;

/** Half octaves by which the best rate may move for a training twice as long: down by an octave, up by none. */
const steepestDrift = 2;

/** The drift of the best rate while it isn't known: a fifth of an octave down for a training twice as long, as on digits. */
const usualDrift = -0.4;

/** Runs of a single seed show it only roughly, so it counts half, and the usual drift the other half. */
const trustInSeen = 0.5;

/**
 * Half octaves by which the best rate of a size moves from this share to the whole length: the longer a training, the lower its best rate.
 * By the lowest points of parabolas through three rates at each length that was tried, and a line through those.
 */
export function driftTo(field: Field, batchSize: number, share: number): number {
	const points = field.shares.flatMap((one) => {
		const best = one <= share ? lowestPoint(field, batchSize, one) : null;
		return best === null ? [] : [{ x: doublings(one), y: best }];
	});
	const seen = slopeOf(points);
	const slope = seen === null ? usualDrift : trustInSeen * Math.max(-steepestDrift, Math.min(0, seen)) + (1 - trustInSeen) * usualDrift;
	return slope * -doublings(share);
}

const doublings = (share: number): number => log(share) * Math.LOG2E;

/**
 * Of the parabola through the best rate and its neighbours, on the log of their ends where those are above zero; null where one of them is
 * missing.
 */
function lowestPoint(field: Field, batchSize: number, share: number): HalfOctave | null {
	const all = field.standings(share, batchSize);
	const best = all[0];
	if (!best) return null;
	const [below, own, above] = [best.rate - stride, best.rate, best.rate + stride].map(
		(rate) => all.find((arm) => arm.rate === rate)?.score,
	);
	if (below === undefined || own === undefined || above === undefined || !Number.isFinite(below)) return null;
	const isLog = [below, own, above].every((score) => score > 0);
	const [a, b, c] = [below, own, Math.min(above, own + 4 * Math.max(below - own, 1e-12))].map((score) => (isLog ? log(score) : score));
	const bend = a - 2 * b + c;
	return bend > 0 ? best.rate + (stride * 0.5 * (a - c)) / bend : best.rate;
}

/** Of the least-squares line; null with fewer than two points. */
function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number | null {
	if (points.length < 2) return null;
	const [x, y] = [(p: { x: number }) => p.x, (p: { y: number }) => p.y].map(
		(of) => points.reduce((sum, p) => sum + of(p), 0) / points.length,
	);
	const [over, under] = points.reduce(([o, u], p) => [o + (p.x - x) * (p.y - y), u + (p.x - x) ** 2], [0, 0]);
	return over / under;
}
