import { stopDetached } from "../../api/detached/stop.js";
import { stopWriter } from "../../api/stop-writer.js";
import { SweetspotError } from "../../core/errors.js";
import { formatCount } from "../../words/numbers.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, storeFolder, takeInDetached } from "../open-store.js";
import type { RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot stop ID`: ends a study that runs, wherever on this machine it was started, as Ctrl-C does there. */
export async function stop(shell: Shell, id: string, options: RawOptions): Promise<number> {
	await takeInDetached(shell, options);
	const store = openExisting(shell, options, id);
	try {
		const { id: whole, state } = store.find(id);
		if (state !== "running") {
			const fix = state === "complete" ? `it is complete: \`sweetspot show ${whole}\`` : `continue it: \`sweetspot resume ${whole}\``;
			throw new SweetspotError("store/not-running", whole, fix);
		}
		const folder = storeFolder(shell, options);
		const detached = await stopDetached(folder, whole);
		const { hasEnded } = detached ?? (await stopWriter(folder, whole));
		const { trials } = store.find(whole);
		const kept = `${formatCount(trials)} finished ${trials === 1 ? "trial is" : "trials are"} kept`;
		shell.say(
			hasEnded
				? `Stopped ${whole}: ${kept}. Continue it with: sweetspot resume ${whole}${detached ? " --executor slurm --detach" : ""}`
				: `${whole} was asked to stop, and is still ending. ${kept}; \`sweetspot studies\` shows when it has stopped.`,
		);
		return exitCode.done;
	} finally {
		store.close();
	}
}
