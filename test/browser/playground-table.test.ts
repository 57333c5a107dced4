import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../../src/api/resolve-input.js";
import { runOf } from "../../src/api/training-run.js";
import { sha256OfNumbers } from "../../src/core/little-endian.js";
import { Rng } from "../../src/core/rng.js";
import { chromiumPath } from "./chromium.js";
import { digestOf, figure, patience, playgroundPages, press, updates } from "./playground-pages.js";
import { seriousFindings } from "./serious-findings.js";

const rng = Rng.fromSeed(20);
const names = ["setosa", "versicolor", "virginica"];
/** Three classes that two of four columns tell apart. */
const lines = Array.from({ length: 150 }, (_, i) => {
	const numbers = [i % 3, i % 3, 0, 0].map((mean, j) => (5 * j + mean + 0.4 * rng.normal()).toFixed(3));
	return [...numbers, names[i % 3]].join();
});
const table = ["sepal length,sepal width,petal length,petal width,species", ...lines].join("\n");

describe.skipIf(!chromiumPath)("a table of the user's own in the playground (needs chromium)", () => {
	const { open } = playgroundPages();
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-table-"));
	afterAll(() => rmSync(folder, { recursive: true }));

	const drop = (page: Page, name: string, text: string) =>
		page.evaluate(
			([file, content]) => {
				const dataTransfer = new DataTransfer();
				dataTransfer.items.add(new File([content], file));
				document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
			},
			[name, text] as const,
		);

	test("is dropped, trained on to the bits of `sweetspot train`, named by the study file, and leaves the page neither by a request nor in the link", async () => {
		const { page, complaints } = await open("net=tanh:8&lanes=16:0.125:sgd,all:0.125:adam&data=blobs:100:2");
		await updates(page, 1).toBe("0");
		const requests: string[] = [];
		page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
		await drop(page, "flowers.csv", table);
		const setup = page.locator(".setup");
		await expect.poll(() => setup.textContent(), patience).toContain("species has 3 classes (setosa, versicolor, virginica); 4 features");
		await expect.poll(() => setup.textContent(), patience).toContain("90 training examples, 30 held out");
		await press(page, "100 steps");
		await updates(page, 0).toBe("100");
		await updates(page, 1).toBe("100");
		expect(await page.locator(".lane-0 .field").getAttribute("aria-label")).toMatch(/^Held-out examples counted .+; \d+ % of the held-out/);
		expect(Number.parseFloat((await figure(page, 0, "right, held out").textContent()) ?? "")).toBeGreaterThan(80);

		expect(await seriousFindings(page)).toEqual([]);
		const download = page.waitForEvent("download");
		await press(page, "Save as study file");
		const study = readFileSync(await (await download).path(), "utf8");
		expect(study).toContain('"csv":"flowers.csv"');
		writeFileSync(join(folder, "flowers.csv"), table);
		const settings = { batchSize: 16, learningRate: 0.125 };
		const run = await runOf(await resolveInput({ ...parse(study), batchSizes: [16] }, folder), settings);
		for (const _ of run.train(100));
		expect(await digestOf(page, "A")).toBe(sha256OfNumbers(Float32Array.from(run.weights.flatMap(({ values }) => Array.from(values)))));

		expect(page.url()).toMatch(/#data=csv&/);
		expect(page.url()).not.toMatch(/flowers|species/);
		expect(requests.filter((request) => !/^GET blob:/.test(request))).toEqual([]);
		expect(complaints).toEqual([]);
		await page.reload();
		await expect.poll(() => page.getByRole("alert").textContent(), patience).toContain("links hold no data. Open the table here");
		await updates(page, 0).toBe("0");
		await page.getByLabel("Open your table (CSV)").setInputFiles(join(folder, "flowers.csv"));
		await expect.poll(() => setup.textContent(), patience).toContain("species has 3 classes");
		expect(page.url()).toContain("lanes=16:0.125:sgd,all:0.125:adam");
		expect(await page.locator(".refused").textContent()).toBe("");
	});

	test("that can't be used is refused in words, and what was there goes on; another column may have the classes", async () => {
		const { page, complaints } = await open("net=tanh:8&lanes=16:0.125:sgd&data=blobs:100:2");
		await updates(page, 0).toBe("0");
		const alert = page.locator(".refused");
		await drop(page, "large.csv", `a,b\n${"1,2\n".repeat(600_000)}`);
		await expect
			.poll(() => alert.textContent(), patience)
			.toBe("large.csv has 2.4 MB, and this page takes at most 2.0 MB: open a part of it here; `sweetspot tune` takes all of it.");
		await drop(page, "texts.csv", table.replace("0.", "none."));
		await expect.poll(() => alert.textContent(), patience).toMatch(/^texts\.csv, line \d+, column .+ expected a number/);
		expect(page.url()).toContain("data=blobs");
		await press(page, "1 step");
		await updates(page, 0).toBe("1");
		const two = ["x,y,old,new", ...Array.from({ length: 60 }, (_, i) => `${i / 7},${i / 3},${i % 2},${i % 3}`)].join("\n");
		await drop(page, "two.csv", two);
		const column = page.getByLabel("Column of the classes", { exact: true });
		await expect.poll(() => column.inputValue(), patience).toBe("new");
		await column.selectOption("old");
		await expect.poll(() => page.locator(".setup").textContent(), patience).toContain("the column old has 2 classes (0, 1); 3 features");
		await page.getByLabel("Data", { exact: true }).selectOption("moons");
		await expect.poll(() => page.url(), patience).toContain("data=moons");
		await page.getByLabel("Data", { exact: true }).selectOption("csv");
		await expect.poll(() => page.url(), patience).toContain("data=csv");
		expect(complaints).toEqual([]);
	});
});
