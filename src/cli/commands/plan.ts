import { slotsFor } from "../../executors/table.js";
import type { Bench } from "../../study/contracts.js";
import { planOf } from "../../study/plan.js";
import type { TrainableStudy } from "../../study/study.js";
import { isCommand, traitsOf } from "../../study/workloads/table.js";
import { createBench } from "../../trainers/node.js";
import { formatSeconds } from "../../words/numbers.js";
import { planDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { knownPrice } from "../known-price.js";
import { openForReading } from "../open-store.js";
import { backendOf, isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { studyFrom } from "../study-file.js";
import { renderPlan } from "../terminal/plan-table.js";
import { priceFacts, smallBudgetWords } from "../terminal/price-words.js";
import { executionOf, sayRemarks } from "./answer.js";

/**
 * `sweetspot plan [STUDY]`: what tune would do. Times a few steps of our own trainer at each size for the estimate, but runs no trial,
 * nothing of a trainer of the user's own, and writes nothing.
 */
export async function plan(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	const study = await studyFrom(file, options, shell.environment);
	await sayRemarks(shell, study);
	const times = traitsOf(study.workload).runsUserCode
		? null
		: await quickTimes(study, await createBench(study, backendOf(options, shell.environment) ?? "auto"));
	const slots = slotsFor(study, executionOf(shell, options));
	const planned = planOf(study, times, slots);
	const store = isCommand(study.workload) ? openForReading(shell, options) : null;
	const known = knownPrice(study, store, slots);
	store?.close();
	if (isOn(options, "json", shell.environment))
		shell.print(`${JSON.stringify(planDocument(planned, known?.price ?? null, study.pricePerHour), null, 2)}\n`);
	else shell.print(renderPlan(shell.out, study, planned, known ? priceFacts(study, known.price, known.pace, slots) : unpriced(study)));
	const small = smallBudgetWords(study, known?.price ?? null, slots);
	if (small !== null) shell.say(small);
	return exitCode.done;
}

/** Seconds per step at each size, by a single pass: good to a factor of two. */
async function quickTimes(study: TrainableStudy, bench: Bench): Promise<ReadonlyMap<number, number>> {
	const times = new Map<number, number>();
	for (const batchSize of study.batchSizes) {
		const seconds = await bench.secondsPerStep(batchSize, never);
		if (seconds !== null) times.set(batchSize, seconds);
	}
	return times;
}

const unpriced = ({ workload, budget }: TrainableStudy): readonly [string, string][] =>
	isCommand(workload)
		? [
				[
					"time",
					`${budget.seconds === null ? "not known" : `at most ${formatSeconds(budget.seconds)}`}: nothing has timed the script yet. \`sweetspot init\` does, and earlier trials would`,
				],
			]
		: [];

const never = new AbortController().signal;
