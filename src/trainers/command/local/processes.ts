import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process as the system knows it. An id is used again once its process is gone; a later one has another start. */
export interface Process {
	readonly id: number;
	/** In the kernel's clock ticks since boot. */
	readonly start: string;
	readonly parent: number;
	readonly group: number;
	readonly session: number;
	/** By a signal: it stands still until it is continued. */
	readonly isStopped: boolean;
	/** In the kernel, where signals wait. One that has started another by vfork is, until the other runs its program. */
	readonly isInKernel: boolean;
}

/** Whether this system shows its processes under /proc, as Linux does. Elsewhere none can be proven to be ours but by its group. */
export const showsProcesses = (): boolean => processAt(process.pid) !== null;

/** Null where there is none; one that is dead, though its parent hasn't noticed, is none. */
export function processAt(id: number): Process | null {
	try {
		const stat = readFileSync(`/proc/${id}/stat`, "latin1");
		// Counted from behind the program's name, which may hold spaces and parentheses.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		if (fields[0] === "Z" || fields[0] === "X") return null;
		const [parent, group, session] = fields.slice(1, 4).map(Number);
		return { id, start: fields[19], parent, group, session, isStopped: fields[0] === "T", isInKernel: fields[0] === "D" };
	} catch {
		return null;
	}
}

export function allProcesses(): readonly Process[] {
	try {
		return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (processAt(Number(name)) ?? []) : []));
	} catch {
		return [];
	}
}

/** Whether this very process still lives: not only one with its id. */
export const isSame = (known: Pick<Process, "id" | "start">): boolean => processAt(known.id)?.start === known.start;

/** Whether a process has a file open, by the path that the system has for it. */
export function hasOpen(id: number, file: string): boolean {
	const folder = `/proc/${id}/fd`;
	try {
		return readdirSync(folder).some((descriptor) => linkOf(`${folder}/${descriptor}`) === file);
	} catch {
		return false; // gone by now, or another user's
	}
}

function linkOf(path: string): string {
	try {
		return readlinkSync(path);
	} catch {
		return "";
	}
}
