import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { MetricsOnDisk } from "../../../study/workloads/command/workload.js";
import type { ReportedPlace, TrainingEvent } from "../protocol.js";
import type { Columns } from "./columns.js";
import { EventFileReader } from "./event-file-reader.js";
import { filesMatching, TooManyFiles } from "./glob.js";
import { GrowingFile } from "./growing-file.js";
import type { Owners } from "./owners.js";
import type { FileReader, Written } from "./reader.js";
import { Sequence } from "./sequence.js";
import { TableReader } from "./table-reader.js";

/** Bounds of the pause between two looks, between which it is a sixteenth of the silence so far. */
const pauseMilliseconds = { least: 50, most: 1000 } as const;
const silencePerPause = 16;

/** Where a script's files lie, and what is read in them. */
export interface WrittenWhere {
	readonly onDisk: MetricsOnDisk;
	readonly columns: Columns;
	/** Absolute: where the script runs, and the trial's own folder. */
	readonly directory: string;
	readonly trialFolder: string;
	readonly owners: Owners;
	/** Who the script is, to the owners. */
	readonly script: object;
	/** Steps that a place means; NaN where it means none. */
	stepOf(place: ReportedPlace): number;
}

export interface WrittenTakers {
	onWritten(written: Written): void;
	/** A file has grown, with metrics or without. */
	onHeard(): void;
	holdsOpen(file: string): boolean | null;
}

interface Source {
	readonly file: GrowingFile;
	readonly reader: FileReader;
}

/**
 * The files to which a script writes its metrics. Those below the trial's folder are its own; of others those that were made since it was
 * started, where no other script can have made them.
 */
export class WrittenFiles {
	/** What earlier attempts at the trial left in them: a list for each file. */
	readonly earlier: readonly (readonly TrainingEvent[])[];
	/** When they are to be looked at, by `performance.now()`. */
	#due = performance.now();
	#found = performance.now();
	/** When files were last looked for. */
	#searched = Number.NEGATIVE_INFINITY;
	readonly #root: string;
	readonly #pattern: string;
	readonly #isTrials: boolean;
	readonly #sources = new Map<string, Source>();
	/** Files outside the trial's folder that were there before, by path and inode. */
	readonly #before: ReadonlySet<string>;
	readonly #unclear = new Set<string>();
	readonly #sequence: Sequence;
	#takers: WrittenTakers | null = null;

	constructor(private readonly where: WrittenWhere) {
		const { onDisk, directory, trialFolder, columns, stepOf } = where;
		const path = "file" in onDisk ? onDisk.file : `${onDisk.tensorboard}/**/*tfevents*`;
		this.#isTrials = path.startsWith("{trialFolder}");
		this.#root = this.#isTrials ? trialFolder : directory;
		this.#pattern = path.replace(/^\{trialFolder\}/, "");
		this.#sequence = new Sequence(columns.goalMetric, "tensorboard" in onDisk, stepOf, (written) => this.#takers?.onWritten(written));
		const there = this.#files();
		const own = there.filter((file) => this.#isTrials || where.owners.isOwn(where.script, file));
		this.#before = new Set(there.filter((file) => !own.includes(file)).map(identityOf));
		this.earlier = own.map((file) => this.#readBefore(file)).filter((events) => events.length > 0);
		this.#sequence.anew();
	}

	/** Hands on from now on what is new. */
	begin(takers: WrittenTakers): void {
		this.#takers = takers;
	}

	/** As `read`, where it is due. */
	look(now: number): void {
		if (now >= this.#due) this.read(now);
	}

	/** Looks for new files, and reads what is new in all. Returns whether there may be more. */
	read(now = performance.now()): boolean {
		this.#search(now);
		let hasMore = false;
		for (const { file, reader } of this.#sources.values()) {
			const { found, more } = file.read({ onAnew: () => reader.anew(), onBytes: (bytes) => reader.push(bytes) });
			if (found) this.#found = now;
			if (found) this.#takers?.onHeard();
			hasMore ||= more;
		}
		this.#sequence.passOn(this.#sources.size);
		const { least, most } = pauseMilliseconds;
		this.#due = now + Math.min(most, Math.max(least, (now - this.#found) / silencePerPause));
		return hasMore;
	}

	/** The script has ended. `whole`: by itself, so that the last lines are whole. */
	end(whole: boolean): void {
		this.#searched = Number.NEGATIVE_INFINITY;
		while (this.read());
		for (const { reader } of this.#sources.values()) reader.end(whole);
		this.#sequence.passOnAll();
	}

	/** Why nothing was read, as far as that can be seen. */
	get missing(): string | null {
		const { onDisk } = this.where;
		for (const { reader } of this.#sources.values()) if (reader.missing !== null) return reader.missing;
		const name = "file" in onDisk ? onDisk.file : onDisk.tensorboard;
		if (this.#sources.size > 0) return null;
		const advice = `let the script write below {trialFolder}, and name "{trialFolder}/${name.replace(/^.*\//, "")}" in workload.metrics`;
		const [unclear] = this.#unclear;
		if (unclear !== undefined) return `${unclear} was made while another script ran, and may be that one's: ${advice}`;
		const [before] = this.#before;
		if (before !== undefined) return `${before.replace(/ \d+$/, "")} was there before the script was started, so it isn't read: ${advice}`;
		return `no file matches "${name}" in ${this.#root}: correct workload.metrics`;
	}

	/** At a look as a rule; once files are found, seldom. */
	#search(now: number): void {
		if (this.#sources.size > 0 && now < this.#searched + pauseMilliseconds.most) return;
		this.#searched = now;
		for (const file of this.#files()) if (!this.#sources.has(file) && this.#isOwn(file)) this.#open(file);
	}

	#files(): readonly string[] {
		try {
			return filesMatching(this.#root, this.#pattern).map((file) => join(this.#root, file));
		} catch (error) {
			if (!(error instanceof TooManyFiles)) throw error;
			const wrong = `there are too many files to look for "${this.#pattern}" in ${this.#root}: name the folder more exactly in workload.metrics`;
			this.#takers?.onWritten({ event: { wrong }, at: null });
			return [];
		}
	}

	#isOwn(file: string): boolean {
		if (this.#isTrials) return true;
		const { owners, script } = this.where;
		if (this.#before.has(identityOf(file))) return false;
		const ownership = owners.ownership(script, file, madeAt(file), () => this.#takers?.holdsOpen(realpathSync(file)) ?? null);
		if (ownership === "unclear") this.#unclear.add(file);
		return ownership === "own";
	}

	#open(path: string): Source {
		const { onDisk, columns } = this.where;
		const name = path.slice(this.#root.length + 1);
		const take = (written: Written) => this.#sequence.add(written);
		const reader = "file" in onDisk ? new TableReader(name, onDisk, columns, take) : new EventFileReader(name, onDisk, columns, take);
		const source = { file: new GrowingFile(path), reader };
		this.#sources.set(path, source);
		return source;
	}

	#readBefore(path: string): readonly TrainingEvent[] {
		const { file, reader } = this.#open(path);
		while (file.read({ onAnew: () => reader.anew(), onBytes: (bytes) => reader.push(bytes) }).more);
		return this.#sequence.taken().flatMap(({ event }) => ("wrong" in event ? [] : [event]));
	}
}

function identityOf(file: string): string {
	return `${file} ${statSync(file, { throwIfNoEntry: false })?.ino ?? 0}`;
}

/** When it was made; on a file system that doesn't keep that, when it was last changed. */
function madeAt(file: string): number {
	const stat = statSync(file, { throwIfNoEntry: false });
	return stat ? stat.birthtimeMs || stat.ctimeMs : Date.now();
}
