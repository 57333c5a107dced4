import { readFileSync } from "node:fs";
import { allProcesses, type Process } from "./processes.js";
import { hasTag } from "./tag.js";

/** The variable by which everything that a script starts is recognized. Its value is random, so no other process has it by chance. */
export const markName = "SWEETSPOT_LAUNCH";

/** A process may start another between the moment in which it is seen and its end; so it is looked again, at most so often. */
const mostLooks = 20;

/**
 * Kills every process that has inherited this mark, or one that goes on behind it, and returns them: by its environment, or by its tag
 * where it has cleared that. Only on Linux: elsewhere they can't be recognized. `variable`: the one that holds the mark.
 */
export function killMarked(mark: string, variable = markName): readonly Process[] {
	const killed = new Map<string, Process>();
	for (let look = 0; look < mostLooks; look++) {
		const found = allProcesses().filter(
			(one) => !killed.has(keyOf(one)) && (hasMark(one.id, variable, mark) || (variable === markName && hasTag(one.id, mark))),
		);
		for (const one of found) {
			signal(one.id, "SIGKILL");
			killed.set(keyOf(one), one);
		}
		if (found.length === 0) break;
	}
	return [...killed.values()];
}

const keyOf = ({ id, start }: Process): string => `${id} ${start}`;

function hasMark(id: number, variable: string, mark: string): boolean {
	try {
		const variables = Buffer.concat([Buffer.of(0), readFileSync(`/proc/${id}/environ`)]);
		return [`\0${variable}=${mark}\0`, `\0${variable}=${mark}-`].some((text) => variables.includes(text));
	} catch {
		return false; // gone by now, or another user's
	}
}

/** Sends a signal; 0 only asks. Returns whether there was a process to get it. `id`: negative for a group. */
export function signal(id: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(id, name);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM"; // there, but not ours
	}
}
