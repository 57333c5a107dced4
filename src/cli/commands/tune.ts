import { existsSync } from "node:fs";
import { studyToRun } from "../../api/study-to-run.js";
import { untrainable } from "../../api/untrainable.js";
import type { Backend } from "../../core/backend.js";
import { SweetspotError } from "../../core/errors.js";
import { slotsFor } from "../../executors/table.js";
import type { Store } from "../../study/contracts.js";
import { isTrainable, type TrainableStudy } from "../../study/study.js";
import { traitsOf } from "../../study/workloads/table.js";
import { libraryOf } from "../../trainers/node.js";
import { knownPrice } from "../known-price.js";
import { openForReading, openForWriting, takeInDetached } from "../open-store.js";
import { backendOf, isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { takeStepTimes } from "../step-times.js";
import { studyFrom } from "../study-file.js";
import { smallBudgetWords } from "../terminal/price-words.js";
import { carryOn, checkReport, executionOf, refuseGpus, sayRemarks } from "./answer.js";
import { continueStudy, trialsWords } from "./continue.js";

/**
 * `sweetspot tune [STUDY]`: the tradeoff study, from wherever the store has it; with `--continue ID`, more trials for one that ended
 * undecided.
 */
export async function tune(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	checkReport(shell, options);
	if (typeof options.continue === "string") return await continueStudy(shell, options.continue, file, options);
	const study = await studyFrom(file, options, shell.environment).catch((error: unknown) => {
		throw storedInstead(shell, file, options) ?? error;
	});
	refuseGpus(study, options);
	await sayRemarks(shell, study);
	executionOf(shell, options); // a bad flag is reported before there is a study
	const backend = backendOf(options, shell.environment) ?? "auto";
	await sayLibrary(shell, study, backend); // so is a library that is missing
	await takeInDetached(shell, options);
	const store = openForWriting(shell, options);
	sayIfSmall(shell, study, store, options);
	try {
		const { stored, taken } = studyToRun(store, study, isOn(options, "fresh", shell.environment), backend);
		if (stored.state === "complete") {
			shell.say(`Answered from the store, where the same study is complete (${stored.id}); --fresh runs it again.`);
		} else if (taken) {
			shell.say(
				`Begun with ${trialsWords(taken.trials)} of ${taken.id}, which asks the same under another budget; --fresh runs them again.`,
			);
		} else if (stored.trials > 0) shell.say(`Going on with ${stored.id}, of which the store has ${stored.trials} trials.`);
		takeStepTimes(store, stored, options, shell.environment);
		return await carryOn(shell, store, stored, options);
	} finally {
		store.close();
	}
}

/** Where results differ from machine to machine, or could, that is said. */
async function sayLibrary(shell: Shell, { workload }: TrainableStudy, backend: Backend): Promise<void> {
	const { name, warning } = await libraryOf(backend);
	if (!traitsOf(workload).hasBackend) return;
	if (backend === "blas") shell.say(`Large matrix products are ${name}'s: their last bits are those of this machine.`);
	if (warning !== null) shell.say(warning);
}

/** Where the file that isn't there is the id of a stored study: what can be done with that. */
function storedInstead(shell: Shell, file: string | undefined, options: RawOptions): SweetspotError | undefined {
	if (file === undefined || existsSync(file)) return undefined;
	const store = openForReading(shell, options);
	const stored = store?.list().find(({ id }) => id === file);
	store?.close();
	if (!stored) return undefined;
	if (!isTrainable(stored.study)) return untrainable(stored);
	return new SweetspotError("study/not-found", `${file}, which is a stored study`, `continue it: \`sweetspot resume ${file}\``);
}

/** A budget that compares no batch sizes is worth a word before it is spent. */
function sayIfSmall(shell: Shell, study: TrainableStudy, store: Store, options: RawOptions): void {
	const slots = slotsFor(study, executionOf(shell, options));
	const small = smallBudgetWords(study, knownPrice(study, store, slots)?.price ?? null, slots);
	if (small !== null) shell.say(small);
}
