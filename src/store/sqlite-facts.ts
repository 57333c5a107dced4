/** What a study has in addition to its trials. Each function takes the study's key; those that write are called within a transaction. */
import type { Calibration } from "../core/calibration.js";
import type { TestResult } from "../study/contracts.js";
import type { Extension } from "../study/extension.js";
import { checksumOf, requireSame } from "./checksums.js";
import { type Connection, sql } from "./connection.js";
import { packNumbers, unpackNumbers } from "./records/packing.js";
import type { FactKind } from "./tables.js";

/** Null where none was saved. */
export function readCalibration(connection: Connection, study: number): Calibration | null {
	const query = sql
		.selectFrom("calibrations")
		.leftJoin("step_times", "step_times.study", "calibrations.study")
		.where("calibrations.study", "=", study)
		.select(["machine", "batch_size", "passes", "start_up"])
		.orderBy("position");
	const rows = connection.all(query);
	if (rows.length === 0) return sealed(connection, study, "calibration", null, []);
	const stepTimes = rows.flatMap(({ batch_size, passes, start_up }) =>
		batch_size === null || passes === null
			? []
			: { batchSize: batch_size, passes: unpackNumbers(passes), ...(start_up === 1 && { startUp: true }) },
	);
	return sealed(connection, study, "calibration", { machine: rows[0].machine, stepTimes }, [
		JSON.stringify({ machine: rows[0].machine, stepTimes }),
	]);
}

/** Replaces the one before. */
export function writeCalibration(connection: Connection, study: number, { machine, stepTimes }: Calibration): void {
	connection.run(sql.deleteFrom("step_times").where("study", "=", study));
	connection.run(sql.replaceInto("calibrations").values({ study, machine }));
	for (const [position, { batchSize, passes, startUp }] of stepTimes.entries()) {
		const row = { study, position, batch_size: batchSize, passes: packNumbers(passes), start_up: startUp ? 1 : 0 } as const;
		connection.run(sql.insertInto("step_times").values(row));
	}
	seal(connection, study, "calibration", [JSON.stringify({ machine, stepTimes: stepTimes.map(plainStepTime) })]);
}

/** In the form in which it is read back. */
const plainStepTime = ({ batchSize, passes, startUp }: Calibration["stepTimes"][number]) => ({
	batchSize,
	passes: [...passes],
	...(startUp && { startUp: true }),
});

function seal(connection: Connection, study: number, kind: FactKind, content: readonly string[]): void {
	if (content.length === 0) connection.run(sql.deleteFrom("checksums").where("study", "=", study).where("kind", "=", kind));
	else connection.run(sql.replaceInto("checksums").values({ study, kind, checksum: checksumOf(content) }));
}

/**
 * Returns what was read if it is what was written; else throws `store/damaged`. A missing checksum is right only if nothing was written.
 */
function sealed<T>(connection: Connection, study: number, kind: FactKind, found: T, content: readonly string[]): T {
	const kept = connection.first(sql.selectFrom("checksums").where("study", "=", study).where("kind", "=", kind).select("checksum"));
	const expected = content.length === 0 ? undefined : checksumOf(content);
	if (kept?.checksum !== expected) requireSame(connection.path, `the ${kind} of a study`, kept?.checksum ?? null, expected ?? -1);
	return found;
}

/** Rows as texts, each of which reads back the same. */
const texts = (rows: readonly object[]): readonly string[] => rows.map((row) => JSON.stringify(row));

export function readTestResults(connection: Connection, study: number): TestResult[] {
	const found = connection.all(
		sql
			.selectFrom("test_results")
			.where("study", "=", study)
			.select(["batch_size as batchSize", "seed_index as seedIndex", "loss", "accuracy"])
			.orderBy("position"),
	);
	return sealed(connection, study, "tests", found, texts(found));
}

/** Replaces those before. */
export function writeTestResults(connection: Connection, study: number, results: readonly TestResult[]): void {
	connection.run(sql.deleteFrom("test_results").where("study", "=", study));
	for (const [position, { batchSize, seedIndex, loss, accuracy }] of results.entries()) {
		const row = { study, position, batch_size: batchSize, seed_index: seedIndex, loss, accuracy };
		connection.run(sql.insertInto("test_results").values(row));
	}
	const plain = results.map(({ batchSize, seedIndex, loss, accuracy }) => ({ batchSize, seedIndex, loss, accuracy }));
	seal(connection, study, "tests", texts(plain));
}

export function readExtensions(connection: Connection, study: number): Extension[] {
	const found = connection.all(
		sql.selectFrom("extensions").where("study", "=", study).select(["batch_size as batchSize", "trials"]).orderBy("position"),
	);
	return sealed(connection, study, "extensions", found, texts(found));
}

/** Appends to those before. */
export function addExtensions(connection: Connection, study: number, extensions: readonly Extension[]): void {
	const before = readExtensions(connection, study);
	const from = before.length;
	for (const [i, { batchSize, trials }] of extensions.entries()) {
		connection.run(sql.insertInto("extensions").values({ study, position: from + i, batch_size: batchSize, trials }));
	}
	seal(connection, study, "extensions", texts([...before, ...extensions.map(({ batchSize, trials }) => ({ batchSize, trials }))]));
}
