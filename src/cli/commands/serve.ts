import { resolve } from "node:path";
import { removeAccessFile, writeAccessFile } from "../../server/access-file.js";
import { listen } from "../../server/listen.js";
import { exitCode } from "../exit-codes.js";
import { openInBrowser } from "../open-in-browser.js";
import { storeFolder } from "../open-store.js";
import { isOn, type RawOptions, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";

const usualPort = 7411;

/** `sweetspot serve`: the live page over every study of a store, until it is interrupted. */
export async function serve(shell: Shell, options: RawOptions): Promise<number> {
	const folder = resolve(storeFolder(shell, options));
	const listening = await listen(folder, wholeOf(options, "port", 0, shell.environment) ?? usualPort);
	const file = writeAccessFile(folder, listening);
	try {
		shell.print(`${listening.link}\n`);
		shell.say(
			`Anyone on this machine who has the link can look at the studies in ${folder}, and start and stop some. Ctrl-C ends the server.`,
		);
		shell.say(file === null ? "Other programs can't be let in: the store's folder can't be written." : `For other programs: ${file}`);
		if (isOn(options, "open", shell.environment) && !(await openInBrowser(listening.link))) {
			shell.say("No browser could be started: open the link yourself.");
		}
		await interrupted(shell.interrupt);
	} finally {
		removeAccessFile(folder, listening);
		await listening.close();
	}
	return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
}

const interrupted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener("abort", () => resolve(), { once: true });
	});
