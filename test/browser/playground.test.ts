import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../../src/api/resolve-input.js";
import { runOf } from "../../src/api/training-run.js";
import { sha256OfNumbers } from "../../src/core/little-endian.js";
import { chromiumPath } from "./chromium.js";
import { digestOf, figure, patience, playgroundPages, press, settled, stepOf, updates } from "./playground-pages.js";
import { seriousFindings } from "./serious-findings.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe.skipIf(!chromiumPath)("the playground in Chromium (needs chromium)", () => {
	const { open, folder } = playgroundPages();

	test.each(["sgd", "adam"])(
		"without a store or a token it trains, and its weights after 100 and more than 10,000 steps are those of `sweetspot train` on the study that it saves: %s",
		async (optimizer) => {
			const { page, complaints } = await open(`data=moons:300:0.2&net=tanh:8&seed=3&lanes=8:0.03125:${optimizer},all:0.03125:${optimizer}`);
			await updates(page, 0).toBe("0");
			await press(page, "100 steps");
			await updates(page, 0).toBe("100");
			await updates(page, 1).toBe("100");
			const download = page.waitForEvent("download");
			await press(page, "Save as study file");
			const text = readFileSync(await (await download).path(), "utf8");
			const expectTheBits = async () => {
				for (const [lane, batchSize] of [8, 180].entries()) {
					const run = await runOf(await resolveInput({ ...parse(text), batchSizes: [batchSize] }, "."), {
						batchSize,
						learningRate: 0.03125,
					});
					for (const _ of run.train(await stepOf(page, lane)));
					const weights = Float32Array.from(run.weights.flatMap(({ values }) => Array.from(values)));
					expect(await digestOf(page, "AB"[lane])).toBe(sha256OfNumbers(weights));
				}
			};
			await expectTheBits();
			await page.getByLabel("Speed", { exact: true }).selectOption("most");
			await press(page, "Play");
			await expect.poll(() => stepOf(page, 1), patience).toBeGreaterThan(10_000);
			await press(page, "Pause");
			await settled(page);
			await expectTheBits();
			expect(complaints).toEqual([]);
		},
	);

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
		await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
		await press(page, "Copy link");
		await expect.poll(() => page.locator(".said").textContent()).toBe("Copied.");
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
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
		expect(await seriousFindings(page)).toEqual([]);
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
