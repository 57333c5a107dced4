import type { Estimate, Median } from "../../analysis/findings.js";

/** Where there is nothing to estimate. */
export const nothing: Estimate = { estimate: null, low: null, high: null };

/** The estimate without its interval; NaN where there is none, which no comparison holds for and no chart draws. */
export const estimateOf = ({ estimate }: Estimate): number => estimate ?? Number.NaN;

/** A number to be written: null, and so a dash, where there is none. */
export const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

/** A median in the shape of an estimate. */
export const asEstimate = ({ median, low, high }: Median): Estimate => ({ estimate: median, low, high });

/** An estimate of a rising function of what was estimated. */
const through = ({ estimate, low, high }: Estimate, rising: (x: number) => number): Estimate => {
	const of = (x: number | null) => (x === null ? null : rising(x));
	return { estimate: of(estimate), low: of(low), high: of(high) };
};

/** `by`: above 0. */
export const scaled = (value: Estimate, by: number): Estimate => through(value, (x) => x * by);
export const shifted = (value: Estimate, by: number): Estimate => through(value, (x) => x + by);

/** A ratio as its logarithm, so that twice and half lie equally far from 0. */
export const logOf = (ratio: Estimate): Estimate => through(ratio, Math.log);

/** With its sign turned: what was the upper end is the lower one. */
export function negated({ estimate, low, high }: Estimate): Estimate {
	const minus = (x: number | null) => (x === null ? null : -x);
	return { estimate: minus(estimate), low: minus(high), high: minus(low) };
}

/** Whether the whole interval lies above, or below; false where that end is open. */
export const isAbove = ({ low }: Estimate, limit: number): boolean => low !== null && low > limit;
export const isBelow = ({ high }: Estimate, limit: number): boolean => high !== null && high < limit;

/** Of some rows the one whose value is greatest, the first of equals. There has to be one. */
export const greatest = <Row>(rows: readonly Row[], of: (row: Row) => number): Row => rows.reduce((a, b) => (of(b) > of(a) ? b : a));
