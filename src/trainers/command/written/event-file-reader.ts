import { basename, dirname } from "node:path";
import { SweetspotError } from "../../../core/errors.js";
import type { MetricsInEvents } from "../../../study/workloads/command/workload.js";
import { meantBy } from "../../../trackers/float32.js";
import { type Scalar, scalarsOf } from "../../../trackers/tensorboard/events.js";
import { namedByKeras } from "../../../trackers/tensorboard/runs.js";
import { recordBytes, tfRecords } from "../../../trackers/tfrecord.js";
import { mostCounted, type Parsed } from "../protocol.js";
import type { Columns } from "./columns.js";
import { KnownRows } from "./known-rows.js";
import type { FileReader, Written } from "./reader.js";

/** Once so much of a record is there, the checksum of its length has been compared. */
const checkedBytes = 12;

/** A record is not waited for if it is longer: all that is written from then on would be held, as a part of it. */
const longestRecord = 64 * 2 ** 20;

/** Reads one of TensorBoard's event files while it grows. */
export class EventFileReader implements FileReader {
	readonly missing = null;
	readonly #rows = new KnownRows();
	#pending: Buffer[] = [];
	#pendingBytes = 0;
	/** Where in the file they begin. */
	#pendingAt = 0;
	/** The next record can't be complete before there are so many. */
	#neededBytes = 0;
	#isDamaged = false;

	/** `file`: relative to where its folder is looked for. */
	constructor(
		private readonly file: string,
		private readonly onDisk: MetricsInEvents,
		private readonly columns: Columns,
		private readonly onWritten: (written: Written) => void,
	) {}

	anew(): void {
		this.#rows.anew();
		this.#pending = [];
		this.#pendingBytes = 0;
		this.#pendingAt = 0;
		this.#neededBytes = 0;
		this.#isDamaged = false;
	}

	push(bytes: Buffer): void {
		if (this.#isDamaged) return;
		this.#pending.push(bytes);
		this.#pendingBytes += bytes.length;
		if (this.#pendingBytes < this.#neededBytes) return;
		const all = Buffer.concat(this.#pending);
		let used = 0;
		try {
			for (const record of tfRecords(all, this.file, this.#pendingAt)) {
				used += recordBytes(record);
				for (const scalar of scalarsOf(record, this.file)) this.#take(scalar);
			}
		} catch (error) {
			if (!(error instanceof SweetspotError)) throw error;
			this.#giveUp(error.detail);
			return;
		}
		const rest = all.subarray(used);
		this.#pending = [rest];
		this.#pendingBytes = rest.length;
		this.#pendingAt += used;
		this.#neededBytes = rest.length >= checkedBytes ? Number(rest.readBigUInt64LE(0)) + 16 : 0;
		if (this.#neededBytes > longestRecord) this.#giveUp(`a record of ${this.file} is said to have ${this.#neededBytes - 16} bytes`);
	}

	/** Says why nothing more is read of this file. */
	#giveUp(why: string): void {
		this.#isDamaged = true;
		this.#pending = [];
		this.#pendingBytes = 0;
		this.onWritten({ event: { wrong: why }, at: null });
	}

	/** What isn't complete is no record. */
	end(): void {}

	#take({ tag, step, value, seconds }: Scalar): void {
		const set = basename(dirname(this.file));
		const keras = namedByKeras(tag, set);
		const names = [`${set}/${tag}`, tag, ...(keras ? [keras.metric] : [])];
		const title = names.find((name) => this.columns.has(name));
		if (title === undefined) return;
		const { counts = keras?.byEpoch ? "epoch" : "step", from = keras?.byEpoch ? 0 : 1 } = this.onDisk;
		const at = counts === "examples" ? step : step + 1 - from;
		if (!(at >= 0 && at <= mostCounted)) return;
		const metrics = this.columns.metricsOf([[title, meantBy(value)]]);
		const event: Parsed = { place: { [counts]: at }, metrics, gradient: null, seconds: null, trial: null };
		if (this.#rows.isNew(`${tag} ${step} ${value}`)) this.onWritten({ event, at: 1000 * seconds });
	}
}
