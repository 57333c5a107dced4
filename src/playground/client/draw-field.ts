import type { LaneData, Report } from "../lane/protocol.js";
import { cleared, type Palette } from "./palette.js";

/** The data in their plane over what the lane says of each place; the last mini-batch's examples have rings. */
export function drawField(canvas: HTMLCanvasElement, data: LaneData, report: Report, colors: Palette): void {
	if (data.plane) drawPlane(canvas, data, report, colors);
	else if (data.image) drawImages(canvas, data, report, colors);
}

const mixed = (color: readonly [number, number, number], paper: readonly [number, number, number], share: number): string =>
	`rgb(${color.map((value, i) => Math.round(paper[i] + share * (value - paper[i]))).join(" ")})`;

const rgb = (color: string): readonly [number, number, number] =>
	[1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];

function drawPlane(
	canvas: HTMLCanvasElement,
	{ plane, classes, train, heldOut }: LaneData,
	{ field, batch }: Report,
	colors: Palette,
): void {
	const drawn = cleared(canvas);
	if (!drawn || !plane) return;
	const { on, width, height } = drawn;
	const { side } = plane;
	const paper = rgb(colors.paper);
	const color = (label: number) => colors.classes[label % colors.classes.length];
	const [w, h] = [width / side, height / side];
	for (let row = 0; row < side; row++)
		for (let column = 0; column < side; column++) {
			const value = field[row * side + column];
			const label = Math.min(classes - 1, Math.floor(value));
			const sure = 2 * (value - label); // of the class that is most likely, from 1/classes to 1
			on.fillStyle = mixed(color(label), paper, 0.06 + 0.4 * Math.max(0, (sure - 1 / classes) / (1 - 1 / classes)));
			on.fillRect(Math.floor(column * w), Math.floor(height - (row + 1) * h), Math.ceil(w) + 1, Math.ceil(h) + 1);
		}
	const x = (value: number) => ((value - plane.x[0]) / (plane.x[1] - plane.x[0])) * width;
	const y = (value: number) => height - ((value - plane.y[0]) / (plane.y[1] - plane.y[0])) * height;
	const dot = (features: Float32Array, i: number, radius: number) => {
		on.beginPath();
		on.arc(x(features[2 * i]), y(features[2 * i + 1]), radius, 0, 2 * Math.PI);
	};
	for (const [i, label] of heldOut.labels.entries()) {
		dot(heldOut.features, i, 1.6);
		on.strokeStyle = mixed(color(label), paper, 0.85);
		on.lineWidth = 0.9;
		on.stroke();
	}
	for (const [i, label] of train.labels.entries()) {
		dot(train.features, i, 2);
		on.fillStyle = mixed(color(label), paper, 1);
		on.fill();
	}
	on.strokeStyle = colors.ink;
	on.lineWidth = 1.4;
	for (const i of batch) {
		dot(train.features, i, batch.length > 64 ? 3 : 4.5);
		on.stroke();
	}
}

/** Digits: the last mini-batch on top, held-out ones with their predictions below, the wrong ones framed. */
function drawImages(canvas: HTMLCanvasElement, data: LaneData, { field, batch }: Report, colors: Palette): void {
	const drawn = cleared(canvas);
	if (!drawn || !data.image) return;
	const { on, width } = drawn;
	const { image } = data;
	const columns = 8;
	const cell = width / columns;
	const size = cell * 0.62;
	const picture = (features: Float32Array, i: number, left: number, top: number) => {
		const [w, h] = [size / image.width, size / image.height];
		for (let p = 0; p < image.width * image.height; p++) {
			on.globalAlpha = Math.min(1, features[i * data.width + p]);
			on.fillRect(left + (p % image.width) * w, top + Math.floor(p / image.width) * h, w + 0.4, h + 0.4);
		}
		on.globalAlpha = 1;
	};
	on.textBaseline = "top";
	on.font = "600 11px system-ui, sans-serif";
	const title = (text: string, top: number) => {
		on.fillStyle = colors.muted;
		on.fillText(text, 2, top);
	};
	title(`In the last mini-batch${batch.length > columns ? ` (${columns} of ${batch.length})` : ""}`, 0);
	on.fillStyle = colors.ink;
	for (const [place, i] of batch.subarray(0, columns).entries()) picture(data.train.features, i, place * cell, 16);
	const top = 22 + cell * 0.7;
	title("Held out, with predictions", top);
	for (const [i, value] of field.entries()) {
		const [left, above] = [(i % columns) * cell, top + 16 + Math.floor(i / columns) * (cell * 0.84)];
		const predicted = Math.floor(value);
		const isRight = predicted === data.heldOut.labels[i];
		on.fillStyle = colors.ink;
		picture(data.heldOut.features, i, left, above);
		if (!isRight) {
			on.strokeStyle = colors.accent;
			on.lineWidth = 1.5;
			on.strokeRect(left - 1, above - 1, size + 2, size + 2);
		}
		on.fillStyle = isRight ? colors.muted : colors.accent;
		on.fillText(String(predicted), left + size + 3, above);
	}
}
