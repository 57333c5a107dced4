import type { Writing } from "../experiments/experiment.js";
import { formatCount, formatInterval, formatNumber, formatRate, plain } from "./numbers.js";

/** How experiments write their figures. */
export const writing: Writing = {
	count: formatCount,
	number: formatNumber,
	rate: formatRate,
	interval: (value) => formatInterval(value, plain),
	percent: (value) => formatInterval(value, { ...plain, scale: 100, suffix: " %" }).replace("]", " %]"),
};
