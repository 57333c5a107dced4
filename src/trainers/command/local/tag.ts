import { readFileSync } from "node:fs";
import { showsProcesses } from "./processes.js";

/** A session has so many tags for its launches before the first is used again: that script is long gone. */
const launchBits = 16n;
/** Random bits of a session, behind a leading one that makes every tag a limit beyond any memory: 2 to 4 exbibytes. */
const sessionBits = 35n;
const bytesPerKibibyte = 1024n;

/** Linux hasn't enforced this limit since 2.4.30, and still hands it down to everything that a process starts. */
const line = /^Max resident set +(\d+) /m;

/**
 * By what the processes of a script are recognized when they have left their group and cleared their environment: the soft limit on
 * resident memory, in kibibytes, as `ulimit -m` takes it. A process keeps it whatever it forks or executes, unless it sets that limit
 * itself. `mark`: 32 hexadecimal digits of the session, `-` and the number of the launch. Null on systems that don't show limits: there it
 * is left alone.
 */
export function tagOf(mark: string): bigint | null {
	if (!showsProcesses()) return null;
	const [session, launch] = mark.split("-");
	return (sessionTag(session) << launchBits) | BigInt.asUintN(Number(launchBits), BigInt(launch));
}

/** In bytes, as the system shows it. */
export const limitOf = (tag: bigint): string => `${tag * bytesPerKibibyte}`;

const sessionTag = (session: string): bigint => (1n << sessionBits) | BigInt.asUintN(Number(sessionBits), BigInt(`0x${session}`));

/** Whether a process (id) has the tag of this mark: a launch's, or any of a session's. */
export function hasTag(id: number, mark: string): boolean {
	const bytes = line.exec(limitsOf(id))?.[1];
	if (bytes === undefined) return false;
	const tag = BigInt(bytes) / bytesPerKibibyte;
	return mark.includes("-") ? tag === tagOf(mark) : tag >> launchBits === sessionTag(mark);
}

function limitsOf(id: number): string {
	try {
		return readFileSync(`/proc/${id}/limits`, "latin1");
	} catch {
		return ""; // gone by now
	}
}
