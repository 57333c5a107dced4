import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { Store } from "../../src/study/contracts.js";
import { median } from "../median.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const hook = new URL("./heap-hook.mjs", import.meta.url).href;

/** What a process or page still holds after its garbage was collected, in MB. */
interface Held {
	readonly minutes: number;
	readonly server: number;
	readonly page: number;
	/** Of the server, with what the system has not taken back. */
	readonly resident: number;
}

export interface Heap {
	readonly held: readonly Held[];
	/** What is held in the last fifth of the time, as a multiple of what was held in the second fifth. */
	readonly growth: { readonly server: number; readonly page: number };
	/** Trials that were added meanwhile. */
	readonly added: number;
}

/** A server whose garbage can be collected from outside. */
export async function startMeasured(folder: string): Promise<{ readonly child: ChildProcess; readonly link: string }> {
	const child = spawn(process.execPath, ["--expose-gc", "--import", hook, program, "serve", "--port", "0"], {
		cwd: folder,
		stdio: ["ignore", "pipe", "ignore", "ipc"],
	});
	const link = await new Promise<string>((resolve) => child.stdout?.once("data", (said: Buffer) => resolve(said.toString().trim())));
	return { child, link };
}

interface ServerHeap {
	readonly main: number;
	readonly threads: readonly number[];
	readonly resident: number;
}

const serverHeap = (child: ChildProcess): Promise<ServerHeap> =>
	new Promise((resolve) => {
		child.once("message", (message) => resolve(message as ServerHeap));
		child.send("collect");
	});

async function pageHeap(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send("HeapProfiler.enable");
	await session.send("HeapProfiler.collectGarbage");
	const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
	await session.detach();
	return usedSize;
}

/** Milliseconds between two new trials, and between two measurements. */
const [trialMilliseconds, sampleMilliseconds] = [1000, 10_000];

/** Follows a growing study on its open page for so many minutes. */
export async function measureHeap(page: Page, child: ChildProcess, store: Store, study: string, minutes: number): Promise<Heap> {
	const [last] = store.trials(study).slice(-1);
	const start = performance.now();
	const held: Held[] = [];
	let added = 0;
	let sampled = start;
	store.setState(study, "running", 0, null);
	while (performance.now() - start < minutes * 60_000) {
		store.append(study, { spec: { ...last.spec, seedIndex: last.spec.seedIndex + 1 + added++ }, result: { ...last.result } });
		await page.waitForTimeout(trialMilliseconds);
		if (performance.now() - sampled < sampleMilliseconds) continue;
		sampled = performance.now();
		const { main, threads, resident } = await serverHeap(child);
		if (threads.length === 0) continue; // its thread was computing
		held.push({
			minutes: (sampled - start) / 60_000,
			server: (main + threads.reduce((sum, bytes) => sum + bytes, 0)) / 1e6,
			page: (await pageHeap(page)) / 1e6,
			resident: resident / 1e6,
		});
	}
	const between = (from: number, to: number, which: "server" | "page") =>
		median(held.filter((one) => one.minutes >= from * minutes && one.minutes <= to * minutes).map((one) => one[which]));
	const growth = (which: "server" | "page") => between(0.8, 1, which) / between(0.2, 0.4, which);
	return { held, growth: { server: growth("server"), page: growth("page") }, added };
}
