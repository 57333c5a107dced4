import { line } from "./draw-curves.js";
import { cleared, type Palette } from "./palette.js";

/** The last mini-batches' gradient norms, one after the other, from 0 up to the largest. */
export function drawNorms(canvas: HTMLCanvasElement, norms: Float32Array, color: string, colors: Palette): void {
	const drawn = cleared(canvas);
	if (!drawn || norms.length === 0) return;
	const { on, width, height } = drawn;
	const finite = [...norms].filter(Number.isFinite);
	const most = Math.max(1e-12, ...finite);
	on.strokeStyle = colors.grid;
	on.lineWidth = 1;
	line(on, [
		[0, height - 0.5],
		[width, height - 0.5],
	]);
	on.strokeStyle = color;
	on.lineWidth = 1.2;
	const stride = width / Math.max(40, finite.length - 1);
	line(
		on,
		finite.map((norm, i) => [i * stride, height - 2 - (height - 4) * (norm / most)]),
	);
}
