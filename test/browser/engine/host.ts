import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { launchChromium } from "../chromium.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page and its worker, each with all it imports, as a bundler makes them for a browser: Node's modules would be errors. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
	const { outputFiles } = await build({
		entryPoints: [here("page.ts"), here("worker.ts")],
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
		if (folder === "data") return response.end(readFileSync(here(`../../../data/${file}`)));
		const script = files.get(file);
		response.setHeader("Content-Type", script === undefined ? "text/html" : "text/javascript");
		response.end(script ?? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
	});
	return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/**
 * A page of the system's Chromium with the engine in a worker: what it complains of, and how it is closed. `kind`: whether memory may be
 * shared.
 */
export async function enginePage(
	kind: "isolated" | "plain",
): Promise<{ readonly page: Page; readonly complaints: readonly string[]; close(): Promise<void> }> {
	const server = await serve(await bundle());
	const browser = await launchChromium();
	const page = await browser.newPage();
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("console", (message) => complaints.push(message.text()));
	await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${kind}/`);
	await page.waitForFunction(() => "sweetspot" in globalThis);
	return {
		page,
		complaints,
		async close() {
			await browser.close();
			server.close();
		},
	};
}
