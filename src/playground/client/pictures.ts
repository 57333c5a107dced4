import { formatNumber } from "../../words/numbers.js";
import { principalPlane } from "../path.js";
import type { Action } from "../state/actions.js";
import type { PlayState } from "../state/state.js";
import { laneLetter } from "../state/study-file.js";
import { chooser, element, write } from "./dom.js";
import { drawCurves } from "./draw-curves.js";
import { drawPath } from "./draw-path.js";
import { inShort } from "./lane-card.js";
import type { LaneLink } from "./lane-link.js";
import type { Palette } from "./palette.js";

/** Points of each lane's path: a plane through all of them costs the square of their number. */
const pathPoints = 24;
const pathMilliseconds = 700;

/** The pictures that all lanes share: curves, and the paths of their weights. */
export function pictures(act: (action: Action) => void) {
	const axis = chooser(
		"Over",
		(["epochs", "steps", "examples", "seconds"] as const).map((value) => ({ value, text: value })),
		(value) => act({ kind: "set", members: { axis: value } }),
	);
	const metric = chooser(
		"Show",
		[
			{ value: "loss" as const, text: "loss" },
			{ value: "accuracy" as const, text: "accuracy" },
		],
		(value) => act({ kind: "set", members: { metric: value } }),
	);
	const curves = element("canvas", { class: "curves", role: "img" });
	const path = element("canvas", { class: "path", role: "img", "aria-label": "Paths of the lanes' weights" });
	const key = element("p", { class: "key" });
	const share = element("p", { class: "note" });
	let drawnAt = Number.NEGATIVE_INFINITY;
	return {
		root: element(
			"div",
			{ class: "pictures" },
			element(
				"section",
				{ "aria-label": "Curves" },
				element("div", { class: "row" }, element("h2", {}, "Who is ahead?"), metric.label, axis.label),
				curves,
				key,
				element("p", { class: "note" }, "Thick: held-out examples. Thin: training examples."),
			),
			element("section", { "aria-label": "Paths" }, element("h2", {}, "Where the weights went"), path, share),
		),
		show({ axis: a, metric: m }: PlayState): void {
			axis.show(a);
			metric.show(m);
		},
		draw(state: PlayState, lanes: readonly LaneLink[], colors: Palette, isFresh: boolean): void {
			const shown = lanes.map(({ looks, population }) => ({ looks, population }));
			drawCurves(curves, shown, state, colors);
			curves.setAttribute("aria-label", inWords(state, lanes));
			const named = lanes.map((lane, i) => ({ lane: i, text: lane.report ? ` ${laneLetter(i)}: ${inShort(lane.report.settings)}` : "" }));
			if (key.dataset.shown !== JSON.stringify(named)) {
				key.dataset.shown = JSON.stringify(named);
				key.replaceChildren(...named.map(({ lane, text }) => element("span", { class: `lane-${lane}` }, element("i"), text)));
			}
			if (!isFresh && performance.now() - drawnAt < pathMilliseconds) return;
			drawnAt = performance.now();
			const plane = principalPlane(lanes.map(({ weights, report }) => (report?.trouble ? [] : thinned(weights))));
			drawPath(path, plane, colors);
			write(
				share,
				plane
					? `The two directions in which all lanes together moved most; they hold ${formatNumber(100 * plane.share)} % of the motion. Ring: the common start.${lanes.some(({ report }) => report?.trouble) ? " Lanes that ran away are left out." : ""}`
					: "Nothing has moved yet.",
			);
		},
	};
}

/** Some of the points, always with the first and the last. */
function thinned(points: readonly Float32Array[]): readonly Float32Array[] {
	if (points.length <= pathPoints) return points;
	return Array.from({ length: pathPoints }, (_, i) => points[Math.round((i * (points.length - 1)) / (pathPoints - 1))]);
}

function inWords({ metric, axis }: PlayState, lanes: readonly LaneLink[]): string {
	const value = (lane: LaneLink) => lane.looks.at(-1)?.heldOut[metric];
	const said = lanes.flatMap((lane, i) => {
		const last = value(lane);
		return last === undefined ? [] : [`lane ${laneLetter(i)} ${last.toFixed(3)}`];
	});
	return `Held-out ${metric} of each lane over ${axis}; now ${said.join(", ")}`;
}
