import { canonicalJson } from "../../core/canonical.js";
import { internal } from "../../core/errors.js";
import type { Flags } from "../../core/setting.js";
import type { Crossing, Evaluation, FinishedTrial, TrialResult } from "../../core/trial.js";
import type { TrialsTable } from "../tables.js";
import { unpackGradientNorms, unpackProbes } from "./packing.js";

/** What the row of a trial says of it; evaluations, probes and gradient norms are kept apart. */
export type TrialRow = Omit<TrialsTable, "key" | "study" | "checksum">;

/** Throws if the trial was cancelled, or if a value that must be a number isn't one. */
export function trialRow({ spec, result }: FinishedTrial): TrialRow {
	if (result.outcome === "cancelled") throw internal("a cancelled trial is as if it had never been: it runs again and is not stored");
	return checked({
		phase: spec.phase,
		batch_size: spec.batchSize,
		learning_rate: spec.learningRate,
		momentum: spec.momentum ?? null,
		weight_decay: spec.weightDecay ?? null,
		flags: spec.flags === undefined ? null : canonicalJson(spec.flags),
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
		reached_after: result.reached?.after ?? null,
		reached_step: result.reached?.step ?? null,
		reached_examples: result.reached?.examples ?? null,
		before_steps: result.before?.steps ?? null,
		before_examples: result.before?.examples ?? null,
		seconds: result.seconds,
		message: result.message === null ? null : JSON.stringify(result.message),
		backend: result.backend ?? null,
		clock_steps: result.clock?.steps ?? null,
		clock_seconds: result.clock?.seconds ?? null,
		clock_start_up: result.clock ? (result.clock.startUp ? 1 : 0) : null,
		machine: result.machine ?? null,
	});
}

/** Columns whose numbers may be fractions. */
const fractions: ReadonlySet<string> = new Set(["learning_rate", "momentum", "weight_decay", "seconds", "clock_seconds"]);

function checked(row: TrialRow): TrialRow {
	for (const [column, value] of Object.entries(row)) {
		if (typeof value !== "number") continue;
		const isFit = fractions.has(column) ? !Number.isNaN(value) : Number.isInteger(value);
		if (!isFit) throw internal(`${column} of a trial is ${value}`);
	}
	return row;
}

/** The row of a stored trial with its packed probes and gradient norms; null where it has none. */
export type StoredTrialRow = TrialRow & {
	readonly key: number;
	readonly probes: Uint8Array | ArrayBuffer | null;
	readonly gradient_norms: Uint8Array | ArrayBuffer | null;
};

/** The trial of a row. `evaluationsOf` reads the looks of the trial with this key. */
export function finishedTrial(row: StoredTrialRow, evaluationsOf: (key: number) => readonly Evaluation[]): FinishedTrial {
	const { key } = row;
	return {
		spec: {
			phase: row.phase,
			batchSize: row.batch_size,
			learningRate: row.learning_rate,
			...(row.momentum !== null && { momentum: row.momentum }),
			...(row.weight_decay !== null && { weightDecay: row.weight_decay }),
			...(row.flags !== null && { flags: JSON.parse(row.flags) as Flags }),
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
			reached: crossing(row.reached_after, row.reached_step, row.reached_examples),
			get evaluations() {
				return evaluationsOf(key);
			},
			...(row.before_steps !== null &&
				row.before_examples !== null && { before: { steps: row.before_steps, examples: row.before_examples } }),
			probes: row.probes === null ? [] : unpackProbes(row.probes),
			seconds: row.seconds,
			message: row.message === null ? null : (JSON.parse(row.message) as string),
			...(row.backend !== null && { backend: row.backend }),
			...(row.gradient_norms && { gradientNorms: unpackGradientNorms(row.gradient_norms) }),
			...clockOf(row),
			...(row.machine && { machine: row.machine }),
		},
	};
}

/**
 * The same result, whose looks are read from the store from now on. A function of its own: a closure keeps alive everything that any
 * closure of the function around it uses, which in `append` is the looks themselves.
 */
export const withStoredLooks = (result: TrialResult, evaluationsOf: (key: number) => readonly Evaluation[], key: number): TrialResult =>
	Object.defineProperty({ ...result }, "evaluations", { enumerable: true, get: () => evaluationsOf(key) });

const clockOf = ({ clock_steps: steps, clock_seconds: seconds, clock_start_up: startUp }: StoredTrialRow): Pick<TrialResult, "clock"> =>
	steps !== null && seconds !== null ? { clock: { steps, seconds, startUp: startUp === 1 } } : {};

const crossing = (after: number | null, step: number | null, examples: number | null): Crossing | null =>
	after === null || step === null || examples === null ? null : { after, step, examples };
