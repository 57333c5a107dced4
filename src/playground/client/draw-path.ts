import type { PathPlane } from "../path.js";
import { laneLetter } from "../state/study-file.js";
import { line } from "./draw-curves.js";
import { cleared, type Palette } from "./palette.js";

/** Where the lanes' weights went: one scale for both directions, a ring at the common start, a disc and a letter at each end. */
export function drawPath(canvas: HTMLCanvasElement, plane: PathPlane | null, colors: Palette): void {
	const drawn = cleared(canvas);
	if (!drawn || !plane) return;
	const { on, width, height } = drawn;
	const all = plane.paths.flat();
	const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
	const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	const scale = Math.min((width - 40) / (right - left || 1), (height - 40) / (high - low || 1));
	const place = ([x, y]: readonly [number, number]): readonly [number, number] => [
		width / 2 + (x - (left + right) / 2) * scale,
		height / 2 - (y - (low + high) / 2) * scale,
	];
	on.font = "600 12px system-ui, sans-serif";
	on.lineJoin = "round";
	for (const [i, path] of plane.paths.entries()) {
		const points = path.map(place);
		const end = points.at(-1);
		if (!end) continue;
		on.strokeStyle = colors.lanes[i];
		on.fillStyle = colors.lanes[i];
		on.lineWidth = 2;
		line(on, points);
		on.beginPath();
		on.arc(end[0], end[1], 4, 0, 2 * Math.PI);
		on.fill();
		on.fillText(laneLetter(i), Math.min(width - 12, end[0] + 7), Math.max(12, end[1] - 5));
	}
	const start = plane.paths.find(({ length }) => length > 0)?.[0];
	if (!start) return;
	on.strokeStyle = colors.ink;
	on.lineWidth = 1.5;
	on.beginPath();
	on.arc(...place(start), 5, 0, 2 * Math.PI);
	on.stroke();
}
