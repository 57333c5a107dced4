import type { Selectable } from "kysely";
import { canonicalJson, type Json } from "../core/canonical.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";
import { checksumOf, requireSame, valuesOf } from "./checksums.js";
import { type Connection, sql } from "./connection.js";
import { damaged } from "./failures.js";
import { noSuchRun, requireDigest } from "./records/states.js";
import type { StoreFile } from "./store-file.js";
import type { ExperimentsTable } from "./tables.js";

const columns = ["key", "experiment", "settings", "hash", "state", "created", "seconds", "digest", "version", "checksum"] as const;
/**
 * Runs, each with how many results it has and the sum of their checksums. In one statement: another process may store a result between
 * two, and what is read has to be of one moment.
 */
const withResults = sql
	.selectFrom("experiments")
	.select(columns)
	.select((e) => {
		const own = e.selectFrom("experiment_results").whereRef("run", "=", "experiments.key");
		return [
			own.select((r) => r.fn.countAll<number>().as("count")).as("count"),
			own.select((r) => r.fn.sum<number | null>("experiment_results.checksum").as("sum")).as("sum"),
		];
	});
/** Newest first. */
const rows = withResults.orderBy("key", "desc");

type Row = Selectable<ExperimentsTable> & { readonly count: number | null; readonly sum: number | null };

/** Runs of experiments in the store's file. */
export class SqliteExperiments implements ExperimentRuns {
	readonly #connection: Connection;
	readonly #file: StoreFile;

	constructor(file: StoreFile) {
		this.#connection = file.connection;
		this.#file = file;
	}

	find(hash: string): ExperimentRun | undefined {
		const row = this.#connection.first(rows.where("hash", "=", hash).limit(1));
		return row && this.#run(row);
	}

	create({ experiment, settings, hash, version }: Pick<ExperimentRun, "experiment" | "settings" | "hash" | "version">): ExperimentRun {
		const row = { experiment, hash, version, state: "running", created: new Date().toISOString(), seconds: 0, digest: null } as const;
		const insert = sql.insertInto("experiments").values({ ...row, settings: canonicalJson(settings) });
		const [{ key }] = this.#file.write(() => {
			const made = this.#connection.all(insert.returning("key"));
			for (const one of made) sealRun(this.#connection, one.key);
			return made;
		});
		return { ...row, key, settings };
	}

	list(): readonly ExperimentRun[] {
		return this.#connection.all(rows).map((row) => this.#run(row));
	}

	results(key: number): ReadonlyMap<number, Json> {
		const query = sql.selectFrom("experiment_results").where("run", "=", key).select(["place", "result", "checksum"]).orderBy("place");
		const found = this.#connection.all(query);
		for (const { place, result, checksum } of found)
			requireSame(this.#connection.path, "a result of an experiment", checksum, checksumOf([key, place, result]));
		return new Map(found.map(({ place, result }) => [place, this.#parse(result)]));
	}

	keep(key: number, place: number, result: Json, addSeconds: number): void {
		const text = canonicalJson(result);
		this.#file.write(() => {
			this.#requireRun(key);
			this.#connection.run(
				sql.replaceInto("experiment_results").values({ run: key, place, result: text, checksum: checksumOf([key, place, text]) }),
			);
			this.#connection.run(
				sql
					.updateTable("experiments")
					.set((e) => ({ seconds: e("seconds", "+", addSeconds) }))
					.where("key", "=", key),
			);
			sealRun(this.#connection, key);
		});
	}

	setState(key: number, state: ExperimentRun["state"], digest: string | null): void {
		requireDigest("experiment", state, digest);
		this.#file.write(() => {
			this.#requireRun(key);
			this.#connection.run(sql.updateTable("experiments").set({ state, digest }).where("key", "=", key));
			sealRun(this.#connection, key);
		});
	}

	#requireRun(key: number): void {
		if (!this.#connection.first(sql.selectFrom("experiments").where("key", "=", key).select("key"))) {
			throw noSuchRun(key);
		}
	}

	#run(whole: Row): ExperimentRun {
		const { settings, checksum, count, sum, ...row } = whole;
		requireSame(this.#connection.path, `a run of the experiment ${row.experiment}`, checksum, sealOf(whole));
		const state = row.state === "running" && !this.#file.hasWriter() ? "interrupted" : row.state;
		return { ...row, state, settings: this.#parse(settings) };
	}

	#parse(text: string): Json {
		try {
			return JSON.parse(text) as Json;
		} catch (error) {
			throw damaged(this.#connection.path, "is damaged: what an experiment stored is not JSON", error);
		}
	}
}

/** To be called after every change of a run or its results, within the transaction. */
export function sealRun(connection: Connection, key: number): void {
	const row = connection.first(withResults.where("key", "=", key));
	if (row)
		connection.run(
			sql
				.updateTable("experiments")
				.set({ checksum: sealOf(row) })
				.where("key", "=", key),
		);
}

/** Checksum of a run's own row, and of how many results it has and which. */
const sealOf = (row: Row): number => checksumOf([...valuesOf(row, "checksum", "count", "sum"), row.count ?? 0, row.sum ?? 0]);
