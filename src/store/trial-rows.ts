import type { Insertable, Selectable } from "kysely";
import { internal } from "../core/errors.js";
import type { Crossing, Evaluation, FinishedTrial, TrialResult } from "../core/trial.js";
import { unpackGradientNorms, unpackProbes } from "./packing.js";
import type { TrialsTable } from "./tables.js";

/** A trial's row, but for its study; evaluations and probes have tables of their own. */
export function trialRow({ spec, result }: FinishedTrial): Omit<Insertable<TrialsTable>, "study"> {
	if (result.outcome === "cancelled") throw internal("a cancelled trial is as if it had never been: it runs again and is not stored");
	return {
		phase: spec.phase,
		batch_size: spec.batchSize,
		learning_rate: spec.learningRate,
		momentum: spec.momentum ?? null,
		weight_decay: spec.weightDecay ?? null,
		seed_index: spec.seedIndex,
		seed: spec.seed,
		cap: spec.cap,
		until: spec.until,
		curves: spec.curves ? 1 : 0,
		probe: spec.probe ? 1 : 0,
		outcome: result.outcome,
		steps: result.steps,
		examples: result.examples,
		first_after: result.first?.after ?? null,
		first_step: result.first?.step ?? null,
		first_examples: result.first?.examples ?? null,
		sustained_after: result.sustained?.after ?? null,
		sustained_step: result.sustained?.step ?? null,
		sustained_examples: result.sustained?.examples ?? null,
		seconds: result.seconds,
		message: result.message === null ? null : JSON.stringify(result.message),
		backend: result.backend ?? null,
		clock_steps: result.clock?.steps ?? null,
		clock_seconds: result.clock?.seconds ?? null,
		clock_start_up: result.clock ? (result.clock.startUp ? 1 : 0) : null,
		machine: result.machine ?? null,
	};
}

/** What a trial's row holds of it, and its probes and gradient norms; null where it has none. */
export type StoredTrialRow = Selectable<TrialsTable> & {
	readonly probes: Uint8Array | ArrayBuffer | null;
	readonly gradient_norms: Uint8Array | ArrayBuffer | null;
};

/** `evaluationsOf` reads the looks of the trial with this key. */
export function finishedTrial(row: StoredTrialRow, evaluationsOf: (key: number) => readonly Evaluation[]): FinishedTrial {
	const { key } = row;
	return {
		spec: {
			phase: row.phase,
			batchSize: row.batch_size,
			learningRate: row.learning_rate,
			...(typeof row.momentum === "number" && { momentum: row.momentum }),
			...(typeof row.weight_decay === "number" && { weightDecay: row.weight_decay }),
			seedIndex: row.seed_index,
			seed: row.seed,
			cap: row.cap,
			until: row.until,
			curves: row.curves === 1,
			probe: row.probe === 1,
		},
		result: {
			outcome: row.outcome,
			steps: row.steps,
			examples: row.examples,
			first: crossing(row.first_after, row.first_step, row.first_examples),
			sustained: crossing(row.sustained_after, row.sustained_step, row.sustained_examples),
			get evaluations() {
				return evaluationsOf(key);
			},
			probes: row.probes === null ? [] : unpackProbes(row.probes),
			seconds: row.seconds,
			message: row.message === null ? null : (JSON.parse(row.message) as string),
			...(row.backend && { backend: row.backend }), // none in a store of before version 4
			...(row.gradient_norms && { gradientNorms: unpackGradientNorms(row.gradient_norms) }),
			...clockOf(row),
			...(row.machine && { machine: row.machine }), // none in a store of before version 7
		},
	};
}

/**
 * The same result, its looks read from the store from now on. A function of its own: a closure keeps alive all that any closure of the function around
 * it uses, which in `append` is the looks themselves.
 */
export const withStoredLooks = (result: TrialResult, evaluationsOf: (key: number) => readonly Evaluation[], key: number): TrialResult =>
	Object.defineProperty({ ...result }, "evaluations", { enumerable: true, get: () => evaluationsOf(key) });

/** None in a store of before version 7. */
const clockOf = ({ clock_steps: steps, clock_seconds: seconds, clock_start_up: startUp }: StoredTrialRow): Pick<TrialResult, "clock"> =>
	typeof steps === "number" && typeof seconds === "number" ? { clock: { steps, seconds, startUp: startUp === 1 } } : {};

const crossing = (after: number | null, step: number | null, examples: number | null): Crossing | null =>
	after === null || step === null || examples === null ? null : { after, step, examples };
