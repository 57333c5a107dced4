import type { Selectable } from "kysely";
import { canonicalJson, type Json } from "../core/canonical.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";
import { type Connection, sql } from "./connection.js";
import { damaged } from "./failures.js";
import { noSuchRun, requireDigest } from "./records/states.js";
import type { StoreFile } from "./store-file.js";
import type { ExperimentsTable } from "./tables.js";

const columns = ["key", "experiment", "settings", "hash", "state", "created", "seconds", "digest", "version"] as const;
/** Newest first. */
const rows = sql.selectFrom("experiments").select(columns).orderBy("key", "desc");

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
		const [{ key }] = this.#file.write(() => this.#connection.all(insert.returning("key")));
		return { ...row, key, settings };
	}

	list(): readonly ExperimentRun[] {
		return this.#connection.all(rows).map((row) => this.#run(row));
	}

	results(key: number): ReadonlyMap<number, Json> {
		const query = sql.selectFrom("experiment_results").where("run", "=", key).select(["place", "result"]).orderBy("place");
		return new Map(this.#connection.all(query).map(({ place, result }) => [place, this.#parse(result)]));
	}

	keep(key: number, place: number, result: Json, addSeconds: number): void {
		const text = canonicalJson(result);
		this.#file.write(() => {
			this.#requireRun(key);
			this.#connection.run(sql.replaceInto("experiment_results").values({ run: key, place, result: text }));
			this.#connection.run(
				sql
					.updateTable("experiments")
					.set((e) => ({ seconds: e("seconds", "+", addSeconds) }))
					.where("key", "=", key),
			);
		});
	}

	setState(key: number, state: ExperimentRun["state"], digest: string | null): void {
		requireDigest("experiment", state, digest);
		this.#file.write(() => {
			this.#requireRun(key);
			this.#connection.run(sql.updateTable("experiments").set({ state, digest }).where("key", "=", key));
		});
	}

	#requireRun(key: number): void {
		if (!this.#connection.first(sql.selectFrom("experiments").where("key", "=", key).select("key"))) {
			throw noSuchRun(key);
		}
	}

	#run({ settings, ...row }: Selectable<ExperimentsTable>): ExperimentRun {
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
