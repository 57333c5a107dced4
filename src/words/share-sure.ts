import { percent } from "./numbers.js";

/** To whole percent, never up: what falls short of 95 % doesn't read as if it were enough. */
export const floored = (share: number): number => Math.floor(100 * share + 1e-9) / 100;

/** A share near 1 does not read as certainty. */
export const shareSure = (share: number): string => (share > 0.99 ? "more than 99 %" : percent(floored(share)));
