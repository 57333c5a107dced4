import { sql as raw } from "kysely";
import { internal } from "../core/errors.js";
import { type Evaluation, type FinishedTrial, trialKey } from "../core/trial.js";
import { checksumOf, requireSame, valuesOf } from "./checksums.js";
import { type Connection, sql } from "./connection.js";
import { packEvaluations, packGradientNorms, packProbes, unpackEvaluations } from "./records/packing.js";
import { finishedTrial, trialRow, withStoredLooks } from "./records/trial-rows.js";

const trialRows = sql
	.selectFrom("trials")
	.leftJoin("probes", "probes.trial", "trials.key")
	.leftJoin("gradient_norms", "gradient_norms.trial", "trials.key")
	.leftJoin("evaluations", "evaluations.trial", "trials.key")
	.selectAll("trials")
	.select(["probes.data as probes", "gradient_norms.data as gradient_norms", "evaluations.checksum as looks"])
	.orderBy("trials.key");

export interface ReadTrials {
	readonly trials: readonly FinishedTrial[];
	/** Key of the last of them; 0: there are none. */
	readonly last: number;
}

/**
 * The trials of the study with this key, in order: all, or those whose own keys are above `after`. These cost what the trials in the store
 * above that key cost, however many there are below it.
 */
export function readTrials(connection: Connection, study: number, after: number | null = null): ReadTrials {
	const query =
		after === null
			? trialRows.where("trials.study", "=", study)
			: // The sign keeps SQLite from the index by study, in which it would go through all trials of this one.
				trialRows.where("trials.key", ">", after).where(raw<number>`+trials.study`, "=", study);
	const rows = connection.all(query);
	const looksOf = looksIn(connection);
	for (const row of rows) requireSame(connection.path, "a trial", row.checksum, checksumOf(valuesOf(row, "checksum")));
	return { trials: rows.map((row) => finishedTrial(row, looksOf)), last: rows.at(-1)?.key ?? 0 };
}

/** Writes a trial under a key above all others, within a transaction of the caller's. Returns what `readTrials` would. */
export function insertTrial(connection: Connection, study: number, key: number, trial: FinishedTrial): FinishedTrial {
	const { evaluations, probes, gradientNorms = [] } = trial.result;
	const looks = evaluations.length > 0 ? packEvaluations(evaluations) : null;
	const packed = {
		probes: probes.length > 0 ? packProbes(probes) : null,
		gradient_norms: gradientNorms.length > 0 ? packGradientNorms(gradientNorms) : null,
		looks: looks && checksumOf([key, looks.metrics, looks.data]),
	};
	const row = { ...trialRow(trial), key, study };
	const insert = sql
		.insertInto("trials")
		.values({ ...row, checksum: checksumOf(valuesOf({ ...row, ...packed })) })
		.onConflict((conflict) => conflict.doNothing())
		.returning("key");
	if (connection.all(insert).length === 0) throw internal(`the trial ${trialKey(trial.spec)} is stored already`);
	if (looks) connection.run(sql.insertInto("evaluations").values({ trial: key, checksum: packed.looks ?? 0, ...looks }));
	if (packed.probes) connection.run(sql.insertInto("probes").values({ trial: key, data: packed.probes }));
	if (packed.gradient_norms) connection.run(sql.insertInto("gradient_norms").values({ trial: key, data: packed.gradient_norms }));
	return { spec: trial.spec, result: withStoredLooks(trial.result, looksIn(connection), key) };
}

/** Reads the looks of the trial with a key: none where it has no row of them, or was removed. */
const looksIn =
	(connection: Connection) =>
	(trial: number): readonly Evaluation[] => {
		const row = connection.first(sql.selectFrom("evaluations").where("trial", "=", trial).select(["metrics", "data", "checksum"]));
		if (row === undefined) return [];
		requireSame(connection.path, "a trial's evaluations", row.checksum, checksumOf([trial, row.metrics, row.data]));
		return unpackEvaluations(row);
	};
