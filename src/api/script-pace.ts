import { exactClockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial } from "../core/trial.js";
import { upperMiddle } from "../core/upper-middle.js";
import type { Store } from "../study/contracts.js";
import type { Pace } from "../study/pace.js";
import type { Study } from "../study/study.js";
import type { CommandWorkload } from "../study/workloads/command/workload.js";
import { isCommand } from "../study/workloads/table.js";

/** How fast a script trains here: by its earlier trials in the store, else by what `init` measured; null where neither is there. */
export function paceOf(study: Study & { readonly workload: CommandWorkload }, store: Store | null): Pace | null {
	const { measured } = study.workload;
	return (
		paceByTrials(store === null ? [] : trialsOf(study, store)) ??
		(measured
			? { steps: new Map([[measured.batchSize, measured.secondsPerStep]]), startUp: measured.startUp, trial: null, by: "init" }
			: null)
	);
}

/** Trials of the same command and the same script; the rest of their study may differ. */
function trialsOf({ workload, data }: Study & { readonly workload: CommandWorkload }, store: Store): readonly FinishedTrial[] {
	const command = JSON.stringify(workload.command);
	return store
		.list()
		.filter(
			({ study }) => isCommand(study.workload) && study.data.sha256 === data.sha256 && JSON.stringify(study.workload.command) === command,
		)
		.flatMap(({ id }) => store.trials(id));
}

function paceByTrials(trials: readonly FinishedTrial[]): Pace | null {
	const timed = trials.flatMap(({ spec, result }) => {
		const clock = exactClockOf(result);
		if (clock === null) return [];
		return [{ batchSize: spec.batchSize, perStep: secondsPerStepOf(clock), startUp: Math.max(0, result.seconds - clock.seconds) }];
	});
	const sizes = [...new Set(timed.map(({ batchSize }) => batchSize))];
	const steps = new Map(
		sizes.flatMap((size) => {
			const middle = upperMiddle(timed.filter(({ batchSize }) => batchSize === size).map(({ perStep }) => perStep));
			return middle === undefined ? [] : [[size, middle] as const];
		}),
	);
	if (steps.size === 0) return null;
	return {
		steps,
		startUp: upperMiddle(timed.map(({ startUp }) => startUp)) ?? 0,
		trial: trials.reduce((sum, { result }) => sum + result.seconds, 0) / trials.length,
		by: "trials",
	};
}
