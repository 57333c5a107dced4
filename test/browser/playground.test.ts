// One page and one server for all of its tests, which take seconds to start: long for that.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../../src/api/resolve-input.js";
import { runOf } from "../../src/api/training-run.js";
import { sha256OfNumbers } from "../../src/core/little-endian.js";
import { loadDataset } from "../../src/data/load.js";
import { isOracle, readSource } from "../../src/data/sources/table.js";
import { LaneTraining } from "../../src/playground/lane/training.js";
import { stateFrom } from "../../src/playground/state/address.js";
import { writtenData } from "../../src/playground/state/study-file.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { type PageServer, startServer } from "../e2e/page-server.js";
import { chromiumPath, launchChromium } from "./chromium.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe.skipIf(!chromiumPath)("the playground in Chromium (needs chromium)", () => {
	let browser: Browser;
	let folder: string;
	let server: PageServer;
	const contexts: BrowserContext[] = [];
	beforeAll(async () => {
		browser = await launchChromium();
		folder = mkdtempSync(join(tmpdir(), "sweetspot-play-"));
	});
	beforeEach(async () => {
		server = await startServer(folder);
	});
	afterEach(async () => {
		for (const context of contexts.splice(0)) await context.close();
	});
	afterAll(async () => {
		await browser.close();
		rmSync(folder, { recursive: true });
	});

	/** The page by a link, standing still unless `motion`; what it complains of. */
	async function open(
		hash: string,
		{ motion = false, origin = `${server.origin}/playground`, width = 1280, scheme = "light" as "light" | "dark" } = {},
	) {
		const context = await browser.newContext({
			reducedMotion: motion ? "no-preference" : "reduce",
			viewport: { width, height: 900 },
			colorScheme: scheme,
		});
		contexts.push(context);
		const page = await context.newPage();
		const complaints: string[] = [];
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		await page.goto(`${origin}#${hash}`);
		return { page, complaints };
	}
	const figure = (page: Page, lane: number, name: string) =>
		page
			.locator(`.lane-${lane} .figures div`)
			.filter({ has: page.locator(`dt:text-is("${name}")`) })
			.locator("dd");
	const updates = (page: Page, lane: number) => expect.poll(() => figure(page, lane, "updates").textContent(), { timeout: 60_000 });
	const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

	async function digestOf(page: Page, letter: string): Promise<string | undefined> {
		const lane = page.getByRole("region", { name: `Lane ${letter}` });
		await lane.getByRole("button", { name: `Check the bits of lane ${letter}` }).click();
		await expect.poll(() => lane.locator(".proof").textContent(), { timeout: 60_000 }).toContain("SHA-256");
		return /SHA-256 ([0-9a-f]{64})/.exec((await lane.locator(".proof").textContent()) ?? "")?.[1];
	}

	test.each(["sgd", "adam"])(
		"without a store or a token it trains, and its weights after 100 steps are those of `sweetspot train` on the study that it saves: %s",
		async (optimizer) => {
			const { page, complaints } = await open(`data=moons:300:0.2&net=tanh:8&seed=3&lanes=8:0.03125:${optimizer},all:0.03125:${optimizer}`);
			await updates(page, 0).toBe("0");
			await press(page, "100 steps");
			await updates(page, 0).toBe("100");
			await updates(page, 1).toBe("100");
			const download = page.waitForEvent("download");
			await press(page, "Save as study file");
			const text = readFileSync(await (await download).path(), "utf8");
			for (const [letter, batchSize] of [
				["A", 8],
				["B", 180],
			] as const) {
				const run = await runOf(await resolveInput({ ...parse(text), batchSizes: [batchSize] }, "."), { batchSize, learningRate: 0.03125 });
				for (const _ of run.train(100));
				const weights = Float32Array.from(run.weights.flatMap(({ values }) => Array.from(values)));
				expect(await digestOf(page, letter)).toBe(sha256OfNumbers(weights));
			}
			expect(complaints).toEqual([]);
		},
	);

	test("a lane is changed as it trains, and branched: each has the bits of a run in Node with the changes that the address lists", async () => {
		const { page, complaints } = await open("data=circles:200:0.1&net=relu:8:4&lanes=4:0.0625:sgd&pace=steps:medium", { motion: true });
		await updates(page, 0).toMatch(/^[1-9]/);
		await page.getByRole("region", { name: "Lane A" }).getByLabel("Batch size").selectOption("64");
		await expect.poll(() => page.url(), { timeout: 60_000 }).toContain("@");
		await press(page, "Branch lane A: go on twice from here");
		await expect.poll(() => page.locator(".lane").count(), { timeout: 60_000 }).toBe(2);
		await press(page, "Pause");
		await updates(page, 1).toMatch(/^[1-9]/); // the branch has begun
		await page.getByRole("region", { name: "Lane B" }).getByLabel("Optimizer").selectOption("adam");
		await expect.poll(() => page.url(), { timeout: 60_000 }).toContain("adam");
		await press(page, "100 steps");
		const step = async (lane: number) => Number((await figure(page, lane, "updates").textContent())?.replaceAll(",", ""));
		const state = stateFrom(new URL(page.url()).hash.slice(1));
		if (!state) throw new Error("the address can't be read");
		const [, second] = state.lanes;
		expect(state.lanes.map(({ changes }) => changes.length)).toEqual([1, 2]);
		await expect.poll(() => step(1), { timeout: 60_000 }).toBe((second.changes.at(-1)?.step ?? 0) + 100);
		const source = readSource(writtenData(state.data), (path) => path);
		if (!source || isOracle(source)) throw new Error("no such data");
		const data = await loadDataset(source, readBytes);
		for (const [i, letter] of ["A", "B"].entries()) {
			const digest = await digestOf(page, letter);
			const lane = new LaneTraining({ ...state, data: null }, data, state.lanes[i].settings, state.lanes[i].changes);
			for (let steps = await step(i); steps > 0; steps--) lane.advance();
			expect(digest).toBe(sha256OfNumbers(lane.weights));
		}
		expect(complaints).toEqual([]);
	});

	test("every control does what it says", async () => {
		const { page, complaints } = await open("data=blobs:100:2&lanes=10:0.125:sgd");
		await updates(page, 0).toBe("0");
		await press(page, "1 step");
		await updates(page, 0).toBe("1");
		await press(page, "1 epoch");
		await updates(page, 0).toBe("7"); // of 62 training examples: the last batch has 2
		const before = await digestOf(page, "A");
		await press(page, "Rewind");
		await updates(page, 0).toBe("0");
		await press(page, "1 step");
		await press(page, "1 epoch");
		await updates(page, 0).toBe("7");
		expect(await digestOf(page, "A")).toBe(before);
		await press(page, "New seed");
		expect(page.url()).toContain("seed=1");
		await press(page, "Add a lane");
		await expect.poll(() => page.locator(".lane").count()).toBe(2);
		await press(page, "Remove lane B");
		await expect.poll(() => page.locator(".lane").count()).toBe(1);
		await press(page, "Add a hidden layer");
		expect(page.url()).toContain("net=tanh:12:8:8");
		for (const [label, value, part] of [
			["Data", "spirals", "data=spirals:100:0.03"],
			["Examples", "200", "data=spirals:200"],
			["Noise", "0.1", "data=spirals:200:0.1"],
			["Activation", "relu", "net=relu"],
			["Layer 1", "4", "net=relu:4"],
			["Speed", "most", ":most"],
			["Lanes take the same number of", "examples", "pace=examples"],
			["Show", "accuracy", ":accuracy"],
			["Over", "seconds", "show=seconds"],
			["Learning rate", "0.5", "lanes=10:0.5"],
		] as const) {
			await page.getByLabel(label, { exact: true }).selectOption(value);
			await expect.poll(() => page.url()).toContain(part);
		}
		await page.locator("h1").click();
		await page.keyboard.press("Space");
		await updates(page, 0).toMatch(/^[1-9]/);
		await page.keyboard.press("Space");
		await expect.poll(() => page.locator(".play").textContent()).toBe("Play");
		const link = page.url();
		await page.reload();
		await updates(page, 0).toBe("0");
		expect(page.url()).toBe(link);
		expect(complaints).toEqual([]);
	});

	test("the tour asks, trains, answers from the figures of its lanes, and names the ledger's claim and verdict", async () => {
		const { page, complaints } = await open("");
		await press(page, "Take the tour");
		const tour = page.getByRole("region", { name: "Guided tour" });
		for (const [title, said, answer] of [
			["1 of 9: Three flavors", "C: all examples", /^A: batch size 1; you said: C: all examples. Updates in three epochs: 900, 30, 3\.$/],
			[
				"2 of 9: Noise and stability",
				"A: batch size 1",
				/^A: batch size 1, as you said\. The training loss rose at [\d.]+ % and 0\.0 % of the looks\.$/,
			],
		] as const) {
			await expect.poll(() => tour.locator("h2").textContent(), { timeout: 60_000 }).toBe(title);
			await updates(page, 0).toBe("0");
			await tour.getByRole("button", { name: said, exact: true }).click();
			await expect.poll(() => tour.locator(".answered").textContent(), { timeout: 60_000 }).toMatch(answer);
			expect(await tour.textContent()).toMatch(/Claim C\d+ of the ledger: “.+” Verdict: (supported|depends on)/);
			await press(page, "Next");
		}
		await press(page, "Leave the tour");
		await expect.poll(() => tour.locator("h2").count()).toBe(0);
		expect(complaints).toEqual([]);
	});

	test("a rate that is too large is explained by the curvature; a link that can't be read is refused", async () => {
		const { page } = await open("lanes=all:4096:sgd&seed=0");
		await updates(page, 0).toBe("0");
		await press(page, "100 steps");
		const trouble = page.locator(".trouble").first();
		await expect
			.poll(() => trouble.textContent(), { timeout: 60_000 })
			.toMatch(/Lane A .*The learning rate 4,100 is too large: the curvature/);
		await page.evaluate(() => location.assign("#lanes=0:0:none"));
		await expect.poll(() => page.getByRole("alert").textContent()).toContain("This link can’t be read");
		await expect.poll(() => page.locator(".lane").count()).toBe(3);
	});

	test.each([
		[1280, "dark"],
		[390, "light"],
	] as const)("at %i pixels, %s, nothing sticks out and axe has nothing serious to say", async (width, scheme) => {
		const { page } = await open("lanes=1:0.25:sgd,32:0.25:sgd,all:4096:sgd", { width, scheme });
		await updates(page, 2).toBe("0");
		await press(page, "100 steps");
		await updates(page, 2).toBe("100");
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		const found = await page.evaluate(
			`(() => { ${axe.source}; return axe.run(document).then(({ violations }) => violations
				.filter(({ impact }) => impact === "serious" || impact === "critical")
				.map(({ id, nodes }) => id + " " + nodes.map(({ target }) => target).join(" | "))); })()`,
		);
		expect(found).toEqual([]);
	});

	test("`npm run build:playground` makes a folder that any host serves: digits train there", async () => {
		const site = join(folder, "site");
		const { status, stderr } = spawnSync("npx", ["tsx", "scripts/build-playground.ts", site], { cwd: root, encoding: "utf8" });
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const host = createServer(({ url = "/" }, response) => {
			const name = url === "/" ? "index.html" : url.slice(1).replace(/\?.*/, "");
			const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css" };
			response.setHeader("content-type", types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream");
			response.end(readFileSync(join(site, name)));
		});
		await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", () => resolve()));
		const { page, complaints } = await open("data=digits:500:0&net=relu:16&lanes=64:0.5:sgd", {
			origin: `http://127.0.0.1:${(host.address() as AddressInfo).port}/`,
		});
		await press(page, "100 steps");
		await updates(page, 0).toBe("100");
		expect(Number.parseFloat((await figure(page, 0, "right, held out").textContent()) ?? "")).toBeGreaterThan(50);
		expect(complaints).toEqual([]);
		host.close();
	});
});
