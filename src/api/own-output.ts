import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isCheckpoint } from "../core/checkpoint.js";
import { weightsMark } from "../data/numpy/write-npz.js";
import { markdownMark } from "../report/markdown.js";

/** How each kind of file that we write shows that we did: by its first bytes, or its last. As latin1 text. */
const marks = {
	report: (beginning: string) =>
		beginning.includes('<meta name="generator" content="Sweetspot ') ||
		beginning.includes(markdownMark) ||
		/^\{\s*"schemaVersion": \d+,\s*"stored": \{\s*"id": /.test(beginning),
	export: (beginning: string) =>
		beginning.startsWith("phase,batch_size,learning_rate,seed_index,seed,cap,outcome,") ||
		/^\{\s*"schemaVersion": \d+,\s*"study": \{"id":/.test(beginning),
	weights: (beginning: string, end: string) => beginning.startsWith("PK") && end.endsWith(weightsMark),
	/** SQLite's mark, and ours at byte 68. */
	backup: (beginning: string) => beginning.startsWith("SQLite format 3") && beginning.slice(68, 72) === "SwSp",
	checkpoint: (beginning: string) => isCheckpoint(Buffer.from(beginning, "latin1")),
} as const satisfies Readonly<Record<string, (beginning: string, end: string) => boolean>>;

/** A kind of file that we write where a user names one. */
export type OwnKind = keyof typeof marks;

const most = { beginning: 4096, end: 64 } as const;

/** Whether this plain file is one of ours of this kind. An empty one is: there is nothing in it to lose. */
export function isOurs(path: string, kind: OwnKind): boolean {
	let descriptor: number;
	try {
		descriptor = openSync(path, "r");
	} catch {
		return false; // what can't be read can't be recognized
	}
	try {
		const { size } = fstatSync(descriptor);
		const read = (from: number, length: number): string => {
			const bytes = Buffer.alloc(Math.min(length, size));
			return bytes.toString("latin1", 0, readSync(descriptor, bytes, 0, bytes.length, Math.max(0, from)));
		};
		return size === 0 || marks[kind](read(0, most.beginning), read(size - most.end, most.end));
	} finally {
		closeSync(descriptor);
	}
}
