import { type Goal, goalSet } from "../core/goal.js";
import { type Canvas, element } from "./draw.js";
import type { drawnSets } from "./drawn-sets.js";
import { type KeyItem, signWidth } from "./key.js";
import { theme } from "./theme.js";
import { tickNumber } from "./ticks.js";

/** What learning curves show. */
interface Drawn extends ReturnType<typeof drawnSets> {
	readonly runs: "folded" | "single";
	/** More than one run in a panel. */
	readonly several: boolean;
	readonly diverged: boolean;
	readonly heldOutName: string;
}

/** The key of learning curves: what is drawn, and nothing else. */
export function curvesKey(
	canvas: Canvas,
	goal: Goal,
	{ training, heldOut, heldOutName, runs, several, diverged }: Drawn,
): readonly KeyItem[] {
	const rule = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "path", { d: `M0,0H${signWidth}`, stroke: theme.ink, fill: "none", ...attributes });
	const middle = runs === "single" ? "median run" : several ? "median of the runs" : "its one run";
	const others: KeyItem =
		runs === "single"
			? { text: "the other runs", sign: [rule({ "stroke-opacity": 0.35 })] }
			: {
					text: "the middle half of the runs",
					sign: [element(canvas, "rect", { y: -6, width: signWidth, height: 12, fill: theme.ink, "fill-opacity": 0.22 })],
				};
	const bound = goal.atLeast ?? goal.atMost ?? 0;
	return [
		...(heldOut ? [{ text: `${heldOutName}, ${middle}`, sign: [rule({ "stroke-width": 2 })] }] : []),
		...(heldOut && several ? [others] : []),
		...(training
			? [{ text: `training, ${middle}`, sign: [rule({ stroke: theme.muted, "stroke-dasharray": "2,2", "stroke-width": 1.25 })] }]
			: []),
		{
			text: `goal${goalSet(goal) === "train" ? " (training)" : ""}: ${tickNumber(bound)}`,
			sign: [rule({ stroke: theme.accent, "stroke-dasharray": "4,3" })],
		},
		...(diverged ? [{ text: "diverged", sign: [rule({ d: "M5,-4L13,4M5,4L13,-4", "stroke-width": 1.5 })] }] : []),
	];
}
