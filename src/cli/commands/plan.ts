import type { Backend } from "../../core/backend.js";
import { slotsFor } from "../../executors/table.js";
import { type PlanTimes, planOf } from "../../study/plan.js";
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
 * `sweetspot plan [STUDY]`: what tune would do. Times a few steps and looks of our own trainer for the estimate, but runs no trial,
 * nothing of a trainer of the user's own, and writes nothing.
 */
export async function plan(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	const study = await studyFrom(file, options, shell.environment);
	await sayRemarks(shell, study);
	const times = traitsOf(study.workload).runsUserCode ? null : await quickTimes(study, backendOf(options, shell.environment) ?? "auto");
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

/**
 * A thread that trains loads the program and compiles it before it makes its trainer. On the digits, a study had taken so long before its
 * first trial, in addition to what is timed here.
 */
const secondsToLoad = 0.5;

/** Seconds per step at each size, by a single pass, and those of a look: good to a factor of two. Null where looks can't be timed. */
async function quickTimes(study: TrainableStudy, backend: Backend): Promise<PlanTimes | null> {
	const began = performance.now();
	const bench = await createBench(study, backend);
	const made = performance.now();
	const steps = new Map<number, number>();
	const pass = async (): Promise<void> => {
		for (const batchSize of study.batchSizes) {
			const seconds = await bench.secondsPerStep(batchSize, never);
			if (seconds !== null) steps.set(batchSize, seconds);
		}
	};
	await pass(); // warms up, as the study's does
	const warm = performance.now();
	await pass();
	const passed = performance.now();
	const looks = bench.timeLooks?.() ?? null;
	await bench.endTiming();
	if (looks === null) return null;
	// The study makes its own bench and, at the same time in each worker, a trainer.
	const before = 2 * (made - began) + (warm - made) + (bench.passes ?? 0) * (passed - warm);
	return { steps, looks, before: secondsToLoad + before / 1000 };
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
