import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveInput } from "../../src/api/resolve-input.js";
import type { TrialSpec } from "../../src/core/trial.js";
import { trainerFor } from "../../src/trainers/create.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf, trialSpec } from "../fixtures/oracle-study.js";
import { chromiumPath, launchChromium } from "./chromium.js";
import type { PageApi } from "./engine/page.js";
import { weightDigests } from "./engine/runs.js";

declare const sweetspot: PageApi;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page and its worker, each with all it imports, as a bundler makes them for a browser: Node's modules would be errors. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
	const { outputFiles } = await build({
		entryPoints: [here("engine/page.ts"), here("engine/worker.ts")],
		bundle: true,
		format: "esm",
		platform: "browser",
		outdir: "out",
		write: false,
	});
	return new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*[/\\]/, ""), text]));
}

/** Serves on this machine only: under /isolated/ with the headers that allow shared memory, under /plain/ without. */
function serve(files: ReadonlyMap<string, string>): Promise<Server> {
	const server = createServer(({ url = "" }, response) => {
		const [, folder, file] = url.split("/");
		if (folder === "isolated") {
			response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
			response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
		}
		if (folder === "data") return response.end(readFileSync(here(`../../data/${file}`)));
		const script = files.get(file);
		response.setHeader("Content-Type", script === undefined ? "text/html" : "text/javascript");
		response.end(script ?? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
	});
	return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const study = await resolveInput(
	{
		version: 1,
		workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }] },
		goal: { metric: "validation.accuracy", atLeast: 0.9 },
	},
	".",
);
const trial: TrialSpec = trialSpec({ batchSize: 32, learningRate: 0.125, seed: 5, cap: 300, probe: true, curves: true });
/** Never ends by itself. */
const endless: TrialSpec = { ...trial, until: "cap", cap: 2 ** 40, probe: false };

describe.skipIf(!chromiumPath).each(["isolated", "plain"] as const)(
	"the engine in a Chromium worker, in a page that is %s (needs chromium)",
	(kind) => {
		let server: Server;
		let browser: Browser;
		let page: Page;
		const complaints: string[] = [];
		beforeAll(async () => {
			server = await serve(await bundle());
			browser = await launchChromium();
			page = await browser.newPage();
			page.on("pageerror", (error) => complaints.push(error.message));
			page.on("console", (message) => complaints.push(message.text()));
			await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${kind}/`);
			await page.waitForFunction(() => "sweetspot" in globalThis);
		});
		afterAll(async () => {
			await browser?.close();
			server?.close();
		});

		test("gives every weight the same bits as in Node", async () => {
			const { digests, isolated } = await page.evaluate(() => sweetspot.digests());
			expect(isolated).toBe(kind === "isolated");
			expect(digests).toEqual(weightDigests());
			expect(new Set(Object.values(digests)).size).toBe(20);
		});

		test("trains a whole trial to the same result: looks, crossing, and noise probes", async () => {
			const { result } = await page.evaluate(([study, trial]) => sweetspot.train(study, trial, false), [study, trial] as const);
			const { seconds: _, ...inNode } = await resultOf(await trainerFor(study, readBytes), trial);
			expect(inNode.outcome).toBe("reached");
			expect(result).toMatchObject(inNode);
		});

		test(`stops when it is asked to, ${kind === "isolated" ? "by shared memory" : "by a message"}`, async () => {
			const { result, shared } = await page.evaluate(([study, trial]) => sweetspot.train(study, trial, true), [study, endless] as const);
			expect(shared).toBe(kind === "isolated");
			expect(result.outcome).toBe("cancelled");
			expect(result.steps).toBeGreaterThan(0);
			expect(complaints).toEqual([]);
		});
	},
);
