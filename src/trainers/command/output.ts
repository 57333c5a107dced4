import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filled, type PlaceholderValues } from "../../study/workloads/command/placeholders.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";

/** Makes a trial's own folder, and writes the study's files into it. */
export function prepareOutput({ files = {} }: CommandWorkload, values: PlaceholderValues): void {
	const { trialFolder } = values;
	mkdirSync(trialFolder, { recursive: true });
	for (const [name, text] of Object.entries(files)) {
		const file = join(trialFolder, name);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, filled(text, values));
	}
}

/** Removes a trial's own folder where nothing was written into it. */
export function removeIfEmpty(folder: string): void {
	for (const one of [folder, dirname(folder)])
		try {
			rmdirSync(one);
		} catch {
			return; // it holds something, or is gone
		}
}
