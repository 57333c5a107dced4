import type { Estimate } from "./findings.js";

/** If the upper end of an interval is more than this many times the lower, nothing is derived from the estimate. */
const widest = 10;

/** Whether an estimate has an interval so wide, or open, that it is almost uninformative. */
export const isVague = ({ estimate, low, high }: Estimate): boolean =>
	estimate !== null && (low === null || high === null || high > widest * low);
