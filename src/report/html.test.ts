import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { type ExampleVariant, exampleStudy } from "../../test/fixtures/example-study.js";
import { viewWith } from "../../test/fixtures/view.js";
import type { StudyView } from "../words/view.js";
import { renderReport } from "./html.js";
import { renderMarkdown } from "./markdown.js";

const viewOf = (variant: ExampleVariant, name?: string): StudyView => viewWith(exampleStudy(variant, name));
const rendered = new Map<ExampleVariant, string>();
/** Rendered once for all tests: half a second each. */
const textOf = (variant: ExampleVariant): string => {
	const text = rendered.get(variant) ?? renderReport(viewOf(variant));
	rendered.set(variant, text);
	return text;
};
const pageOf = (variant: ExampleVariant) => parseHTML(textOf(variant)).document;
const sectionsOf = (document: Document) => [...document.querySelectorAll("section")].map((section) => section.id);

describe("renderReport", () => {
	test("gives the answer first, then the evidence, the table, the method and the settings", () => {
		const document = pageOf("found");
		expect(sectionsOf(document)).toEqual([
			"answer",
			"tradeoff",
			"rates",
			"curves",
			"time",
			"noise",
			"comparisons",
			"sizes",
			"method",
			"settings",
		]);
		expect(document.querySelector(".answer")?.textContent).toMatch(/^Train with batch size 32 and learning rate 1: /);
		expect(document.querySelectorAll("#sizes tbody tr")).toHaveLength(12);
		expect(document.querySelectorAll("#answer tbody tr")).toHaveLength(3);
		expect(document.querySelector(".verdict")).toBeNull();
	});

	test("is one file: nothing is fetched, nothing runs", () => {
		const text = textOf("found");
		expect(text).not.toMatch(/<script|<link[^>]+href="(?!data:)|<img|@import|url\(|\son\w+=/);
		expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
	});

	test("draws every chart for a page and for a phone, each with its name and namespace", () => {
		const document = pageOf("found");
		for (const form of ["wide", "narrow"]) {
			const charts = [...document.querySelectorAll(`figure .${form} > svg`)];
			expect(charts).toHaveLength(9);
			for (const chart of charts) {
				expect(chart.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
				expect(chart.getAttribute("aria-label")).toBeTruthy();
				expect(chart.querySelector("desc")?.textContent).toBeTruthy();
			}
		}
	});

	test("compares the sizes at equal budgets, where the study asks for it", () => {
		const document = pageOf("found");
		expect([...document.querySelectorAll("#comparisons h3")].map((title) => title.textContent)).toEqual([
			"After 10 epochs each",
			"After 340 steps each",
			"After 12 ms each",
		]);
		expect([...document.querySelectorAll("#comparisons tr.chosen td:first-child")].map((cell) => cell.textContent)).toEqual([
			"16",
			"512",
			"16",
		]);
		expect(renderMarkdown(viewOf("found"))).toContain("After 340 steps each:\n\n| batch size | steps |");
		expect(renderMarkdown(viewOf("undecided"))).not.toContain("equal steps");
	});

	test("says what to do where the answer is undecided, and which sizes are alike", () => {
		const document = pageOf("undecided");
		expect(document.querySelector(".verdict")?.textContent).toBe("undecided");
		expect(document.querySelector(".aside h3")?.textContent).toBe("What to do next");
		expect(document.querySelector("tr.chosen td:last-child")?.textContent).toBe("16, 64");
	});

	test("has no empty charts where no size reached the goal", () => {
		const document = pageOf("not reached");
		expect(document.querySelector(".verdict")?.textContent).toBe("not reached");
		expect(sectionsOf(document)).toEqual(["answer", "rates", "sizes", "method", "settings"]);
		expect(document.querySelectorAll("#answer table")).toHaveLength(0);
	});

	test("flags what one size lacks", () => {
		const rows = [...pageOf("one missing").querySelectorAll("#sizes tbody tr")].map((row) => row.textContent ?? "");
		expect(rows.at(-1)).toContain("goal not reached");
		expect(rows.find((row) => row.startsWith("512"))).toContain("rate at the edge of the range");
	});

	test("folds sizes that were not tried into a line", () => {
		const { findings, ...example } = exampleStudy("found");
		const tradeoff = findings.tradeoff.map((row) => (row.batchSize > 64 ? { ...row, outcome: "not tried" as const, rates: [] } : row));
		const text = renderReport(viewWith({ ...example, findings: { ...findings, tradeoff } }));
		const document = parseHTML(text).document;
		expect(document.querySelectorAll("#sizes tbody tr")).toHaveLength(7);
		expect(document.querySelector("#sizes")?.textContent).toContain("Not tried: batch sizes 128, 256, 512, 1,024 and 1,078.");
	});

	test("explains the signs that are drawn, and no others", () => {
		expect(pageOf("found").querySelector("#curves .explained")?.textContent).toContain("generalization gap");
		expect(pageOf("one missing").querySelector("#tradeoff figcaption")?.textContent).toContain("hollow triangles");
		const { findings, trials, stored } = exampleStudy("found");
		const tradeoff = findings.tradeoff.map((row) => ({ ...row, runs: row.runs.filter(({ step }) => step !== null) }));
		const heldOut = trials.map(({ spec, result }) => ({
			spec,
			result: {
				...result,
				evaluations: result.evaluations.map((look) => ({
					...look,
					metrics: Object.fromEntries(Object.entries(look.metrics).filter(([name]) => !name.startsWith("train."))),
				})),
			},
		}));
		const bare = viewWith({ stored, findings: { ...findings, tradeoff, noiseScales: [] }, trials: heldOut });
		const document = parseHTML(renderReport(bare)).document;
		const caption = document.querySelector("#tradeoff figcaption")?.textContent;
		expect(caption).not.toContain("hollow triangles");
		expect(caption).not.toContain("gradient noise");
		expect(document.querySelector("#curves .explained")?.textContent).not.toContain("generalization gap");
		expect(document.querySelector("#curves svg")?.textContent).not.toContain("training, median run");
	});

	test("sets commands so that they can be copied", () => {
		expect(pageOf("undecided").querySelector("code.command")?.textContent).toMatch(/^sweetspot tune --continue \S+$/);
		expect(renderMarkdown(viewOf("undecided"))).toMatch(/: `sweetspot tune --continue \S+`\n/);
	});

	test("is the same for the same study", () => expect(renderReport(viewOf("found"))).toBe(textOf("found")));

	test("shows a hostile name as text", () => {
		const name = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`;
		const document = parseHTML(renderReport(viewOf("not reached", name))).document;
		expect(document.querySelectorAll("script, img")).toHaveLength(0);
		expect(document.querySelector("h1")?.textContent).toBe(name);
	});
});

describe("renderMarkdown", () => {
	test("has the answer, a row for each size and the settings", () => {
		const text = renderMarkdown(viewOf("found"));
		expect(text).toMatch(/^# digits\n\n<!-- A report by Sweetspot -->\n\n\*\*Train with batch size 32 /);
		expect(text.split("\n").filter((line) => /^\| [\d,]+ \| [\d.]+ \| [\d,]+ \[/.test(line))).toHaveLength(12);
		expect(text).toContain("```yaml\n# data: 1078 training");
	});

	test("keeps a name from becoming markup", () => {
		expect(renderMarkdown(viewOf("not reached", "a|b\n# <b>`x` [y](z) _i_"))).toMatch(
			/^# a\\\|b \\# \\<b\\>\\`x\\` \[y\\\]\(z\) \\_i\\_\n/,
		);
	});
});
