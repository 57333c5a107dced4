import type { Report } from "../report.js";
import type { ReportedPlace } from "./protocol.js";

/** How far a run has come, in steps. */
export type Reached = Omit<Report, "metrics">;

/** How far a run is that reports to be there, or what is wrong with that. `trainingExamples`: in an epoch; 0 where that is not known. */
export function reachedBy(place: ReportedPlace, batchSize: number, trainingExamples: number): Reached | { readonly wrong: string } {
	const reached = stepsAt(place, batchSize, trainingExamples);
	if ("wrong" in reached) return reached;
	const { step, examples = 0 } = reached;
	if (Number.isSafeInteger(step) && step >= 0 && examples >= 0 && examples <= Number.MAX_SAFE_INTEGER) return reached;
	const counters = Object.entries(place).map(([counter, count]) => `${counter} ${count}`);
	return { wrong: `an event is at ${counters.join(", ")}, expected a whole number of steps, no further than can be counted` };
}

function stepsAt({ step, epoch, examples }: ReportedPlace, batchSize: number, n: number): Reached | { readonly wrong: string } {
	if (step !== undefined) return { step, ...(examples !== undefined && { examples }) };
	if (examples !== undefined) return { step: Math.ceil(examples / batchSize), examples };
	if (n === 0) return { wrong: "it reports epochs alone, which become steps only where workload.examples says how many examples one has" };
	// A fraction of an epoch may be off in its last digit.
	const steps = Math.ceil((epoch ?? 0) * Math.ceil(n / batchSize) - 1e-6);
	return { step: Math.max(0, steps), examples: Math.round((epoch ?? 0) * n) };
}
