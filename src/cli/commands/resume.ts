import { untrainable } from "../../api/untrainable.js";
import { isTrainable } from "../../study/study.js";
import { openExisting, openForWriting, takeInDetached } from "../open-store.js";
import type { RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { carryOn, checkReport } from "./answer.js";

/** `sweetspot resume ID`: goes on with a study where it stopped. Trials that were in flight then run again. */
export async function resume(shell: Shell, id: string, options: RawOptions): Promise<number> {
	checkReport(shell, options);
	await takeInDetached(shell, options, id);
	openExisting(shell, options, id).close();
	const store = openForWriting(shell, options);
	try {
		const stored = store.find(id);
		if (!isTrainable(stored.study)) throw untrainable(stored);
		if (stored.state === "complete") shell.say(`${stored.id} is complete already.`);
		return await carryOn(shell, store, stored, options);
	} finally {
		store.close();
	}
}
