import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Calibration } from "../core/calibration.js";
import { SweetspotError } from "../core/errors.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { type RawOptions, textOf } from "./options.js";

/** What is read of an answer as `tune --json` and `show --json` print it. */
const answerSchema = z.object({
	tradeoff: z.array(z.object({ batchSize: z.int().positive(), secondsPerStep: z.number().positive().nullable() })),
});

/**
 * `--step-times FILE`: gives a study that has no trials yet the seconds per step of an earlier answer, in place of timing them. A ladder
 * whose times are the same asks for the same trials. Throws `usage/bad-value` where the file doesn't have them, or the study has its own.
 */
export function takeStepTimes(store: Store, { id, study, trials }: StoredStudy, options: RawOptions, environment: NodeJS.ProcessEnv): void {
	const file = textOf(options, "stepTimes", environment);
	if (file === undefined) return;
	if (trials > 0 || store.calibration(id))
		throw new SweetspotError(
			"usage/bad-value",
			`--step-times: ${id} has its own already`,
			"add `--fresh` to run the study again with those of the file",
		);
	const times = timesIn(file);
	const missing = study.batchSizes.filter((size) => !times.has(size));
	if (missing.length > 0)
		throw new SweetspotError(
			"usage/bad-value",
			`--step-times: ${file} has no time for batch size ${missing[0]}`,
			"use the answer of a study with the same batch sizes, written by `sweetspot show ID --json`",
		);
	const calibration: Calibration = {
		machine: `as in ${file}`,
		stepTimes: study.batchSizes.map((batchSize) => ({ batchSize, passes: [times.get(batchSize) ?? Number.NaN] })),
	};
	store.saveCalibration(id, calibration);
}

function timesIn(file: string): ReadonlyMap<number, number> {
	try {
		const { tradeoff } = answerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return new Map(tradeoff.flatMap(({ batchSize, secondsPerStep }) => (secondsPerStep === null ? [] : [[batchSize, secondsPerStep]])));
	} catch {
		throw new SweetspotError(
			"usage/bad-value",
			`--step-times: ${file} can't be read as an answer`,
			"write one: `sweetspot show ID --json > FILE`",
		);
	}
}
