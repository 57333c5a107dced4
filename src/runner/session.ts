import { setImmediate } from "node:timers/promises";
import type { Findings } from "../analysis/findings.js";
import type { Design, Executor, Store, StoredStudy, TestResult, Trainer } from "../study/contracts.js";
import { stepsPerEpoch } from "../study/plan.js";
import { calibrate } from "./calibrate.js";
import type { RunEvent } from "./events.js";
import { findingsOf } from "./findings.js";
import { type RunEnd, runStudy } from "./run-study.js";

export interface Session {
	readonly stored: StoredStudy;
	readonly store: Store;
	readonly design: Design;
	readonly executor: Executor;
	/** For what runs alone, in this thread: calibration, and the test set at the end. */
	readonly trainer: Trainer;
	/** This machine in a line, kept with the calibration. */
	readonly machine: string;
	readonly signal: AbortSignal;
	readonly onEvent: (event: RunEvent) => void;
}

/** A study from wherever it stands to its answer: seconds per step, the trials, the test set. */
export async function runSession(session: Session): Promise<{ readonly end: RunEnd; readonly findings: Findings }> {
	const { stored, store, design, trainer, signal, onEvent, machine } = session;
	if (!store.calibration(stored.id)) {
		const { batchSizes } = stored.study;
		const onPass = (done: number, total: number) => onEvent({ kind: "calibrating", done, total });
		const calibration = await calibrate(
			trainer,
			batchSizes,
			(batchSize) => stepsPerEpoch(batchSize, stored.study),
			machine,
			onPass,
			signal,
		);
		if (calibration) store.saveCalibration(stored.id, calibration);
	}
	const end = await runStudy(session);
	const findings = findingsOf(stored, store, design);
	if (end !== "complete" || findings.test || stored.study.data.test === 0) return { end, findings };
	store.saveTestResults(stored.id, await testRecommended(session, findings));
	return { end, findings: findingsOf(stored, store, design) };
}

/**
 * The one time the test set is touched: the recommended size's reporting runs, trained again to where they first met the goal, are evaluated on it. Nothing
 * is chosen by what comes out.
 */
async function testRecommended(
	{ stored, store, trainer, signal, onEvent }: Session,
	{ recommendation }: Findings,
): Promise<readonly TestResult[]> {
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null) return [];
	onEvent({ kind: "testing", batchSize });
	const results: TestResult[] = [];
	for (const { spec, result } of store.trials(stored.id)) {
		if (spec.phase !== "reporting" || spec.batchSize !== batchSize || spec.learningRate !== learningRate || !result.first) continue;
		await setImmediate(); // an interrupt gets its turn; the test set's then comes with the next `tune` or `resume`
		if (signal.aborted) return [];
		const metrics = trainer.test({ ...spec, cap: result.first.step });
		if (metrics) results.push({ batchSize, seedIndex: spec.seedIndex, ...metrics });
	}
	return results;
}
