import { gridX, gridY, ruleY } from "@observablehq/plot";
import { theme } from "./theme.js";

/** What lies behind curves that go for a goal: the grid at these ticks, and the goal as a line across. */
export const goalFrame = (xTicks: number[], yTicks: number[], goal: number) => [
	gridX(xTicks, { stroke: theme.grid, strokeOpacity: 1 }),
	gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
	ruleY([goal], { stroke: theme.accent, strokeDasharray: "4,3" }),
];
