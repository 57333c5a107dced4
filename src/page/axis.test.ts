import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { html, Markup } from "../report/markup.js";
import { axisOf, placeOn, usualAxis } from "./axis.js";
import { runsPage } from "./runs-page.js";
import { trialPage } from "./trial-page.js";

const look = { step: 20, examples: 320 };
const facts = { examples: 640, secondsPerStep: 0.5 };

test("a look lies at its steps, examples, epochs or seconds, and beyond the chosen part it is left out", () => {
	expect((["steps", "examples", "epochs", "seconds"] as const).map((x) => placeOn({ ...usualAxis, x }, look, facts))).toEqual([
		20, 320, 0.5, 10,
	]);
	expect(placeOn({ ...usualAxis, from: 21 }, look, facts)).toBeNull();
	expect(placeOn({ ...usualAxis, to: 19 }, look, facts)).toBeNull();
	expect(placeOn({ ...usualAxis, x: "seconds" }, look, { ...facts, secondsPerStep: null })).toBeNull();
	expect(placeOn({ ...usualAxis, x: "epochs" }, look, { ...facts, examples: 0 })).toBeNull();
});

test("the ends of the axis are the reader's own, where they leave something between them", () => {
	expect(axisOf({ ...usualAxis, from: 2, to: 50 }, [1, 100])).toEqual({ title: "steps", scale: "log", domain: [2, 50] });
	expect(axisOf({ ...usualAxis, from: 2 }, [3, 100])).toEqual({ title: "steps", scale: "log", domain: [2, 100] });
	expect(axisOf({ ...usualAxis, from: 50, to: 2 }, [1, 100])).not.toHaveProperty("domain");
	expect(axisOf(usualAxis, [1, 100])).not.toHaveProperty("domain");
	// Around a single look there would be fractions of a step.
	expect(axisOf(usualAxis, [1, 1])).toMatchObject({ domain: [1, 10] });
});

const { stored, trials } = exampleStudy("found");
const numbered = trials.map(({ spec, result }, i) => ({ number: i + 1, spec, result }));
const textOf = (page: { readonly parts: readonly { readonly html: string }[]; readonly content: (at: () => Markup) => unknown }) =>
	page.parts.map((part) => part.html).join("") + html`${page.content(() => new Markup("")) as Markup}`.text;

test("a run is drawn the same whichever others are shown with it", () => {
	const curvesOf = (trial: readonly number[]) => {
		const text = textOf(runsPage(stored, numbered, { ...usualAxis, trial, metric: "", from: 1, to: 1000 }, () => 0.01));
		return [...text.matchAll(/trial (\d+): /g)].map(([, number]) => Number(number));
	};
	expect(new Set(curvesOf([1, 2]))).toEqual(new Set([1, 2]));
	expect(new Set(curvesOf([2]))).toEqual(new Set([2]));
	expect(textOf(runsPage(stored, numbered, { ...usualAxis, trial: [], metric: "" }, () => null))).toContain("in the table of trials");
});

test("what a script printed, its gradient norms and a label that is a script are shown as texts and curves", () => {
	const { spec, result } = numbered[0];
	const gradientNorms = [1, 10, 100].map((step) => ({
		step,
		small: { batch: 8, squaredNorm: 4 / step },
		big: { batch: 64, squaredNorm: 1 / step },
	}));
	const text = textOf(
		trialPage(
			stored,
			{ number: 1, spec, result: { ...result, gradientNorms } },
			{ axis: usualAxis, secondsPerStep: null, log: { text: "<script>alert(1)</script>", omitted: 12 } },
		),
	);
	expect(text).toContain("squared gradient norms of this trial");
	expect(text).toContain("&lt;script&gt;alert(1)");
	expect(text).toContain("12 bytes before it are left out");
	expect(text).not.toContain("<script>");
});

test("a curve that is thinned says so, and of how many looks; one that is drawn whole doesn't", () => {
	const { spec, result } = numbered[0];
	const shown = (looks: number) => {
		const evaluations = Array.from({ length: looks }, (_, i) => ({
			...{ step: i + 1, examples: (i + 1) * spec.batchSize },
			metrics: { "validation.loss": 1 / (i + 1) },
		}));
		return textOf(
			trialPage(stored, { number: 1, spec, result: { ...result, evaluations } }, { axis: usualAxis, secondsPerStep: null, log: null }),
		);
	};
	expect(shown(600)).not.toContain("those are drawn that show every spike");
	expect(shown(601)).toContain("Of 601 looks, those are drawn that show every spike.");
});
