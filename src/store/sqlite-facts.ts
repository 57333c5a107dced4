/** What a study has besides trials. Each function takes the study's key; those that write are called within a transaction. */
import type { Calibration } from "../core/calibration.js";
import type { TestResult } from "../study/contracts.js";
import type { Extension } from "../study/extension.js";
import { type Connection, sql } from "./connection.js";
import { packNumbers, unpackNumbers } from "./records/packing.js";

/** Null where none was saved. */
export function readCalibration(connection: Connection, study: number): Calibration | null {
	const query = sql
		.selectFrom("calibrations")
		.leftJoin("step_times", "step_times.study", "calibrations.study")
		.where("calibrations.study", "=", study)
		.select(["machine", "batch_size", "passes", "start_up"])
		.orderBy("position");
	const rows = connection.all(query);
	if (rows.length === 0) return null;
	const stepTimes = rows.flatMap(({ batch_size, passes, start_up }) =>
		batch_size === null || passes === null
			? []
			: { batchSize: batch_size, passes: unpackNumbers(passes), ...(start_up === 1 && { startUp: true }) },
	);
	return { machine: rows[0].machine, stepTimes };
}

/** In the place of the one before. */
export function writeCalibration(connection: Connection, study: number, { machine, stepTimes }: Calibration): void {
	connection.run(sql.deleteFrom("step_times").where("study", "=", study));
	connection.run(sql.replaceInto("calibrations").values({ study, machine }));
	for (const [position, { batchSize, passes, startUp }] of stepTimes.entries()) {
		const row = { study, position, batch_size: batchSize, passes: packNumbers(passes), start_up: startUp ? 1 : 0 } as const;
		connection.run(sql.insertInto("step_times").values(row));
	}
}

export const readTestResults = (connection: Connection, study: number): TestResult[] =>
	connection.all(
		sql
			.selectFrom("test_results")
			.where("study", "=", study)
			.select(["batch_size as batchSize", "seed_index as seedIndex", "loss", "accuracy"])
			.orderBy("position"),
	);

/** In the place of those before. */
export function writeTestResults(connection: Connection, study: number, results: readonly TestResult[]): void {
	connection.run(sql.deleteFrom("test_results").where("study", "=", study));
	for (const [position, { batchSize, seedIndex, loss, accuracy }] of results.entries()) {
		const row = { study, position, batch_size: batchSize, seed_index: seedIndex, loss, accuracy };
		connection.run(sql.insertInto("test_results").values(row));
	}
}

export const readExtensions = (connection: Connection, study: number): Extension[] =>
	connection.all(sql.selectFrom("extensions").where("study", "=", study).select(["batch_size as batchSize", "trials"]).orderBy("position"));

/** Behind those before. */
export function addExtensions(connection: Connection, study: number, extensions: readonly Extension[]): void {
	const from = readExtensions(connection, study).length;
	for (const [i, { batchSize, trials }] of extensions.entries()) {
		connection.run(sql.insertInto("extensions").values({ study, position: from + i, batch_size: batchSize, trials }));
	}
}
