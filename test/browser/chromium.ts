import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

/** The system's Chromium; undefined where there is none. */
export const chromiumPath = ["chromium", "chromium-browser", "google-chrome"]
	.map((name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim())
	.find((path) => path !== "");

/** Starts it, silent towards the network. */
export const launchChromium = (): Promise<Browser> =>
	chromium.launch({
		executablePath: chromiumPath ?? "",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
		],
	});
