import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf, isBestGoal } from "../../src/core/horizon.js";
import { Rng } from "../../src/core/rng.js";
import type { TrialSpec } from "../../src/core/trial.js";
import { plannedSteps } from "../../src/study/horizon/lengths.js";
import { stepLimit } from "../../src/study/steps.js";
import type { Study } from "../../src/study/study.js";
import type { CommandWorkload } from "../../src/study/workloads/command/workload.js";
import { openLocalHost } from "../../src/trainers/command/local/host.js";
import { scriptSession } from "../../src/trainers/command/session.js";
import { resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";

export interface Setting {
	readonly batchSize: number;
	readonly learningRate: number;
}

/**
 * What fresh runs of one setting did: the values at their ends where the study asks for the best end, else the steps in which they reached
 * the goal.
 */
export interface Fresh extends Setting {
	/** Ascending; ∞ for a run that didn't reach the goal, and for one that diverged. */
	readonly values: readonly number[];
}

/** Runs each setting on the same `count` seeds, which no study used. */
export async function judged(
	study: Study & { readonly workload: CommandWorkload },
	settings: readonly Setting[],
	count: number,
): Promise<readonly Fresh[]> {
	const { goal } = study;
	const seeds = Rng.fromSeed(0).split("judges");
	const store = mkdtempSync(join(tmpdir(), "sweetspot-judge-"));
	const session = scriptSession(study, "judge", store, { workers: 1, gpus: null }, openLocalHost);
	try {
		const fresh: Fresh[] = [];
		for (const { batchSize, learningRate } of settings) {
			const values: number[] = [];
			for (let seedIndex = 0; seedIndex < count; seedIndex++) {
				const given = { phase: "horizon reporting", batchSize, learningRate, seedIndex, seed: seeds.split(seedIndex).uint32() } as const;
				const spec: TrialSpec = isBestGoal(goal)
					? trialSpec({ ...given, until: "cap", cap: plannedSteps(study, goal.horizon, batchSize, 1, null) })
					: trialSpec({ ...given, phase: "reporting", cap: stepLimit(batchSize, study) });
				const result = await resultOf(session.trainers[0], spec);
				const end = isBestGoal(goal) ? endOf(goal, result) : null;
				if (end?.kind === "cut off") throw new Error(`a fresh run was cut off: ${result.message}`);
				values.push(
					end?.kind === "value" ? end.value : end ? Number.POSITIVE_INFINITY : (result.reached?.step ?? Number.POSITIVE_INFINITY),
				);
			}
			fresh.push({ batchSize, learningRate, values: values.sort((a, b) => a - b) });
		}
		return fresh;
	} finally {
		session.close(true);
		rmSync(store, { recursive: true, force: true });
	}
}
