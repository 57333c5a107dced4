import { internal } from "../core/errors.js";
import type { StopSignal } from "../study/contracts.js";
import type { Advance, Machinery, PaceAt, Recorder, TrialPosition } from "./machinery.js";

/** One step, as an advance: of a machinery that takes each by itself. */
export function oneStep(
	machinery: Pick<Machinery, "step">,
	{ step, examples }: TrialPosition,
	paceAt: PaceAt,
	stop: StopSignal,
): Advance | null {
	const pace = paceAt(step, examples);
	if (!pace) throw internal("a step was asked for that is not to be taken");
	const last = machinery.step(pace.learningRate, stop, pace.batchSize);
	return last && { steps: 1, examples: last.count, last };
}

const never: StopSignal = { stopped: false };

/** Takes so many steps from the beginning, whatever their losses. */
export function takeSteps(machinery: Machinery, steps: number, paceAt: PaceAt): void {
	for (let step = 0, examples = 0; step < steps; ) {
		const taken = machinery.advance({ step, examples }, steps - step, paceAt, never);
		if (!taken) throw internal("steps that nothing stopped were not taken");
		step += taken.steps;
		examples += taken.examples;
	}
}

/** Steps from `step` to `due`, at which there is something to do. One that a look follows is taken by itself where it is recorded. */
export function stepsUntil(due: number, look: number, step: number, recorder: Recorder | null): number {
	if (!recorder || due < look) return due - step;
	if (step + 1 < look) return look - 1 - step;
	recorder.before();
	return 1;
}
