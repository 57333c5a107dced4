import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";

/**
 * Who writes to a store, as stated by the writer itself, in `writer.json` in the store's folder. For people and listings: the lock doesn't
 * depend on it.
 */
export interface Writer {
	readonly pid: number;
	readonly host: string;
	/** ISO 8601, UTC. */
	readonly since: string;
	/** The command line, without Node's own path. */
	readonly command: string;
	/** When the process was started, in the kernel's clock ticks since boot: a later process with the same id has another. Linux only. */
	readonly started: string | null;
}

/** Differs between any two writers, on any host, at any time. */
export const writerId = ({ host, pid, since }: Writer): string => `${host} ${pid} ${since}`;

const fileIn = (dir: string): string => join(dir, "writer.json");

/** Records this process. The file is written under another name and renamed, so that no reader sees half of it. */
export function noteWriter(dir: string): void {
	const [, script = "", ...rest] = process.argv;
	const writer: Writer = {
		pid: process.pid,
		host: hostname(),
		since: new Date().toISOString(),
		command: [basename(script), ...rest].join(" "),
		started: startOf(process.pid),
	};
	const draft = `${fileIn(dir)}.${process.pid}`;
	writeFileSync(draft, JSON.stringify(writer), { mode: 0o600 });
	renameSync(draft, fileIn(dir));
}

export const removeNote = (dir: string): void => rmSync(fileIn(dir), { force: true });

/**
 * The process that writes to the store in `dir` now, or null. A note of another host is believed; a process of this host must be
 * alive, so the note of a killed process gives null.
 */
export function currentWriter(dir: string): Writer | null {
	try {
		const writer = JSON.parse(readFileSync(fileIn(dir), "utf8")) as Writer;
		return writer.host !== hostname() || isAlive(writer) ? writer : null;
	} catch {
		return null; // none, or none that can be read
	}
}

function isAlive({ pid, started }: Writer): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false; // EPERM: alive, another user's
	}
	return started === startOf(pid);
}

/**
 * Field 22 of /proc/PID/stat, counted from behind the second field, the program's name, which may hold spaces and parentheses. Null where
 * there is no such file, and for a zombie: dead, though its parent hasn't noticed.
 */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
		const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return state === "Z" ? null : rest[18];
	} catch {
		return null;
	}
}
