import type { LaneData, Report } from "../lane/protocol.js";
import { cleared, type Palette } from "./palette.js";

/**
 * Held-out examples of data that have no plane, counted: a row for each class, a column for each prediction, those that are wrong in the
 * accent's colour.
 */
export function drawCounts(
	canvas: HTMLCanvasElement,
	{ classes, heldOut }: LaneData,
	{ field }: Report,
	names: readonly string[] | null,
	colors: Palette,
): void {
	const drawn = cleared(canvas);
	if (!drawn) return;
	const { on, width } = drawn;
	const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	for (const [i, value] of field.entries()) counts[heldOut.labels[i]][Math.min(classes - 1, Math.floor(value))]++;
	const [left, top] = [Math.min(84, width / 4), 46];
	const cell = Math.min((width - left - 6) / classes, 100);
	const name = (label: number) => names?.[label] ?? String(label);
	on.font = "600 11px system-ui, sans-serif";
	on.fillStyle = colors.muted;
	on.textBaseline = "top";
	on.fillText(`${field.length} held-out examples`, 6, 6);
	on.font = "11px system-ui, sans-serif";
	on.textBaseline = "alphabetic";
	on.fillText("class ↓  predicted →", 6, top - 7);
	for (let row = 0; row < classes; row++) {
		const total = counts[row].reduce((sum, count) => sum + count, 0);
		on.textBaseline = "middle";
		on.textAlign = "right";
		on.fillStyle = colors.muted;
		if (cell > 9) on.fillText(shortened(on, name(row), left - 12), left - 6, top + (row + 0.5) * cell);
		on.textAlign = "center";
		for (let column = 0; column < classes; column++) {
			const count = counts[row][column];
			on.globalAlpha = total === 0 ? 0 : 0.06 + (0.6 * count) / total;
			on.fillStyle = row === column ? colors.muted : colors.accent;
			on.fillRect(left + column * cell + 1, top + row * cell + 1, cell - 2, cell - 2);
			on.globalAlpha = 1;
			on.fillStyle = colors.ink;
			if (count > 0 && cell > 15) on.fillText(String(count), left + (column + 0.5) * cell, top + (row + 0.5) * cell);
		}
	}
	on.textAlign = "left";
}

/** As much of a text as is so wide. */
function shortened(on: CanvasRenderingContext2D, text: string, width: number): string {
	if (on.measureText(text).width <= width) return text;
	let length = text.length;
	while (length > 1 && on.measureText(`${text.slice(0, length)}…`).width > width) length--;
	return `${text.slice(0, length)}…`;
}
