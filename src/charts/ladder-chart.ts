import { axisX, axisY, dot, line } from "@observablehq/plot";
import { goalKind, goalMetric } from "../core/goal.js";
import type { LadderArm } from "../core/ladder.js";
import type { Study } from "../study/study.js";
import { batchColors } from "./batch-colors.js";
import { curveMetric, linearDomain } from "./curve-metric.js";
import { type Canvas, draw, element, fontSizeOf } from "./draw.js";
import { goalFrame } from "./goal-frame.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { write } from "./labels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTen, tickNumber, ticksThatFit } from "./ticks.js";

interface Point {
	readonly arm: number;
	readonly batchSize: number;
	readonly x: number;
	readonly y: number;
}

/**
 * The metric of every arm of the ladder over the examples that its run used, up to where it was ended; the winner's stands out. The goal is
 * the line across.
 */
export function ladderChart(canvas: Canvas, study: Pick<Study, "goal" | "batchSizes">, arms: readonly LadderArm[]): SVGSVGElement {
	const { goal } = study;
	const measured = goalMetric(goal);
	const curves = arms.map(({ batchSize, looks }, seedIndex) => ({
		...{ batchSize, seedIndex, outcome: "reached" as const, isMedian: false },
		looks: looks.map(({ step, examples, value }) => ({
			step,
			examples,
			metrics: { [measured]: goalKind(goal) === "error" ? 1 - value : value },
		})),
	}));
	const metric = curveMetric(goal, curves);
	const color = batchColors(study.batchSizes);
	const points = curves.map(({ batchSize, looks }, arm) =>
		looks.flatMap((look): Point[] => {
			const y = metric.drawn(look, "validation") ?? metric.drawn(look, "train");
			return y === undefined ? [] : [{ arm, batchSize, x: look.examples, y }];
		}),
	);
	const all = points.flat();
	const x = logDomain(
		all.map((point) => point.x),
		1,
	);
	const ys = [...all.map((point) => point.y), metric.goal];
	const isLog = metric.scale === "log";
	const y = isLog
		? logDomain(
				ys.filter((value) => value > 0),
				1.1,
			)
		: linearDomain(ys);
	const inRange = (some: readonly Point[]) => some.map((point) => ({ ...point, y: Math.max(point.y, y[0]) }));
	const isWinner = (_: unknown, i: number) => arms[i].state === "won";
	const sizes = [...new Set(arms.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const items: readonly KeyItem[] = [
		...sizes.map((size) => ({ text: tickNumber(size), sign: [stroke(canvas, { stroke: color(size), "stroke-width": 2 })] })),
		{ text: "ended", sign: [element(canvas, "circle", { cx: signWidth / 2, r: 2.5, fill: theme.ink })] },
	];
	const top = keyHeight(canvas, items) + 30;
	const xTicks = powersOfTen(x[0], x[1], ticksThatFit(canvas.width - 50, 7, fontSizeOf(canvas)));
	const yTicks = metric.ticks(y[0], y[1]);
	const ends = points.flatMap((some, i) => (arms[i].state === "won" ? [] : some.slice(-1)));
	const { svg } = draw(
		canvas,
		{
			title: "The ladder",
			description: `${arms.length} runs: ${metric.name} against examples used, on a logarithmic axis; one of them goes on to the goal.`,
		},
		{
			height: top + 320,
			marginLeft: 44,
			marginRight: 4,
			marginTop: top,
			marginBottom: 40,
			x: { type: "log", domain: x },
			y: { type: metric.scale, domain: y, reverse: metric.reverse, clamp: true },
			marks: [
				...goalFrame(xTicks, yTicks, metric.goal),
				line(inRange(points.filter((_, i) => !isWinner(_, i)).flat()), {
					...{ x: "x", y: "y", z: "arm", strokeOpacity: 0.7, strokeWidth: 1.25 },
					stroke: (point: Point) => color(point.batchSize),
				}),
				line(inRange(points.filter(isWinner).flat()), {
					...{ x: "x", y: "y", z: "arm", strokeWidth: 3 },
					stroke: (point: Point) => color(point.batchSize),
				}),
				dot(inRange(ends), { x: "x", y: "y", r: 2.5, fill: (point: Point) => color(point.batchSize) }),
				axisX(xTicks, { text: tickNumber, label: null, tickSize: 0 }),
				axisY(yTicks, { text: metric.tick, label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: metric.title, x: 0, y: top - 12 });
	write(canvas, svg, { text: "examples used", x: canvas.width - 4, y: Number(svg.getAttribute("height")) - 8, anchor: "end" });
	return svg;
}

const stroke = (canvas: Canvas, attributes: Readonly<Record<string, string | number>>) =>
	element(canvas, "path", { d: `M0,0H${signWidth}`, fill: "none", ...attributes });
