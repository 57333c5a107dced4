import { tickNumber } from "../../charts/ticks.js";
import type { Look } from "../lane/look.js";
import type { PlayState } from "../state/state.js";
import { roundTicks } from "../ticks.js";
import { cleared, type Palette } from "./palette.js";

/** Looks of one lane. */
export interface Curve {
	readonly looks: readonly Look[];
	/** N, training examples. */
	readonly population: number;
}

const room = { left: 46, right: 18, top: 10, bottom: 36 };

const alongAxis = (look: Look, axis: PlayState["axis"], population: number): number =>
	axis === "epochs" ? look.examples / population : axis === "steps" ? look.step : axis === "examples" ? look.examples : look.seconds;

const axisNames = {
	epochs: "epochs",
	steps: "steps (updates of the weights)",
	examples: "training examples used",
	seconds: "seconds of training in this browser",
} as const;

/** Every lane's loss or accuracy: held out, thick; on the training examples, thin. */
export function drawCurves(
	canvas: HTMLCanvasElement,
	curves: readonly Curve[],
	{ axis, metric }: Pick<PlayState, "axis" | "metric">,
	colors: Palette,
): void {
	const drawn = cleared(canvas);
	if (!drawn) return;
	const { on, width, height } = drawn;
	const x = (look: Look, population: number) => alongAxis(look, axis, population);
	const reached = Math.max(...curves.map(({ looks, population }) => (looks.length > 0 ? x(looks[looks.length - 1], population) : 0)));
	const furthest = reached > 0 ? reached : 1; // before the first step
	const values = curves.flatMap(({ looks }) => looks.flatMap((look) => [look.train[metric], look.heldOut[metric]])).filter(Number.isFinite);
	// A loss far above that of knowing nothing would press all else flat.
	const most = metric === "accuracy" ? 1 : Math.min(Math.max(...values, 0.1), 3 * Math.max(0.7, curves[0]?.looks[0]?.train.loss ?? 0.7));
	const least = metric === "accuracy" ? Math.min(...values, 0.5) : 0;
	const [w, h] = [width - room.left - room.right, height - room.top - room.bottom];
	const left = (value: number) => room.left + (w * value) / furthest;
	const down = (value: number) => room.top + h * (1 - (Math.min(value, most) - least) / (most - least));

	on.font = "12px system-ui, sans-serif";
	on.lineWidth = 1;
	on.textBaseline = "middle";
	on.textAlign = "right";
	for (const tick of roundTicks(least, most, 5)) {
		on.strokeStyle = colors.grid;
		line(on, [
			[room.left, down(tick)],
			[width - room.right, down(tick)],
		]);
		on.fillStyle = colors.muted;
		on.fillText(metric === "accuracy" ? `${Math.round(100 * tick)} %` : tickNumber(tick), room.left - 6, down(tick));
	}
	on.textBaseline = "top";
	on.textAlign = "center";
	for (const tick of roundTicks(0, furthest, Math.max(2, Math.floor(w / 90))))
		on.fillText(tickNumber(tick), left(tick), height - room.bottom + 5);
	on.textAlign = "right";
	on.fillText(axisNames[axis], width - room.right, height - 15);

	on.save();
	on.beginPath();
	on.rect(room.left, room.top - 2, w + room.right, h + 4);
	on.clip();
	for (const [i, { looks, population }] of curves.entries())
		for (const set of ["train", "heldOut"] as const) {
			on.strokeStyle = colors.lanes[i];
			on.lineWidth = set === "train" ? 1 : 2.4;
			on.globalAlpha = set === "train" ? 0.75 : 1;
			line(
				on,
				looks.map((look) => [left(x(look, population)), down(look[set][metric])]),
			);
		}
	on.restore();
}

export function line(on: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
	on.beginPath();
	for (const [i, [x, y]] of points.entries())
		if (i === 0) on.moveTo(x, y);
		else on.lineTo(x, y);
	on.stroke();
}
