/** `sweetspot/analysis`: the statistics of a study, for runs from anywhere. */
export { Rng } from "../core/rng.js";
export { medianInterval, type Scale } from "./bootstrap.js";
export { efficiencyOf } from "./efficiency.js";
export type { Estimate, Findings, Fit, Median, RateRule } from "./findings.js";
export { fitCurve } from "./fit.js";
export type { SizeRuns } from "./hyperbola.js";
export { rateRule } from "./rate-rule.js";
export type { SeededInterval } from "./size-likelihood.js";
