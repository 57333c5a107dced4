import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { SweetspotError } from "../../src/core/errors.js";
import type { Rng } from "../../src/core/rng.js";
import type { MetricsOnDisk } from "../../src/study/workloads/command/workload.js";
import type { Parsed } from "../../src/trainers/command/protocol.js";
import { Columns } from "../../src/trainers/command/written/columns.js";
import { Owners } from "../../src/trainers/command/written/owners.js";
import { WrittenFiles } from "../../src/trainers/command/written/written-files.js";
import type { Attempt } from "./attempt.js";
import { damagedCopy, type Framing } from "./damage.js";
import { fixture } from "./fixture.js";

/** A file that a script writes while it is read. */
interface Growing {
	readonly name: string;
	readonly file: string;
	readonly bytes: () => Uint8Array;
	readonly framing: Framing;
	readonly onDisk: MetricsOnDisk;
}

const events: MetricsOnDisk = { tensorboard: "{trialFolder}" };
const lines = (count: number): Uint8Array =>
	new TextEncoder().encode(
		Array.from({ length: count }, (_, i) =>
			JSON.stringify({ step: i + 1, "train.loss": 2 / (i + 1), "validation.accuracy": i % 5 === 4 ? 1 - 1 / (i + 2) : null }),
		).join("\n"),
	);

const growing: readonly Growing[] = [
	{
		name: "live: TensorBoard, scalars",
		file: "events.out.tfevents.1.h.0",
		bytes: () => fixture("restarted"),
		framing: "tfrecord",
		onDisk: events,
	},
	{
		name: "live: TensorBoard, tensors",
		file: "validation/events.out.tfevents.1.h.0",
		bytes: () => fixture("keras-tensorboard"),
		framing: "tfrecord",
		onDisk: events,
	},
	{
		name: "live: Lightning's metrics.csv",
		file: "metrics.csv",
		bytes: () => fixture("lightning_logs/version_0/metrics.csv"),
		framing: "text",
		onDisk: { file: "{trialFolder}/metrics.csv", step: { name: "step" } },
	},
	{
		name: "live: Keras' CSVLogger",
		file: "log.csv",
		bytes: () => fixture("keras-csv"),
		framing: "text",
		onDisk: { file: "{trialFolder}/log.csv", epoch: { name: "epoch", from: 0 } },
	},
	{
		name: "live: JSON lines",
		file: "log.jsonl",
		bytes: () => lines(40),
		framing: "text",
		onDisk: { file: "{trialFolder}/log.jsonl", step: { name: "step" } },
	},
];

/** What reads the files of a script in a folder: `WrittenFiles`, or one with a fault. */
export type Reads = (where: ConstructorParameters<typeof WrittenFiles>[0]) => Pick<WrittenFiles, "begin" | "read" | "end">;
const ours: Reads = (where) => new WrittenFiles(where);

/**
 * One damaged file that is read while it grows in parts, in `folder`, which has nothing else. What was read must be what a reader finds who
 * comes when all is there. Of every second file another damaged copy is written over it or put in its place: then it is enough that what
 * is read are events.
 */
export function nextLiveAttempt(rng: Rng, folder: string, reads = ours): Attempt {
	const base = growing[rng.below(growing.length)];
	const copies = Array.from({ length: 1 + rng.below(2) }, () => damagedCopy(rng, base.bytes(), base.framing));
	return {
		target: base.name,
		bytes: copies.reduce((sum, copy) => sum + copy.length, 0),
		run: async () => {
			const inParts = eventsOf(base, folder, reads, (path, read) => {
				for (const [i, copy] of copies.entries()) {
					if (i > 0 && rng.below(2) === 0) {
						writeFileSync(`${path}.new`, "");
						renameSync(`${path}.new`, path);
					} else writeFileSync(path, "");
					for (const part of partsOf(rng, copy)) {
						appendFileSync(path, part);
						if (rng.below(3) > 0) read();
					}
				}
			});
			for (const event of inParts) check(event);
			const atOnce = copies.length > 1 ? null : eventsOf(base, folder, ours, (path) => writeFileSync(path, copies[0]));
			if (atOnce && !isDeepStrictEqual(inParts, atOnce))
				throw new Error(`in parts ${JSON.stringify(inParts).slice(0, 500)}, at once ${JSON.stringify(atOnce).slice(0, 500)}`);
			const wrong = inParts.find((event) => "wrong" in event);
			if (wrong && "wrong" in wrong) throw new SweetspotError("data/damaged", wrong.wrong, "the script's failure says what to correct");
		},
	};
}

/** What is read below the folder while `write` writes the file, which reads as often as it likes. */
function eventsOf(base: Growing, folder: string, reads: Reads, write: (path: string, read: () => void) => void): readonly Parsed[] {
	rmSync(folder, { recursive: true, force: true });
	const path = join(folder, base.file);
	mkdirSync(join(path, ".."), { recursive: true });
	const found: Parsed[] = [];
	const files = reads({
		onDisk: base.onDisk,
		columns: new Columns(undefined, "validation.accuracy"),
		directory: folder,
		trialFolder: folder,
		owners: new Owners(),
		script: {},
		stepOf: (place) => place.step ?? place.epoch ?? place.examples ?? Number.NaN,
	});
	files.begin({ onWritten: ({ event }) => found.push(event), onHeard: () => {}, holdsOpen: () => null });
	write(path, () => {
		while (files.read());
	});
	files.end(true);
	return found;
}

/** One to twenty parts. */
function partsOf(rng: Rng, bytes: Uint8Array): readonly Uint8Array[] {
	const cuts = Array.from({ length: rng.below(20) }, () => rng.below(bytes.length + 1)).sort((a, b) => a - b);
	return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length));
}

/** An event has a place, and numbers (which may be NaN where a run diverged); what is wrong is said in words. */
function check(event: Parsed): void {
	if ("wrong" in event) {
		if (event.wrong === "") throw new Error("what is wrong isn't said");
		return;
	}
	const places = Object.values(event.place).filter((value) => value !== undefined);
	if (places.length === 0 || !places.every((value) => value >= 0 && value <= Number.MAX_SAFE_INTEGER))
		throw new Error(`an event at ${JSON.stringify(event.place)}`);
	for (const [name, value] of Object.entries(event.metrics))
		if (typeof value !== "number") throw new Error(`${name} is ${JSON.stringify(value)}`);
}
