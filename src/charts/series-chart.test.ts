import { expect, test } from "vitest";
import { canvasOf } from "../../test/fixtures/canvas.js";
import { fontSizeOf } from "./draw.js";
import { textWidth } from "./labels.js";
import { seriesChart } from "./series-chart.js";

/** Where the labels of the y-axis begin, from the left edge. */
function labelsFrom(values: readonly number[]): readonly number[] {
	const canvas = canvasOf();
	const svg = seriesChart(canvas, {
		title: "t",
		series: [{ name: "a", color: "red", kind: "measured", points: values.map((y, i) => ({ x: 2 ** i, y, low: null, high: null })) }],
		x: { title: "batch size", scale: "batch" },
		y: { title: "y", scale: "log" },
	});
	return [...svg.querySelectorAll('[aria-label="y-axis tick label"] text')].map((label) => {
		const [, x] = /translate\(([-\d.]+)/.exec(label.getAttribute("transform") ?? "") ?? [];
		return Number(x) - 9 - textWidth(label.textContent ?? "", fontSizeOf(canvas));
	});
}

test("labels of large numbers don't stick out of the picture", () => {
	for (const values of [
		[1, 10],
		[200_000, 900_000],
	]) {
		const starts = labelsFrom(values);
		expect(starts.length).toBeGreaterThan(1);
		for (const start of starts) expect(start).toBeGreaterThanOrEqual(0);
	}
});
