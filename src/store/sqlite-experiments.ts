import { canonicalJson, type Json } from "../core/canonical.js";
import { internal } from "../core/errors.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";
import { type Connection, sql } from "./connection.js";
import { damaged } from "./failures.js";

/** What a store may do with its connection: see `SqliteStore`. */
interface Access {
	readonly writable: boolean;
	readonly hasWriter: () => boolean;
}

const columns = ["key", "experiment", "settings", "hash", "state", "created", "seconds", "digest", "version"] as const;

/** Runs of experiments in the store's file. */
export class SqliteExperiments implements ExperimentRuns {
	constructor(
		private readonly connection: Connection,
		private readonly access: Access,
	) {}

	find(hash: string): ExperimentRun | undefined {
		return this.list().find((run) => run.hash === hash);
	}

	create({ experiment, settings, hash, version }: Pick<ExperimentRun, "experiment" | "settings" | "hash" | "version">): ExperimentRun {
		const row = { experiment, hash, version, state: "running", created: new Date().toISOString(), seconds: 0, digest: null } as const;
		const key = this.#write(
			() =>
				this.connection.all(
					sql
						.insertInto("experiments")
						.values({ ...row, settings: canonicalJson(settings) })
						.returning("key"),
				)[0].key,
		);
		return { ...row, key, settings };
	}

	list(): readonly ExperimentRun[] {
		return this.connection.all(sql.selectFrom("experiments").select(columns).orderBy("key", "desc")).map(({ settings, ...row }) => ({
			...row,
			settings: this.#parse(settings),
			state: row.state === "running" && !this.access.hasWriter() ? "interrupted" : row.state,
		}));
	}

	results(key: number): ReadonlyMap<number, Json> {
		const rows = this.connection.all(
			sql.selectFrom("experiment_results").where("run", "=", key).select(["place", "result"]).orderBy("place"),
		);
		return new Map(rows.map(({ place, result }) => [place, this.#parse(result)]));
	}

	keep(key: number, place: number, result: Json, addSeconds: number): void {
		const text = canonicalJson(result);
		this.#write(() => {
			this.connection.run(sql.replaceInto("experiment_results").values({ run: key, place, result: text }));
			this.connection.run(
				sql
					.updateTable("experiments")
					.set((e) => ({ seconds: e("seconds", "+", addSeconds) }))
					.where("key", "=", key),
			);
		});
	}

	setState(key: number, state: ExperimentRun["state"], digest: string | null): void {
		if ((state === "complete") !== (digest !== null)) throw internal(`an experiment that is ${state} came with the digest ${digest}`);
		this.#write(() => this.connection.run(sql.updateTable("experiments").set({ state, digest }).where("key", "=", key)));
	}

	#parse(text: string): Json {
		try {
			return JSON.parse(text) as Json;
		} catch (error) {
			throw damaged(this.connection.path, "is damaged: what an experiment stored is not JSON", error);
		}
	}

	#write<T>(work: () => T): T {
		if (!this.access.writable) throw internal("this store was opened for reading");
		return this.connection.transaction(work);
	}
}
