import { dirname, resolve } from "node:path";
import type { Bits } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import { canonicalJson } from "../core/canonical.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Store, StoredStudy, TestResult } from "../study/contracts.js";
import type { Extension } from "../study/extension.js";
import type { NewTrials } from "../study/new-trials.js";
import type { Study } from "../study/study.js";
import { type Connection, sql } from "./connection.js";
import { isElsewhere } from "./elsewhere.js";
import { removeLive } from "./live/files.js";
import { choosesAnew, requireDigest, runningAgain } from "./records/states.js";
import { matching, newStudyId, noSuchStudy } from "./records/study-id.js";
import { keyOfCursor, trialCursor } from "./records/trial-cursor.js";
import { SqliteExperiments } from "./sqlite-experiments.js";
import { addExtensions, readCalibration, readExtensions, readTestResults, writeCalibration, writeTestResults } from "./sqlite-facts.js";
import { insertTrial, readTrials } from "./sqlite-trials.js";
import type { StoreFile } from "./store-file.js";
import { requireSealed, type StoredStudyRow, sealStudy, storedStudy, studyRows } from "./study-rows.js";

/** The store behind `openStore`: one SQLite file of the latest version. */
export class SqliteStore implements Store {
	readonly experiments: SqliteExperiments;
	readonly folder: string;
	readonly #connection: Connection;
	readonly #file: StoreFile;
	readonly #close: () => void;

	constructor(file: StoreFile, close: () => void) {
		this.#connection = file.connection;
		this.#file = file;
		this.#close = close;
		this.folder = dirname(resolve(file.connection.path));
		this.experiments = new SqliteExperiments(file);
	}

	create(study: Study, hash: string, version: string, backend: Bits = "wasm"): StoredStudy {
		return this.#file.write((key) => {
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
			this.#connection.run(sql.insertInto("studies").values({ ...row, key, generation: key, checksum: null }));
			sealStudy(this.#connection, key);
			this.#connection.run(sql.insertInto("revisions").values({ study: key, revision: key }));
			return this.#stored({ ...row, trials: 0 });
		});
	}

	list(): readonly StoredStudy[] {
		return this.#connection.all(studyRows).map((row) => this.#stored(row));
	}

	find(id: string): StoredStudy {
		const row = this.#row(id) ?? this.#row(matching(id, this.#ids()).id);
		if (row === undefined) throw noSuchStudy(id, this.#ids());
		return this.#stored(row);
	}

	findByHash(hash: string, backend: Bits = "wasm"): StoredStudy | undefined {
		const row = this.#connection.first(studyRows.where("hash", "=", hash).where("backend", "=", backend).limit(1));
		return row && this.#stored(row);
	}

	changeToken(id?: string): string {
		if (id === undefined) return `${this.#file.revision()}${this.#file.hasWriter() ? "" : " at rest"}`;
		const { revision, state } = this.#known(id);
		return `${revision}${state === "running" && !this.#file.hasWriter() ? " at rest" : ""}`;
	}

	restate(id: string, study: Study): StoredStudy {
		const anew = choosesAnew(this.find(id).study, study);
		this.#change(id, (key, generation) => {
			const columns = { generation, study: canonicalJson(study), ...(anew && runningAgain) };
			this.#connection.run(sql.updateTable("studies").set(columns).where("key", "=", key));
			sealStudy(this.#connection, key);
		});
		return this.find(id);
	}

	trials(id: string): readonly FinishedTrial[] {
		return readTrials(this.#connection, this.#known(id).key).trials;
	}

	trialsAfter(id: string, cursor: string | null): NewTrials {
		const study = this.#known(id); // read first: what is appended from now on has a key above its revision
		const after = keyOfCursor(study, cursor);
		const { trials, last } = readTrials(this.#connection, study.key, after);
		return { trials, restarted: after === null, cursor: trialCursor(study, Math.max(study.revision, last)) };
	}

	append(id: string, trial: FinishedTrial): FinishedTrial {
		return this.#change(id, (key, revision) => insertTrial(this.#connection, key, revision, trial));
	}

	calibration(id: string): Calibration | null {
		return readCalibration(this.#connection, this.#known(id).key);
	}

	saveCalibration(id: string, calibration: Calibration): void {
		this.#change(id, (key) => writeCalibration(this.#connection, key, calibration));
	}

	testResults(id: string): readonly TestResult[] {
		return readTestResults(this.#connection, this.#known(id).key);
	}

	saveTestResults(id: string, results: readonly TestResult[]): void {
		this.#change(id, (key) => writeTestResults(this.#connection, key, results));
	}

	extensions(id: string): readonly Extension[] {
		return readExtensions(this.#connection, this.#known(id).key);
	}

	extend(id: string, extensions: readonly Extension[]): void {
		this.#change(id, (key) => {
			addExtensions(this.#connection, key, extensions);
			this.#connection.run(sql.updateTable("studies").set(runningAgain).where("key", "=", key));
			sealStudy(this.#connection, key);
		});
	}

	setState(id: string, state: StoredStudy["state"], addSeconds: number, digest: string | null): void {
		requireDigest("study", state, digest);
		this.#change(id, (key) => {
			const columns = sql.updateTable("studies").set((e) => ({ state, digest, seconds: e("seconds", "+", addSeconds) }));
			this.#connection.run(columns.where("key", "=", key));
			sealStudy(this.#connection, key);
		});
	}

	remove(id: string): void {
		this.#change(id, (key) => {
			this.#connection.run(sql.deleteFrom("studies").where("key", "=", key));
			this.#connection.run(sql.deleteFrom("revisions").where("study", "=", key));
		});
		removeLive(this.folder, id);
	}

	close(): void {
		this.#close();
	}

	/** Runs one transaction on the study with this id, which gives it a new revision. */
	#change<T>(id: string, work: (key: number, revision: number) => T): T {
		return this.#file.write((revision) => {
			const { key } = this.#known(id);
			this.#connection.run(sql.replaceInto("revisions").values({ study: key, revision }));
			return work(key, revision);
		});
	}

	#known(id: string) {
		const row = this.#connection.first(
			sql
				.selectFrom("studies")
				.innerJoin("revisions", "revisions.study", "studies.key")
				.where("id", "=", id)
				.select(["key", "generation", "created", "state", "revision"]),
		);
		if (row === undefined) throw noSuchStudy(id, this.#ids());
		return row;
	}

	#ids(): readonly { readonly id: string }[] {
		return this.#connection.all(sql.selectFrom("studies").select("id").orderBy("key", "desc"));
	}

	#row(id: string): StoredStudyRow | undefined {
		return this.#connection.first(studyRows.where("id", "=", id));
	}

	#stored(row: StoredStudyRow): StoredStudy {
		requireSealed(this.#connection, row.id);
		const stored = storedStudy(row, this.#connection.path);
		const runs = this.#file.hasWriter() || isElsewhere(this.folder, row.id);
		return stored.state === "running" && !runs ? { ...stored, state: "interrupted" } : stored;
	}
}
