// Longer than 250 lines: all pages are made once, since making them is what takes time.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, test } from "vitest";
import { experimentDocument, ledgerOf } from "../../src/api/experiment-documents.js";
import { experimentLines } from "../../src/cli/terminal/experiment.js";
import { canonicalJson } from "../../src/core/canonical.js";
import { experiments } from "../../src/experiments/catalogue.js";
import { claims } from "../../src/experiments/claims/table.js";
import { renderClaims } from "../../src/report/claims-markdown.js";
import { renderExperiment } from "../../src/report/experiment-html.js";
import { renderExperimentMarkdown } from "../../src/report/experiment-markdown.js";
import { conclusionOf, experimentHash } from "../../src/runner/run-experiment.js";
import { openStore } from "../../src/store/open.js";
import type { ExperimentRun } from "../../src/study/experiment-runs.js";
import { formatEstimate } from "../../src/words/numbers.js";
import { canvasOf, textsOf } from "../fixtures/canvas.js";
import { drawn } from "./made/drawn.js";
import { type Made, madePages } from "./made/pages.js";
import { lastDotOff } from "./read-chart.js";
import { unwritten } from "./unwritten.js";

const runOf = ({ experiment, settings }: Made): ExperimentRun => ({
	key: 1,
	experiment: experiment.id,
	settings,
	hash: "",
	state: "complete",
	created: "2026-01-02T03:04:05.000Z",
	seconds: 83,
	digest: "d".repeat(64),
	version: "1.2.3",
});

const pages = new Map<string, Made>();
beforeAll(async () => {
	for (const made of await madePages()) pages.set(made.experiment.id, made);
});

const madeOf = (id: string): Made => {
	const made = pages.get(id);
	if (!made) throw new Error(`no results are made for ${id}`);
	return made;
};

/** A sentence as a page's text has it: indices stand below their symbol. */
const plain = (sentence: string): string => sentence.replace(/\b([A-Z])_(\w)/g, "$1$2");

/** The cells of a table in Markdown, without what escapes them. */
const cellsOf = (line: string): readonly string[] =>
	line
		.replace(/^\| | \|$/g, "")
		.split(" | ")
		.map((cell) => cell.replace(/\\(.)/g, "$1"));

describe.each(experiments.map(({ id }) => id))("%s", (id) => {
	const input = () => {
		const made = madeOf(id);
		return { ...made, run: runOf(made), command: `sweetspot experiment run ${id}` };
	};

	test("every chart is drawn, wide and narrow, with its title, axes, key and marks", () => {
		const { charts } = madeOf(id).conclusion;
		expect(charts.map((chart) => chart.id)).toEqual(drawn[id].map((chart) => chart.id));
		for (const [i, chart] of charts.entries()) {
			const { title, x, y, key, dots, lines, last } = drawn[id][i];
			for (const width of [720, 328]) {
				const svg = chart.draw(canvasOf(width));
				const written = textsOf(svg);
				expect(svg.outerHTML).not.toMatch(unwritten);
				expect(svg.getAttribute("aria-label")).toBe(title);
				expect(Number(svg.getAttribute("width"))).toBe(width);
				for (const text of [x, y, ...(key ?? [])]) expect(written).toContain(text);
				expect(svg.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(dots);
				expect(svg.querySelectorAll('[aria-label="line"] path')).toHaveLength(lines);
				// A path of one point is a dot of a line: no one sees it.
				for (const path of svg.querySelectorAll("path")) expect(path.getAttribute("d")).toMatch(/^M[-\d.]/);
				for (const circle of svg.querySelectorAll('[aria-label="dot"] circle')) {
					const place = Number(circle.getAttribute("cx"));
					expect(place).toBeGreaterThanOrEqual(0);
					expect(place).toBeLessThanOrEqual(width);
				}
				// Two ticks and a dot, each rounded to a tenth of a pixel or so.
				if (last && width === 720) expect(lastDotOff(svg, last)).toBeLessThan(1);
			}
			expect(chart.title).not.toBe("");
			expect(chart.caption).toMatch(/\.$/);
			expect(chart.caption).not.toMatch(unwritten);
		}
	});

	test("every table has rows as wide as its columns, and no cell without its figure", () => {
		for (const { title, columns, rows } of madeOf(id).conclusion.tables) {
			expect(title).not.toMatch(unwritten);
			expect(rows.length).toBeGreaterThan(0);
			for (const row of rows) {
				expect(row).toHaveLength(columns.length);
				for (const cell of row) expect(cell).not.toMatch(unwritten);
			}
			for (const column of columns) expect(column.title).not.toBe("");
			for (const [j, { numeric }] of columns.entries()) if (numeric) expect(rows.some((row) => /^-?\d/.test(row[j]))).toBe(true);
		}
	});

	test("every claim has its verdict and what it rests on", () => {
		const { experiment, conclusion } = madeOf(id);
		expect(conclusion.claims.map((claim) => claim.id)).toEqual(experiment.claims);
		for (const { id: claim, verdict, effect, interval, evidence } of conclusion.claims) {
			expect(["supported", "refuted", "undecided", "supported in part", "refuted in part", "depends"]).toContain(verdict);
			for (const text of [effect, evidence]) {
				expect(text).not.toBe("");
				expect(text).not.toMatch(unwritten);
				expect(text).not.toMatch(/\.$/); // pages put the full stop
			}
			if (claims[claim].definition) expect(interval).toEqual({ estimate: null, low: null, high: null });
			else if (verdict !== "undecided") expect(interval.estimate).not.toBeNull();
		}
	});

	test("its words are sentences", () => {
		const { words } = madeOf(id).conclusion;
		expect(words.length).toBeGreaterThan(0);
		for (const sentence of words) {
			expect(sentence).toMatch(/^[A-Z0-9].*[.]$/s);
			expect(sentence).not.toMatch(unwritten);
		}
	});

	test("its figures are JSON: none is NaN", () => {
		const { experiment, run, conclusion } = input();
		expect(() => canonicalJson(conclusion.results)).not.toThrow();
		const document = JSON.parse(JSON.stringify(experimentDocument(experiment, run, conclusion)));
		expect(document).toMatchObject({ id, digest: run.digest, charts: drawn[id].map((chart) => ({ id: chart.id })) });
	});

	test("the HTML page shows all of it", () => {
		const { conclusion, experiment, ...rest } = input();
		const page = renderExperiment({ experiment, conclusion, ...rest });
		const { document } = parseHTML(page);
		const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent?.replaceAll("\u00a0", " "));
		expect(document.querySelector("h1")?.textContent).toBe(experiment.question);
		expect(texts("#answer p")).toEqual(conclusion.words.map(plain));
		expect(document.querySelectorAll("figure .wide > svg")).toHaveLength(conclusion.charts.length);
		expect(document.querySelectorAll("figure .narrow > svg")).toHaveLength(conclusion.charts.length);
		expect(texts("figcaption")).toEqual(conclusion.charts.map(({ caption }) => plain(caption)));
		expect(texts("h2")).toEqual([
			...conclusion.charts.map(({ title }) => title),
			...conclusion.tables.map(({ title }) => title),
			"The claims it bears on",
			"How it was measured",
		]);
		const shown = [...document.querySelectorAll("section:not([id]) table")].map((table) => ({
			titles: [...table.querySelectorAll("th")].map((cell) => cell.textContent),
			rows: [...table.querySelectorAll("tbody tr")].map((row) =>
				[...row.querySelectorAll("td")].map((cell) => cell.textContent?.replaceAll("\u00a0", " ")),
			),
		}));
		expect(shown).toEqual(
			conclusion.tables.map(({ columns, rows }) => ({
				titles: columns.map(({ title }) => title),
				rows: rows.map((row) => row.map(plain)),
			})),
		);
		expect(texts("#claims tbody td:nth-child(2)")).toEqual(conclusion.claims.map(({ verdict }) => verdict));
		expect(texts("#method p")[0]).toBe(plain(experiment.method));
		// Settings may hold a null; nothing else of the page does.
		for (const settings of document.querySelectorAll("#method pre")) settings.remove();
		expect(document.querySelector("body")?.innerHTML).not.toMatch(unwritten);
	});

	test("the Markdown page shows all of it", () => {
		const { conclusion, experiment, ...rest } = input();
		const page = renderExperimentMarkdown({ experiment, conclusion, ...rest }, (chart) => `${id}-${chart}.svg`);
		expect(page).not.toMatch(unwritten);
		expect(page.startsWith(`# ${experiment.question}\n`)).toBe(true);
		for (const { id: chart } of conclusion.charts) expect(page).toContain(`(${id}-${chart}.svg)`);
		const lines = page.split("\n").filter((line) => /^\| (?!---)/.test(line));
		const tables = [
			...conclusion.tables.map(({ columns, rows }) => [columns.map(({ title }) => title), ...rows]),
			[
				["claim", "verdict", "effect", "interval", "evidence"],
				...conclusion.claims.map(({ id: claim, verdict, effect, interval, evidence }) => [
					`${claim}. ${claims[claim].statement}`,
					verdict,
					effect,
					interval.estimate === null ? "" : formatEstimate(interval),
					evidence,
				]),
			],
		].flat();
		expect(lines).toHaveLength(tables.length);
		for (const [i, cells] of tables.entries()) {
			const shown = cellsOf(lines[i]);
			for (const [j, cell] of cells.entries()) expect(shown[j].trim()).toBe(cell);
		}
	});

	test("the terminal shows the tables, the verdicts and, last, the words", () => {
		const { conclusion, experiment, run } = input();
		for (const width of [80, 140]) {
			const text = experimentLines({ width, color: false }, experiment, run, conclusion, "report.html");
			expect(text).not.toMatch(unwritten);
			for (const { title } of conclusion.tables) expect(text).toContain(title);
			for (const { id: claim, verdict } of conclusion.claims) expect(text).toMatch(new RegExp(`^${claim} +${verdict} `, "m"));
			// Table titles stand on lines of their own, however long; all else fits.
			const titles = new Set(conclusion.tables.map(({ title }) => title));
			for (const line of text.split("\n")) if (!titles.has(line)) expect([...line].length).toBeLessThanOrEqual(width);
			expect(text.replace(/\s+/g, " ")).toContain(conclusion.words.join(" "));
			expect(text.endsWith("\n1 min 23 s.\nReport: report.html\n")).toBe(true);
		}
	});
});

test("the ledger takes its verdicts from the stored runs, and its page shows each claim", async () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-ledger-"));
	const store = openStore(folder, { mode: "write" });
	try {
		for (const made of pages.values()) {
			const { experiment, settings, results, conclusion } = made;
			const hash = experimentHash(experiment.id, settings, "1");
			const run = store.experiments.create({ experiment: experiment.id, settings, hash, version: "1" });
			for (const [i, result] of results.entries()) store.experiments.keep(run.key, i, result, 0);
			store.experiments.setState(run.key, "complete", "d");
			// What is stored is what was concluded from.
			expect(conclusionOf(experiment, run, store.experiments).words).toEqual(conclusion.words);
		}
		const ledger = ledgerOf(store.experiments);
		expect(ledger.filter(({ verdict }) => verdict === "not run")).toEqual([]);
		const count = (verdict: string) => ledger.filter((entry) => entry.verdict === verdict).length;
		expect([count("supported"), count("undecided")]).toEqual([38, 0]);
		// Per step the order of C22 turns, and nothing over-fits with right labels (C38).
		expect(ledger.filter(({ verdict }) => verdict === "depends").map(({ id }) => id)).toEqual(["C22", "C38"]);
		// By how the results are made: distance falls with the batch size, and steps partly undo each other; the mean norm falls, and the sum's
		// square bends.
		expect(ledger.filter(({ verdict }) => verdict === "refuted").map(({ id }) => id)).toEqual(["C29", "C31", "C32b", "C33", "C35", "C36"]);
		const page = renderClaims(ledger, "sweetspot claims --run");
		expect(page).not.toContain("Not finished");
		const missing = { experiment: "distance", data: "fashion-mnist", tasks: { total: 155, stored: 3 }, seconds: 7200 };
		expect(renderClaims(ledger, "", [missing])).toContain("distance on fashion-mnist (3 of 155 tasks stored, about 2 h more)");
		expect(page).not.toMatch(unwritten);
		expect(page).toContain(
			"38 are supported and 6 refuted wherever they were tried, 2 depend on the conditions, 0 are decided under some conditions only, and 0 are undecided; 0 have not been run.",
		);
		for (const { id, verdictInWords, evidence } of ledger) {
			expect(page).toContain(`\n## ${id}. `);
			expect(evidence).not.toBeNull();
			expect(page).toContain(`| ${id} | `);
			expect(page).toContain(`\n**${verdictInWords}** (experiment `);
		}
	} finally {
		store.close();
		rmSync(folder, { recursive: true });
	}
});
