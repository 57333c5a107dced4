import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filled, type PlaceholderValues, placeholdersOf } from "../../study/workloads/command/placeholders.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";

/** Makes a trial's own folder, where anything names it, and writes the study's files into it. */
export function prepareOutput({ command, environment = {}, files = {} }: CommandWorkload, values: PlaceholderValues): void {
	const { trialFolder } = values;
	const texts = [...command, ...Object.values(environment), ...Object.values(files)];
	if (!texts.some((text) => placeholdersOf(text).includes("trialFolder"))) return;
	mkdirSync(trialFolder, { recursive: true });
	for (const [name, text] of Object.entries(files)) {
		const file = join(trialFolder, name);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, filled(text, values));
	}
}
