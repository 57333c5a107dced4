import type { Store, StoredStudy } from "../../study/contracts.js";
import { studyHash } from "../../study/resolve.js";
import type { Study } from "../../study/study.js";
import { openForWriting } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { studyFrom } from "../study-file.js";
import { version } from "../version.js";
import { carryOn, executionOf, lacksTest, presentStored } from "./answer.js";

/** `sweetspot tune [STUDY]`: the tradeoff study, from wherever the store has it. */
export async function tune(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	const study = await studyFrom(file, options, shell.environment);
	executionOf(shell, options); // a bad flag is told before there is a study
	const store = openForWriting(shell, options);
	try {
		const stored = studyToRun(store, study, isOn(options, "fresh"));
		if (stored.state === "complete" && !lacksTest(store, stored)) {
			shell.say(`Answered from the store, where the same study is complete (${stored.id}); --fresh runs it again.`);
			return await presentStored(shell, store, stored, options);
		}
		if (stored.trials > 0) shell.say(`Going on with ${stored.id}, of which the store has ${stored.trials} trials.`);
		return await carryOn(shell, store, stored, options);
	} finally {
		store.close();
	}
}

/** The stored study with the same hash, complete or not; else (or with `fresh`) a new one. */
function studyToRun(store: Store, study: Study, fresh: boolean): StoredStudy {
	const hash = studyHash(study);
	return (fresh ? undefined : store.findByHash(hash)) ?? store.create(study, hash, version);
}
