/** `sweetspot/charts`: draws what a study found, and measurements of one's own in the same manner, as SVG. */
export { batchColors } from "./batch-colors.js";
export type { Canvas } from "./draw.js";
export { noiseScaleChart } from "./noise-scale-chart.js";
export type { Axis } from "./panel-curves.js";
export { rateMap } from "./rate-map.js";
export { type Series, type SeriesChart, seriesChart, seriesColors } from "./series-chart.js";
export { themeVariables } from "./theme.js";
export { timeExamplesChart } from "./time-examples-chart.js";
export { tradeoffChart } from "./tradeoff-chart.js";
