import { SweetspotError } from "../../core/errors.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import { turn } from "../../core/turn.js";
import type { Dataset } from "../../data/dataset.js";
import { loadDataset } from "../../data/load.js";
import type { ReadBytes } from "../../data/source.js";
import { isOracle, readSource } from "../../data/sources/table.js";
import { Field } from "./field.js";
import type { Look } from "./look.js";
import type { FromLane, LaneData, Report, ToLane, Trouble } from "./protocol.js";
import { LaneTraining } from "./training.js";

/** A lane lets messages in at least every 16 ms: it asks for a turn after so many. */
const turnMilliseconds = 8;
/** And reports as often as this while it trains. */
const reportMilliseconds = 60;
/** A noise scale costs about as much as a thousand small steps. */
const noiseMilliseconds = 500;
const normsKept = 160;
/** Of a mini-batch, so many examples are marked. */
const markedMost = 2048;

/** Everything of one start. */
interface Started {
	readonly run: number;
	readonly training: LaneTraining;
	readonly field: Field;
}

/**
 * What a lane's worker does: takes messages, trains in slices between them, and reports. Knows neither a worker nor a page: `post` says
 * something, `read` reads the data that come with the package.
 */
export class Lane {
	#started: Started | null = null;
	#until = 0;
	#isRunning = false;
	#seconds = 0;
	#looks: Look[] = [];
	#weights: Float32Array[] = [];
	#norms: number[] = [];
	#noiseScale: number | null = null;
	#noiseAt = Number.NEGATIVE_INFINITY;
	#trouble: Trouble | null = null;
	#latestStart = 0;

	constructor(
		private readonly post: (message: FromLane) => void,
		private readonly read: ReadBytes,
	) {}

	/** Takes one message; resolves once it has taken effect (a run goes on by itself). */
	async hear(message: ToLane): Promise<void> {
		if (message.kind === "start") return await this.#start(message);
		if (!this.#started) return;
		if (message.kind === "run") {
			this.#until = message.until;
			if (!this.#isRunning) await this.#train();
		} else if (message.kind === "pause") this.#until = 0;
		else if (message.kind === "change") {
			const { run, training } = this.#started;
			const step = training.change(message.settings, message.from);
			this.#report();
			this.post({ kind: "changed", run, id: message.id, step });
		} else {
			const { run, training } = this.#started;
			this.post({ kind: "snapshot", run, id: message.id, step: training.step, sha256: sha256OfNumbers(training.weights) });
		}
	}

	async #start({ run, task, settings, changes, file }: Extract<ToLane, { kind: "start" }>): Promise<void> {
		this.#latestStart = run;
		this.#started = null;
		this.#until = 0;
		try {
			const data = await this.#dataOf(task.data, file);
			if (this.#latestStart !== run) return; // another start came meanwhile
			const training = new LaneTraining(task, data, settings, changes);
			const field = new Field(data, training);
			this.#started = { run, training, field };
			this.#seconds = 0;
			this.#norms = [];
			this.#trouble = null;
			this.#noiseAt = Number.NEGATIVE_INFINITY;
			this.#looks = [training.look(0)];
			this.#weights = [training.weights];
			const { train, validation: heldOut } = data;
			const shown: LaneData = {
				...{ width: data.width, classes: data.classes, image: data.image ?? null, plane: field.plane, parameters: training.weights.length },
				train: { features: train.features, labels: train.labels },
				heldOut: { features: heldOut.features, labels: heldOut.labels },
			};
			this.post({ kind: "ready", run, data: shown, report: this.#reportOf() });
		} catch (cause) {
			if (!(cause instanceof SweetspotError)) throw cause;
			this.post({ kind: "failed", run, message: cause.message, fix: cause.fix });
		}
	}

	async #dataOf(written: unknown, file: Uint8Array | null): Promise<Dataset> {
		const source = readSource(written, (path) => path);
		if (!source || isOracle(source))
			throw new SweetspotError("data/unusable", "these data can't be shown here", "choose others from the list");
		const data = await loadDataset(source, async (place) => ("path" in place ? file : await this.read(place)));
		if (data.classes < 2) throw new SweetspotError("data/unusable", "these data have no classes", "name the column of the classes");
		return data;
	}

	async #train(): Promise<void> {
		this.#isRunning = true;
		const started = this.#started;
		let reported = performance.now();
		try {
			while (started !== null && started === this.#started && started.training.step < this.#until && !started.training.diverged) {
				this.#slice(started.training);
				if (performance.now() - reported > reportMilliseconds) {
					this.#report();
					reported = performance.now();
				}
				await turn();
			}
		} finally {
			this.#isRunning = false;
		}
		if (started !== null && started === this.#started) this.#report();
		// A start that came while the last slice ran may have been asked to run already.
		else if (this.#started && this.#started.training.step < this.#until) await this.#train();
	}

	/** Steps until a turn is due. */
	#slice(training: LaneTraining): void {
		const began = performance.now();
		while (training.step < this.#until && !training.diverged) {
			const isLook = training.advance();
			this.#norms.push(training.gradientNorm);
			const elapsed = performance.now() - began;
			const isLast = training.step === this.#until;
			if (isLook || isLast) this.#look(training, this.#seconds + elapsed / 1000, !isLook);
			if (elapsed > turnMilliseconds) break;
		}
		this.#seconds += (performance.now() - began) / 1000;
		if (this.#norms.length > normsKept) this.#norms = this.#norms.slice(-normsKept);
	}

	#look(training: LaneTraining, seconds: number, isPassing: boolean): void {
		const look = training.look(seconds, isPassing);
		if (!training.diverged) {
			this.#looks.push(look);
			this.#weights.push(training.weights);
		}
		const kind = training.diverged ? "diverged" : training.hasBlownUp ? "blown-up" : null;
		if (kind === null || this.#trouble?.kind === kind) return;
		const sharpness = this.#trouble ? this.#trouble.sharpness : training.sharpness();
		const isKnown = sharpness !== null && Number.isFinite(sharpness);
		this.#trouble = { kind, step: training.step, settings: training.settings, sharpness: isKnown ? sharpness : null };
	}

	#report(): void {
		if (this.#started) this.post({ kind: "report", run: this.#started.run, report: this.#reportOf() });
	}

	#reportOf(): Report {
		if (!this.#started) throw new TypeError("a report before a start");
		const { training, field } = this.#started;
		const isIdle = training.diverged || training.step >= this.#until;
		if (performance.now() - this.#noiseAt > noiseMilliseconds) {
			this.#noiseScale = training.noiseScale();
			this.#noiseAt = performance.now();
		}
		const report: Report = {
			...{ step: training.step, examples: training.examples, seconds: this.#seconds, settings: training.settings, loss: training.loss },
			looks: this.#looks,
			weights: joined(this.#weights),
			norms: Float32Array.from(this.#norms),
			batch: training.lastBatch(markedMost),
			field: field.now(),
			...{ noiseScale: this.#noiseScale, trouble: this.#trouble, isIdle },
		};
		this.#looks = [];
		this.#weights = [];
		return report;
	}
}

function joined(rows: readonly Float32Array[]): Float32Array {
	const all = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const row of rows) {
		all.set(row, at);
		at += row.length;
	}
	return all;
}
