import { SweetspotError } from "../../core/errors.js";
import { isElsewhere } from "../../store/elsewhere.js";

/** Throws where a study goes on elsewhere: then nothing here may run or remove it. `folder`: the store's; null: it is in memory. */
export function requireNotDetached(folder: string | null, id: string): void {
	if (folder === null || !isElsewhere(folder, id)) return;
	throw new SweetspotError(
		"store/in-use",
		`${id} goes on in Slurm, by its own jobs`,
		`look at it with \`sweetspot show ${id}\`, or first end it with \`sweetspot stop ${id}\``,
	);
}
