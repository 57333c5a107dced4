import type { Bits } from "../core/backend.js";
import type { Calibration } from "../core/calibration.js";
import { canonicalJson, type Json } from "../core/canonical.js";
import { internal } from "../core/errors.js";
import { type Evaluation, type FinishedTrial, trialKey } from "../core/trial.js";
import type { Store, StoredStudy, TestResult } from "../study/contracts.js";
import type { Extension } from "../study/extension.js";
import type { NewTrials } from "../study/new-trials.js";
import type { Study } from "../study/study.js";
import { MemoryContents, type MemoryStudy } from "./memory-contents.js";
import { MemoryExperiments } from "./memory-experiments.js";
import { packEvaluations, packGradientNorms, packProbes, unpackEvaluations } from "./records/packing.js";
import { choosesAnew, requireDigest, runningAgain } from "./records/states.js";
import { matching, newStudyId, noSuchStudy } from "./records/study-id.js";
import { keyOfCursor, trialCursor } from "./records/trial-cursor.js";
import { finishedTrial, trialRow, withStoredLooks } from "./records/trial-rows.js";

/**
 * A store that lasts as long as its contents are held, and runs in a browser. It keeps the contract to the letter, but for what a process
 * that ends takes with it. One store at a time may be open on the same contents.
 */
export function openMemoryStore(contents = new MemoryContents()): Store {
	const running = contents.studies.filter(({ columns }) => columns.state === "running");
	const runs = contents.experiments.filter(({ columns }) => columns.state === "running");
	if (running.length + runs.length > 0) contents.revision++;
	for (const study of running) {
		study.columns = { ...study.columns, state: "interrupted" };
		study.revision = contents.revision;
	}
	for (const run of runs) run.columns = { ...run.columns, state: "interrupted" };
	return new MemoryStore(contents);
}

class MemoryStore implements Store {
	readonly folder = null;
	readonly experiments: MemoryExperiments;
	readonly #contents: MemoryContents;
	#closed = false;

	constructor(contents: MemoryContents) {
		this.#contents = contents;
		this.experiments = new MemoryExperiments(() => this.#open());
	}

	create(study: Study, hash: string, version: string, backend: Bits = "wasm"): StoredStudy {
		const contents = this.#open();
		const id = newStudyId(
			study.name,
			hash,
			contents.studies.map(({ columns }) => columns),
		);
		const text = textOf(study);
		const key = ++contents.revision;
		const created = new Date().toISOString();
		const kept: MemoryStudy = {
			key,
			generation: key,
			revision: key,
			text,
			columns: { id, hash, state: "running", created, seconds: 0, digest: null, version, backend },
			trials: [],
			trialKeys: new Set(),
			looks: new Map(),
			calibration: null,
			testResults: [],
			extensions: [],
		};
		contents.studies.push(kept);
		return stored(kept);
	}

	list(): readonly StoredStudy[] {
		return this.#open().studies.map(stored).reverse();
	}

	find(id: string): StoredStudy {
		return stored(this.#known(matching(id, this.#ids()).id));
	}

	findByHash(hash: string, backend: Bits = "wasm"): StoredStudy | undefined {
		const found = this.#open().studies.findLast(({ columns }) => columns.hash === hash && columns.backend === backend);
		return found && stored(found);
	}

	changeToken(id?: string): string {
		return String(id === undefined ? this.#open().revision : this.#known(id).revision);
	}

	restate(id: string, study: Study): StoredStudy {
		const text = textOf(study);
		const anew = choosesAnew(this.find(id).study, study);
		const kept = this.#change(id);
		kept.generation = kept.revision;
		kept.text = text;
		if (anew) kept.columns = { ...kept.columns, ...runningAgain };
		return stored(kept);
	}

	trials(id: string): readonly FinishedTrial[] {
		const kept = this.#known(id);
		return kept.trials.map((row) => finishedTrial(row, this.#looksOf(kept)));
	}

	trialsAfter(id: string, cursor: string | null): NewTrials {
		const kept = this.#known(id);
		const study = { generation: kept.generation, created: kept.columns.created };
		const after = keyOfCursor(study, cursor);
		const from = after === null ? 0 : kept.trials.findLastIndex(({ key }) => key <= after) + 1;
		const trials = kept.trials.slice(from).map((row) => finishedTrial(row, this.#looksOf(kept)));
		return { trials, restarted: after === null, cursor: trialCursor(study, kept.revision) };
	}

	append(id: string, trial: FinishedTrial): FinishedTrial {
		const { spec, result } = trial;
		const row = trialRow(trial);
		const looks = packEvaluations(result.evaluations);
		const probes = result.probes.length > 0 ? packProbes(result.probes) : null;
		const norms = result.gradientNorms?.length ? packGradientNorms(result.gradientNorms) : null;
		if (this.#known(id).trialKeys.has(trialKey(spec))) throw internal(`the trial ${trialKey(spec)} is stored already`);
		const kept = this.#change(id);
		const key = kept.revision;
		kept.trialKeys.add(trialKey(spec));
		kept.trials.push({ ...row, key, probes, gradient_norms: norms });
		kept.looks.set(key, looks);
		return { spec, result: withStoredLooks(result, this.#looksOf(kept), key) };
	}

	calibration(id: string): Calibration | null {
		const { calibration } = this.#known(id);
		return calibration && copyOfCalibration(calibration);
	}

	saveCalibration(id: string, calibration: Calibration): void {
		const copy = copyOfCalibration(calibration);
		this.#change(id).calibration = copy;
	}

	testResults(id: string): readonly TestResult[] {
		return this.#known(id).testResults.map(copyOfResult);
	}

	saveTestResults(id: string, results: readonly TestResult[]): void {
		const copies = results.map(copyOfResult);
		this.#change(id).testResults = copies;
	}

	extensions(id: string): readonly Extension[] {
		return this.#known(id).extensions.map(copyOfExtension);
	}

	extend(id: string, extensions: readonly Extension[]): void {
		const copies = extensions.map(copyOfExtension);
		const kept = this.#change(id);
		kept.extensions = [...kept.extensions, ...copies];
		kept.columns = { ...kept.columns, ...runningAgain };
	}

	setState(id: string, state: StoredStudy["state"], addSeconds: number, digest: string | null): void {
		requireDigest("study", state, digest);
		const kept = this.#change(id);
		kept.columns = { ...kept.columns, state, digest, seconds: kept.columns.seconds + addSeconds };
	}

	remove(id: string): void {
		const kept = this.#change(id);
		kept.looks.clear(); // trials of it that are still held have no looks from now on
		this.#contents.studies.splice(this.#contents.studies.indexOf(kept), 1);
	}

	close(): void {
		this.#closed = true;
	}

	#open(): MemoryContents {
		if (this.#closed) throw internal("the store is closed");
		return this.#contents;
	}

	#known(id: string): MemoryStudy {
		const kept = this.#open().studies.find(({ columns }) => columns.id === id);
		if (kept === undefined) throw noSuchStudy(id, this.#ids());
		return kept;
	}

	/** A study that is about to be changed, with its new revision. Everything that can fail must be done before. */
	#change(id: string): MemoryStudy {
		const kept = this.#known(id);
		kept.revision = ++this.#contents.revision;
		return kept;
	}

	/** Newest first. */
	#ids(): readonly { readonly id: string }[] {
		return this.#open()
			.studies.map(({ columns }) => columns)
			.reverse();
	}

	#looksOf =
		(kept: MemoryStudy) =>
		(trial: number): readonly Evaluation[] => {
			this.#open();
			const looks = kept.looks.get(trial);
			return looks === undefined ? [] : unpackEvaluations(looks);
		};
}

const textOf = (study: Study): string => canonicalJson(study as unknown as Json);

const stored = ({ columns, text, trials }: MemoryStudy): StoredStudy => ({ ...columns, study: JSON.parse(text), trials: trials.length });

const copyOfCalibration = ({ machine, stepTimes }: Calibration): Calibration => ({
	machine,
	stepTimes: stepTimes.map(({ batchSize, passes, startUp }) => ({ batchSize, passes: [...passes], ...(startUp && { startUp }) })),
});
const copyOfResult = ({ batchSize, seedIndex, loss, accuracy }: TestResult): TestResult => ({ batchSize, seedIndex, loss, accuracy });
const copyOfExtension = ({ batchSize, trials }: Extension): Extension => ({ batchSize, trials });
