import { seriesColors } from "../charts/series-chart.js";

/** Runs that one chart can show. */
export const mostRuns = seriesColors.length;
