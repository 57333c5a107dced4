import { describe, expect, test } from "vitest";
import { type ExampleVariant, exampleStudy } from "../../test/fixtures/example-study.js";
import { viewWith } from "../../test/fixtures/view.js";
import { withinReach } from "../charts/within-reach.js";
import { usualCharts } from "../report/charts-choice.js";
import { usualAxis } from "./axis.js";
import { nowPart } from "./now-part.js";
import { scaleOf } from "./scale-of.js";
import { sheet } from "./sheet.js";
import { spikesKept } from "./spikes-kept.js";
import { studyPage } from "./study-page.js";
import { emptyParts, studyParts } from "./study-parts.js";
import { summaryOf } from "./summary.js";
import { unlikeNames } from "./unlike-names.js";
import { withClasses } from "./with-classes.js";

describe("a study's parts", () => {
	test.each(["found", "one missing", "undecided", "not reached"] satisfies ExampleVariant[])(
		"%s: every section has its place; no inline style is left, and every class in its place has a rule",
		(variant) => {
			const parts = studyParts(viewWith(exampleStudy(variant)));
			expect(parts.map(({ name }) => name)).toEqual(emptyParts.map(({ name }) => name));
			const all = parts.map(({ html }) => html).join("");
			expect(all).not.toMatch(/<style| style="/);
			const classes = new Set([...all.matchAll(/class="((?:batch|text)-\d+)/g)].map(([, name]) => name));
			expect(classes.size).toBeGreaterThan(0);
			for (const name of classes) expect(sheet).toContain(`.${name}{`);
		},
	);

	test("equal views give equal versions, and another answer changes only what it is in", () => {
		const versions = (variant: ExampleVariant) => studyParts(viewWith(exampleStudy(variant))).map(({ version }) => version);
		expect(versions("found")).toEqual(versions("found"));
		expect(versions("undecided")[0]).not.toBe(versions("found")[0]);
	});
});

test("a style that has no class is a broken invariant; a text that looks like one stays as it is", () => {
	expect(() => withClasses('<i style="color:red">')).toThrow("no class of the page");
	expect(withClasses("<p>a style=&quot;x&quot; b</p>")).toBe("<p>a style=&quot;x&quot; b</p>");
});

test("a summary names the answer with its interval, or the headline where there is none", () => {
	const found = summaryOf(viewWith(exampleStudy("found")), 1);
	expect(found.answer).toMatch(/^batch size \d+, learning rate [\d.]+, [\d,]+ \[[\d,]+–[\d,]+\] steps$/);
	expect(found.sizes.length).toBeGreaterThan(3);
	const none = summaryOf(viewWith(exampleStudy("not reached")), 1);
	expect(none.answer).toMatch(/^No batch size/);
	expect(none.sizes).toEqual([]);
});

describe("long curves", () => {
	const curve = Array.from({ length: 50_000 }, (_, i) => ({ x: i + 1, y: 1 / (i + 1) }));
	test("short ones are as they are", () => {
		expect(spikesKept(curve.slice(0, 100), 100)).toHaveLength(100);
		expect(spikesKept([], 10)).toEqual([]);
	});

	test("keep every spike, both ends, and their order", () => {
		const spiky = curve.map((point) => (point.x % 7001 === 0 ? { ...point, y: 50 + point.x } : point));
		const kept = spikesKept(spiky, 400);
		expect(kept.length).toBeLessThanOrEqual(400);
		for (const { x, y } of spiky)
			if (y > 50) expect(kept.some((point) => point.x === x)).toBe(x === 49_007 || kept.some((point) => point.y >= y));
		expect([kept[0], kept.at(-1)]).toEqual([spiky[0], spiky.at(-1)]);
		expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).sort((a, b) => a - b));
	});

	test("where they cross a level they still do", () => {
		const kept = spikesKept(curve, 100);
		for (const level of [0.5, 0.01, 0.0003]) {
			const crossing = kept.findIndex(({ y }) => y <= level);
			expect(kept[crossing - 1].y).toBeGreaterThan(level);
		}
	});
});

test("one diverged run rules no axis; ordinary values are left alone", () => {
	expect(withinReach([1, 0.9, 0.8, 0.5, 0.3, 1e20], "linear")).toEqual([0.3, expect.any(Number)]);
	expect(withinReach([1, 0.9, 0.8, 0.5, 0.3, 1e20], "linear")?.[1]).toBeLessThan(20);
	expect(withinReach([2.3, 1.1, 0.4, 0.2], "log")).toBeUndefined();
	expect(withinReach([0, 0.2, 0.5, 0.9], "linear")).toBeUndefined();
	expect(withinReach([1, 1e20], "log")).toBeUndefined();
	expect(scaleOf({ metric: "validation.loss" }, [1, 2])).toBe("log");
	expect(scaleOf({ metric: "validation.loss" }, [0, 2])).toBe("linear");
	expect(scaleOf({ metric: "validation.accuracy" }, [0.5])).toBe("linear");
});

test("equal names in a key are told apart, others are left alone", () => {
	expect(
		unlikeNames(
			["a1", "a2", "b3"],
			([name]) => name,
			([, more]) => more,
		),
	).toEqual(["a, 1", "a, 2", "b"]);
});

test("a trial that runs is not among those that run next", () => {
	const { stored, trials } = exampleStudy("found");
	const [a, b] = [trials[0].spec, trials[1].spec];
	const { html } = nowPart(
		{ ...stored, state: "running" },
		{
			...{ state: "running", progress: null, warnings: [], planned: 2, isTiming: false },
			trials: [{ spec: a, looks: [] }],
			next: [
				{ spec: a, reason: "the one that runs" },
				{ spec: b, reason: "the one that waits" },
			],
		},
		[],
		{ refusal: null, failure: null, axis: usualAxis, secondsPerStep: () => null },
	);
	expect(html).toContain("the one that waits");
	expect(html).not.toContain("the one that runs");
	expect(html).toContain("no look yet");
	expect(html).not.toContain("—");
});

test("findings that are older than the study say from how many of its trials they are; those of all trials say nothing", () => {
	const { stored } = exampleStudy("found");
	const view = viewWith(exampleStudy("found"));
	const computed = { summary: summaryOf(view, 1), parts: studyParts(view), next: [] };
	const idle = { state: "running", progress: null, warnings: [], planned: 0, isTiming: false, trials: [], next: [] } as const;
	const freshness = (trials: number) => {
		const choice = {
			charts: { ...usualCharts, isZoomable: true },
			isWaiting: false,
			refusal: null,
			failure: null,
			axis: usualAxis,
			secondsPerStep: () => null,
		};
		const { parts } = studyPage({ ...stored, state: "running", trials }, computed, idle, choice);
		return parts.find(({ name }) => name === "freshness")?.html;
	};
	const { trials } = computed.summary;
	expect(freshness(trials + 5)).toContain(`From ${trials} of ${trials + 5} trials.`);
	expect(freshness(trials)).toBe("");
});
