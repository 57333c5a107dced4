import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const openers = { darwin: "open", win32: "explorer" } as const;

/** Milliseconds that a browser may take to start and read the file. */
const startUpMilliseconds = 20_000;

/**
 * Opens a link with a secret in it. Every user of this machine sees the arguments of every process: the browser is given a file that only
 * we can read, which leads to the link. Whether there was a browser.
 */
export async function openInBrowser(link: string): Promise<boolean> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-open-")); // mode 0700
	const file = join(folder, "open.html");
	writeFileSync(file, `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${link}"><title>Sweetspot</title>`, {
		mode: 0o600,
	});
	const opener = process.platform in openers ? openers[process.platform as keyof typeof openers] : "xdg-open";
	const child = spawn(opener, [file], { stdio: "ignore", detached: true });
	const started = await new Promise<boolean>((resolve) => {
		child.once("error", () => resolve(false));
		child.once("spawn", () => resolve(true));
	});
	child.unref();
	const remove = () => rmSync(folder, { recursive: true, force: true });
	if (started) {
		process.once("exit", remove);
		void delay(startUpMilliseconds, undefined, { ref: false }).then(remove);
	} else remove();
	return started;
}
