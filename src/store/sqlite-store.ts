import { dirname, resolve } from "node:path";
import { sql as raw } from "kysely";
import type { Backend } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import { canonicalJson } from "../core/canonical.js";
import { internal } from "../core/errors.js";
import type { Evaluation, FinishedTrial } from "../core/trial.js";
import type { Store, StoredStudy, TestResult } from "../study/contracts.js";
import type { Extension } from "../study/extension.js";
import type { Study } from "../study/study.js";
import { type Connection, sql } from "./connection.js";
import { packEvaluations, packGradientNorms, packNumbers, packProbes, unpackEvaluations, unpackNumbers } from "./packing.js";
import { SqliteExperiments } from "./sqlite-experiments.js";
import { matching, newStudyId, noSuchStudy } from "./study-id.js";
import { type StoredStudyRow, storedStudy, studyRows } from "./study-rows.js";
import { finishedTrial, trialRow, withStoredLooks } from "./trial-rows.js";

/** What a store may do with its connection. */
interface Access {
	readonly writable: boolean;
	/** Of the file. Readers open an older one as it is: what came with a later version is empty there. */
	readonly version: number;
	/** Whether some process writes to the store now: if none does, nothing is running, whatever a killed process left written. */
	readonly hasWriter: () => boolean;
	readonly close: () => void;
}

/** The store behind `openStore`: one SQLite file, brought up to date. */
export class SqliteStore implements Store {
	readonly experiments: SqliteExperiments;
	readonly folder: string;
	readonly #connection: Connection;
	readonly #access: Access;

	constructor(connection: Connection, access: Access) {
		this.#connection = connection;
		this.#access = access;
		this.folder = dirname(resolve(connection.path));
		this.experiments = new SqliteExperiments(connection, access);
	}

	create(study: Study, hash: string, version: string, backend: Backend = "wasm"): StoredStudy {
		return this.#write(() => {
			const id = newStudyId(study.name, hash, this.#connection.all(sql.selectFrom("studies").select(["id", "hash"])));
			const row = {
				id,
				hash,
				state: "running",
				created: new Date().toISOString(),
				seconds: 0,
				study: canonicalJson(study),
				digest: null,
				version,
				backend,
			} as const;
			this.#connection.run(sql.insertInto("studies").values(row));
			return this.#stored({ ...row, trials: 0 });
		});
	}

	list(): readonly StoredStudy[] {
		return this.#connection.all(studyRows(this.#access.version)).map((row) => this.#stored(row));
	}

	find(id: string): StoredStudy {
		return matching(id, this.list());
	}

	findByHash(hash: string, backend: Backend = "wasm"): StoredStudy | undefined {
		const rows = this.#connection.all(studyRows(this.#access.version).where("hash", "=", hash));
		const row = rows.find((row) => row.backend === backend);
		return row && this.#stored(row);
	}

	restate(id: string, study: Study): StoredStudy {
		this.#write(() => {
			const key = this.#key(id);
			const before = this.find(id).study;
			const choosesAnew = before.objective !== study.objective || before.tolerance !== study.tolerance;
			const columns = { study: canonicalJson(study), ...(choosesAnew && { state: "running" as const, digest: null }) };
			this.#connection.run(sql.updateTable("studies").set(columns).where("key", "=", key));
		});
		return this.find(id);
	}

	trials(id: string): readonly FinishedTrial[] {
		const query = sql
			.selectFrom("trials")
			.leftJoin("probes", "probes.trial", "trials.key")
			.where("trials.study", "=", this.#key(id))
			.selectAll("trials")
			.select("probes.data as probes")
			.orderBy("trials.key");
		const whole =
			this.#access.version < 7
				? query.select(raw<null>`NULL`.as("gradient_norms"))
				: query.leftJoin("gradient_norms", "gradient_norms.trial", "trials.key").select("gradient_norms.data as gradient_norms");
		return this.#connection.all(whole).map((row) => finishedTrial(row, this.#evaluationsOf));
	}

	append(id: string, trial: FinishedTrial): FinishedTrial {
		const { evaluations, probes, gradientNorms = [] } = trial.result;
		const row = trialRow(trial);
		const looks = packEvaluations(evaluations);
		const probed = packProbes(probes);
		const key = this.#write(() => {
			const values = { ...row, study: this.#key(id) };
			const [{ key }] = this.#connection.all(sql.insertInto("trials").values(values).returning("key"));
			if (evaluations.length > 0) this.#connection.run(sql.insertInto("evaluations").values({ trial: key, ...looks }));
			if (gradientNorms.length > 0) {
				const data = packGradientNorms(gradientNorms);
				this.#connection.run(sql.insertInto("gradient_norms").values({ trial: key, data }));
			}
			if (probes.length > 0) this.#connection.run(sql.insertInto("probes").values({ trial: key, data: probed }));
			return key;
		});
		return { spec: trial.spec, result: withStoredLooks(trial.result, this.#evaluationsOf, key) };
	}

	/** The looks of the trial with this key: none where it has no row of them. */
	readonly #evaluationsOf = (trial: number): readonly Evaluation[] => {
		const row = this.#connection.first(sql.selectFrom("evaluations").where("trial", "=", trial).select(["metrics", "data"]));
		return row === undefined ? [] : unpackEvaluations(row);
	};

	calibration(id: string): Calibration | null {
		const study = this.#key(id);
		const query = sql
			.selectFrom("calibrations")
			.leftJoin("step_times", "step_times.study", "calibrations.study")
			.where("calibrations.study", "=", study)
			.select(["machine", "batch_size", "passes"])
			.orderBy("position");
		const rows = this.#connection.all(
			this.#access.version < 7 ? query.select(raw<0>`0`.as("start_up")) : query.select("step_times.start_up"),
		);
		if (rows.length === 0) return null;
		const stepTimes = rows.flatMap(({ batch_size, passes, start_up }) =>
			batch_size === null || passes === null
				? []
				: { batchSize: batch_size, passes: unpackNumbers(passes), ...(start_up === 1 && { startUp: true }) },
		);
		return { machine: rows[0].machine, stepTimes };
	}

	saveCalibration(id: string, { machine, stepTimes }: Calibration): void {
		this.#write(() => {
			const study = this.#key(id);
			this.#connection.run(sql.deleteFrom("step_times").where("study", "=", study));
			this.#connection.run(sql.replaceInto("calibrations").values({ study, machine }));
			for (const [position, { batchSize, passes, startUp }] of stepTimes.entries()) {
				const row = { study, position, batch_size: batchSize, passes: packNumbers(passes), start_up: startUp ? 1 : 0 } as const;
				this.#connection.run(sql.insertInto("step_times").values(row));
			}
		});
	}

	testResults(id: string): readonly TestResult[] {
		const query = sql
			.selectFrom("test_results")
			.where("study", "=", this.#key(id))
			.select(["batch_size as batchSize", "seed_index as seedIndex", "loss", "accuracy"])
			.orderBy("position");
		return this.#connection.all(query);
	}

	saveTestResults(id: string, results: readonly TestResult[]): void {
		this.#write(() => {
			const study = this.#key(id);
			this.#connection.run(sql.deleteFrom("test_results").where("study", "=", study));
			for (const [position, { batchSize, seedIndex, loss, accuracy }] of results.entries()) {
				const row = { study, position, batch_size: batchSize, seed_index: seedIndex, loss, accuracy };
				this.#connection.run(sql.insertInto("test_results").values(row));
			}
		});
	}

	extensions(id: string): readonly Extension[] {
		const study = this.#key(id);
		if (this.#access.version < 2) return [];
		const query = sql.selectFrom("extensions").where("study", "=", study).select(["batch_size as batchSize", "trials"]).orderBy("position");
		return this.#connection.all(query);
	}

	extend(id: string, extensions: readonly Extension[]): void {
		this.#write(() => {
			const study = this.#key(id);
			const from = this.extensions(id).length;
			for (const [i, { batchSize, trials }] of extensions.entries()) {
				this.#connection.run(sql.insertInto("extensions").values({ study, position: from + i, batch_size: batchSize, trials }));
			}
			this.#connection.run(sql.updateTable("studies").set({ state: "running", digest: null }).where("key", "=", study));
		});
	}

	setState(id: string, state: StoredStudy["state"], addSeconds: number, digest: string | null): void {
		if ((state === "complete") !== (digest !== null)) throw internal(`a study that is ${state} came with the digest ${digest}`);
		this.#write(() =>
			this.#connection.run(
				sql
					.updateTable("studies")
					.set((e) => ({ state, digest, seconds: e("seconds", "+", addSeconds) }))
					.where("key", "=", this.#key(id)),
			),
		);
	}

	remove(id: string): void {
		this.#write(() => this.#connection.run(sql.deleteFrom("studies").where("key", "=", this.#key(id))));
	}

	close(): void {
		this.#access.close();
	}

	#write<T>(work: () => T): T {
		if (!this.#access.writable) throw internal("this store was opened for reading");
		return this.#connection.transaction(work);
	}

	#key(id: string): number {
		const row = this.#connection.first(sql.selectFrom("studies").where("id", "=", id).select("key"));
		if (row === undefined) throw noSuchStudy(id, this.list());
		return row.key;
	}

	#stored(row: StoredStudyRow): StoredStudy {
		const stored = storedStudy(row, this.#connection.path);
		return stored.state === "running" && !this.#access.hasWriter() ? { ...stored, state: "interrupted" } : stored;
	}
}
