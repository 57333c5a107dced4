import type { Estimate } from "./findings.js";

/** Upper end over lower end of an interval from which on nothing is derived from its estimate. */
const widest = 10;

/** Whether an estimate has an interval so wide, or open, that it says next to nothing. */
export const isVague = ({ estimate, low, high }: Estimate): boolean =>
	estimate !== null && (low === null || high === null || high > widest * low);
